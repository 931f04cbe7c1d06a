"""Crashes: what becomes of a window whose renderer or host has ended. It sends what `Life` sends, and keeps no document.

Electron leaves a dead view. A dashboard that is used all day should come back by itself, but not for ever: a page that
crashes again and again says so instead, and a window whose hosts do is closed.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Literal

from jupyterwin.errors import EngineMissing, HostGone
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
        if isinstance(error, EngineMissing) and self._app.move(window, error):
            return True
        if not isinstance(error, HostGone) or window.leaving or self._next() != "reload":
            return False
        window.lose_document(error)
        window.set_trait("status", "crashed")
        window.emit("render-process-gone", "host-gone", 0)
        self._app.bring_back(window, error)
        return True

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
