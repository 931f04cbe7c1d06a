"""Roles: what menu items can do without a callback, as a table. The editing ones are done by the host, where the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Role(NamedTuple):
    """What an item of this role says, its keys, and what it does to the window; None: editing, done by the host."""

    label: str
    keys: str
    do: Callable[[Any], object] | None = None


def _zoom(step: float) -> Callable[[Any], None]:
    def zoom(window: Any) -> None:
        window.zoom = 1.0 if not step else max(0.25, min(5.0, round(window.zoom + step, 2)))

    return zoom


def _full_screen(window: Any) -> None:
    window.mode = "normal" if window.mode == "fullscreen" else "fullscreen"


def _minimize(window: Any) -> None:
    window.mode = "minimized"


ROLES: Mapping[str, Role] = {
    "undo": Role("&Undo", "Ctrl+Z"),
    "redo": Role("&Redo", "Ctrl+Shift+Z"),
    "cut": Role("Cu&t", "Ctrl+X"),
    "copy": Role("&Copy", "Ctrl+C"),
    "paste": Role("&Paste", "Ctrl+V"),
    "select_all": Role("Select &All", "Ctrl+A"),
    "reload": Role("&Reload", "Ctrl+R", lambda window: window.reload()),
    "zoom_in": Role("Zoom &In", "Ctrl++", _zoom(0.1)),
    "zoom_out": Role("Zoom &Out", "Ctrl+-", _zoom(-0.1)),
    "reset_zoom": Role("&Actual Size", "Ctrl+0", _zoom(0)),
    "toggle_full_screen": Role("&Full Screen", "F11", _full_screen),
    "toggle_dev_tools": Role("&Developer Tools", "Ctrl+Shift+I", lambda window: window.devtools()),
    "minimize": Role("&Minimize", "Ctrl+M", _minimize),
    "close": Role("&Close", "Ctrl+W", lambda window: window.close()),
    "quit": Role("&Quit", "Ctrl+Q", lambda window: window.app_of().quit()),
}
