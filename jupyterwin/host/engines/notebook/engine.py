"""NotebookEngine: windows whose places are under cells. Who knows the front end connects places; this knows no comm.

Its loop is a thread of the kernel's process. `connect` and what it gives back may be called from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import PeerError
from jupyterwin.host.engines import About
from jupyterwin.host.engines.loop import Loop
from jupyterwin.host.engines.notebook.window import NotebookWindow
from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.carriers.notebook import Publish
    from jupyterwin.host.engines import Window, WindowListener
    from jupyterwin.wire.control import Display, Native, Theme

PATIENCE = 4.0
"""Seconds in which a front end has to draw a window, if none is known to be there: what waits for it ends then."""


class NotebookEngine(Loop):
    """A loop, and the windows it serves by the host part of their address."""

    def __init__(self, network: Sequence[str] = (), patience: Callable[[], float] = lambda: PATIENCE) -> None:
        super().__init__()
        self.windows: dict[str, NotebookWindow] = {}
        self.runtimes = ("notebook-page.js", "notebook-preload.js")
        self.network = network
        """Origins that its pages may reach."""
        self._patience = patience
        self._early: dict[str, list[Callable[[], None]]] = {}
        """What places said that were faster than the kernel's command to open their window."""

    def connect(self, origin: str, publish: Publish, close: Callable[[], None]) -> Callable[[Any], None]:
        """A place is there for a window that the kernel has opened here: `publish` sends to it, `close` ends it.

        What it says goes to what is returned.
        """

        def connect() -> None:
            if origin not in self.windows:
                self._early.setdefault(origin, [])
            self._once_open(origin, lambda: self.windows[origin].connect(publish, close))

        def arrived(data: Any) -> None:
            self.soon(lambda: self._once_open(origin, lambda: self._arrived(origin, publish, data)))

        self.soon(connect)
        return arrived

    def _once_open(self, origin: str, call: Callable[[], None]) -> None:
        """Now, or after all that came before the window did."""
        if origin in self._early:
            self._early[origin].append(call)
        else:
            call()

    def _take_early(self, origin: str) -> None:
        for call in self._early.pop(origin, ()):
            guarded(call)()

    def _arrived(self, origin: str, publish: Publish, data: Any) -> None:
        window = self.windows.get(origin)
        if window is not None and window.place is not None and window.place.publish is publish:
            try:
                window.place.lane.arrived(data)
            except PeerError as problem:
                window.listener.console("error", f"the window's place was cut off: {problem}", "jupyterwin:", 0)
                window.disconnect()

    # -------------------------------------------------- as an engine

    def about(self) -> About:
        return About("notebook", "0", "0", "notebook")

    def watch_displays(self, changed: Callable[[list[Display]], None]) -> None:
        """It has none."""

    def set_theme(self, theme: Theme) -> None:
        """Pages under cells are as the browser is."""

    def pointer(self) -> tuple[int, int]:
        return 0, 0

    def open(
        self, origin: str, native: Native, listener: WindowListener, *, parent: Window | None, debug: bool
    ) -> NotebookWindow:
        del parent, debug
        window = NotebookWindow(self, origin, native, listener, self._patience())
        self.windows[origin] = window
        self.later(0, lambda: self._take_early(origin))  # the host has it by then
        return window
