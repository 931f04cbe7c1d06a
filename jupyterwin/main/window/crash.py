"""Crashes: what becomes of a window whose renderer or host has ended. It sends what `Life` sends, and keeps no document.

Electron leaves a dead view. A dashboard that is used all day should come back by itself, but not for ever: a page that
crashes again and again says so instead, and a window whose hosts do is closed.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from jupyterwin.errors import HostGone
from jupyterwin.wire import control

if TYPE_CHECKING:
    from jupyterwin.main.app import App
    from jupyterwin.main.window.life import Life

OnCrash = Literal["reload", "close", "show-error"]

MOST = 3
"""Times that a window comes back by itself …"""

WITHIN = 300.0
"""… in so many seconds."""


class Crashes:
    """The crashes of one window, and its ``on_crash``."""

    def __init__(self, window: Life, app: App) -> None:
        self._window = window
        self._app = app
        self._back: deque[float] = deque(maxlen=MOST)

    def of_renderer(self, reason: str, exit_code: int) -> None:
        """The renderer is gone; the native window is there."""
        window = self._window
        window.log.add("error", f"the renderer is gone: {reason} (exit code {exit_code})", "jupyterwin")
        known = window.status == "crashed"  # the page that says so has crashed too: then the window stays empty
        window.set_trait("status", "crashed")
        window.emit("render-process-gone", reason, exit_code)
        if known or window.leaving:
            return
        follows = self._next()
        if follows == "reload":
            window.show_again()
        elif follows == "close":
            window.tell(control.CloseWindow(0, window.id, force=True))
        else:
            window.tell(control.ShowCrash(0, window.id, f"Its process ended: {reason}, exit code {exit_code}."))

    def of_host(self, error: Exception) -> bool:
        """The host is gone, and the native window with it. Whether the window comes back; else it is closed."""
        window = self._window
        if not isinstance(error, HostGone) or window.leaving or self._next() != "reload":
            return False
        window.lose_document(error)
        window.set_trait("status", "crashed")
        window.emit("render-process-gone", "host-gone", 0)
        self._app.bring_back(window, error)
        return True

    def born_again(self, born: control.CreateWindow) -> control.CreateWindow:
        """The command that makes the native window, as the window was."""
        window, native = self._window, born.native
        bounds = control.Bounds(**window.bounds) if window.bounds else native.bounds
        screen = None if window.bounds else native.screen  # its bounds say where it is
        mode: control.Mode | None = "maximized" if window.mode == "maximized" else None
        native = msgspec.structs.replace(
            native, title=window.title, visible=window.visible, bounds=bounds, mode=mode, screen=screen
        )
        return msgspec.structs.replace(born, native=native)

    def as_it_was(self) -> control.Native:
        """What can be said of the native window only once it is there."""
        mode: Any = self._window.mode  # a trait: one of the modes, which the type does not say
        return control.Native(mode=mode if mode in ("minimized", "fullscreen") else None, zoom=self._window.zoom)

    def _next(self) -> OnCrash:
        """What to do about the crash that has just happened."""
        wanted: OnCrash = self._window.options.on_crash
        if wanted != "reload":
            return wanted
        now = time.monotonic()
        if len(self._back) == MOST and now - self._back[0] < WITHIN:
            return "show-error"
        self._back.append(now)
        self._window.log.add("warning", f"loaded again, {len(self._back)} of {MOST} in {WITHIN:g} s", "jupyterwin")
        return "reload"
