"""Options of the native window: where it is, how it looks, what the person can do with it.

They become the `Native` of its first command. Those marked as traits may be set later, by the same check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.checks import flag, number, optional, pixels, refuse, text
from jupyterwin.main.window.options.option import option
from jupyterwin.main.window.picture import Picture
from jupyterwin.wire.control import Bounds, Display, Mode, Native

if TYPE_CHECKING:
    from collections.abc import Container

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_ICON = 1_000_000  # bytes
_COLOUR = re.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def _colour(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise refuse(name, "a colour like #1e1e2e", value)
    return value


def _icon(name: str, value: Any) -> bytes | None:
    """PNG: bytes, a file, or a `Picture`. The kernel reads the file."""
    if value is None:
        return None
    if isinstance(value, str | Path):
        try:
            value = Path(value).expanduser().read_bytes()
        except OSError as problem:
            msg = f"{name}: {value} cannot be read: {problem}"
            raise UsageError(msg) from problem
    data = value.png if isinstance(value, Picture) else value
    if not isinstance(data, bytes) or not data.startswith(_PNG):
        raise refuse(name, "a PNG (a path, bytes, or a picture)", type(value).__name__)
    if len(data) > _LARGEST_ICON:
        msg = f"{name}: at most {_LARGEST_ICON} bytes are possible, got {len(data)}"
        raise UsageError(msg)
    return data


def _display(name: str, value: Any) -> str | int | None:
    """Which display: its number, its id, or one of ``jw.screen``."""
    if isinstance(value, Display):
        return value.id
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise refuse(name, "the number or id of a display, or one of jw.screen", value)
    return value


def _window(name: str, value: Any) -> Any:
    """Another window. What a window is, is not known here: it has an id."""
    if value is not None and not isinstance(getattr(value, "id", None), str):
        raise refuse(name, "an open Window", value)
    return value


@dataclass(kw_only=True)
class NativeOptions:
    """How a native window is born."""

    title: str | None = option(None, optional(text), "what the title bar shows; the page's <title> wins", trait=True)
    width: int = option(900, pixels(50), "of what is inside the frame")
    height: int = option(600, pixels(50), "of what is inside the frame")
    x: int | None = option(None, optional(pixels(-32768)), "of the frame, from the left; in the middle without")
    y: int | None = option(None, optional(pixels(-32768)), "of the frame, from the top; in the middle without")
    center: bool = option(False, flag, "in the middle of its display, wherever it was last time")
    screen: str | int | None = option(
        None, _display, "the display: a number, an id, one of `jw.screen`; x, y count from it"
    )
    min_width: int = option(0, pixels(0), "the person cannot make it smaller; 0: no limit", trait=True)
    min_height: int = option(0, pixels(0), "the person cannot make it smaller; 0: no limit", trait=True)
    max_width: int = option(0, pixels(0), "the person cannot make it larger; 0: no limit", trait=True)
    max_height: int = option(0, pixels(0), "the person cannot make it larger; 0: no limit", trait=True)
    maximized: bool = option(False, flag, "as large as its display has room for")
    fullscreen: bool = option(False, flag, "all of its display, without a frame")
    kiosk: bool = option(False, flag, "fullscreen, above all others, and the person cannot leave it by its buttons")
    show: bool = option(True, flag, "seen at once; else by show(), best after the event ready-to-show")
    background: str = option("#ffffff", _colour, "seen before the page has painted, and behind it", trait=True)
    frame: bool = option(True, flag, "a title bar and borders")
    parent: Any = option(None, _window, "a window that it stays above, and is closed with")
    modal: bool = option(False, flag, "its parent takes no input until it is closed")
    always_on_top: bool = option(False, flag, "above windows that are not", trait=True)
    resizable: bool = option(True, flag, "the person may change its size", trait=True)
    minimizable: bool = option(True, flag, "the person may minimise it", trait=True)
    maximizable: bool = option(True, flag, "the person may maximise it", trait=True)
    closable: bool = option(True, flag, "the person may close it", trait=True)
    focusable: bool = option(True, flag, "it takes the keyboard", trait=True)
    skip_taskbar: bool = option(False, flag, "not in the taskbar", trait=True)
    opacity: float = option(1.0, number(0, 1), "0 is invisible, 1 solid", trait=True)
    zoom: float = option(1.0, number(0.25, 5), "of the page", trait=True)
    icon: bytes | None = option(None, _icon, "a PNG: a path, bytes, or a picture", trait=True)
    remember: bool = option(True, flag, "a window that was given a name comes back where the person left it")

    def check_native(self) -> None:
        """What no option can be checked for alone. Raises `UsageError`."""
        for side in ("width", "height"):
            low, high = getattr(self, f"min_{side}"), getattr(self, f"max_{side}")
            if high and low > high:
                msg = f"max_{side}: {high} is less than min_{side}={low}"
                raise UsageError(msg)
        if self.modal and self.parent is None:
            msg = "modal: say whose input it takes away: parent=…"
            raise UsageError(msg)

    def native(self, name: str) -> Native:
        """The native window of a window of this name, as it is born."""
        told = {one.name: getattr(self, one.name) for one in fields(NativeOptions) if one.name in _SAME}
        if self.kiosk:
            told |= {"always_on_top": True, "frame": False, "minimizable": False, "maximizable": False}
        return Native(
            **{
                **told,
                "title": self.title or name,
                "bounds": self._born_bounds(),
                "mode": self._born_mode(),
                "parent": None if self.parent is None else self.parent.id,
                "visible": self.show,
            }
        )

    def changed_since(self, before: NativeOptions, given: Container[str]) -> dict[str, Any]:
        """What the native window is told of options that were given and are others than before: fields of `Native`."""
        new = {name for name in _OPTIONS if name in given and getattr(self, name) != getattr(before, name)}
        changes = {name: getattr(self, name) for name in sorted(new & _TRAITS)}
        if sides := {side: getattr(self, side) for side in sorted(new & _SIDES) if getattr(self, side) is not None}:
            changes["bounds"] = Bounds(**sides)
        if new & {"maximized", "fullscreen"}:
            changes["mode"] = self._born_mode() or "normal"
        if "show" in new:
            changes["visible"] = self.show
        return {name: value for name, value in changes.items() if value is not None}

    def fixed_since(self, before: NativeOptions, given: Container[str]) -> list[str]:
        """Options that were given and are others than before, and cannot change any more."""
        return [name for name in _FIXED if name in given and getattr(self, name) != getattr(before, name)]

    def _born_bounds(self) -> Bounds:
        width, height = (
            max(getattr(self, f"min_{side}"), min(getattr(self, side), getattr(self, f"max_{side}") or 32767))
            for side in ("width", "height")
        )
        return Bounds(None if self.center else self.x, None if self.center else self.y, width, height)

    def _born_mode(self) -> Mode | None:
        if self.fullscreen or self.kiosk:
            return "fullscreen"
        return "maximized" if self.maximized else None


_OPTIONS = {one.name for one in fields(NativeOptions)}
_SIDES = {"x", "y", "width", "height"}
_FIXED = ("frame", "parent", "modal", "kiosk")
_TRAITS = {one.name for one in fields(NativeOptions) if one.metadata["trait"]}

_SAME = {one.name for one in fields(NativeOptions)} & set(Native.__struct_fields__) - {"parent", "title"}
"""Options that a native window has under the same name."""
