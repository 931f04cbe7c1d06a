"""NotebookEngine: windows whose places are under cells. Who knows the front end connects places; this knows no comm.

Its loop is a thread of the kernel's process. `connect` and what it gives back may be called from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import PeerError
from jupyterwin.host.engines import About
from jupyterwin.host.engines.loop import Loop
from jupyterwin.host.engines.notebook.window import NotebookWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.carriers.notebook import Publish
    from jupyterwin.host.engines import Window, WindowListener
    from jupyterwin.wire.control import Display, Native, Theme

PATIENCE = 4.0
"""Seconds in which a front end has to draw a window, if none is known to be there: what waits for it ends then."""

PATIENCE_FOR_WINDOW = 0.5
"""Seconds in which the kernel's command to open a window comes, if its place was faster."""


class NotebookEngine(Loop):
    """A loop, and the windows it serves by the host part of their address."""

    def __init__(self, network: Sequence[str] = (), patience: Callable[[], float] = lambda: PATIENCE) -> None:
        super().__init__()
        self.windows: dict[str, NotebookWindow] = {}
        self.runtimes = ("notebook-page.js", "notebook-preload.js")
        self.network = network
        """Origins that its pages may reach."""
        self._patience = patience

    def serves(self, origin: str) -> bool:
        """Whether it has this window; from any thread."""
        return origin in self.windows

    def connect(self, origin: str, publish: Publish, close: Callable[[], None]) -> Callable[[Any], None]:
        """A place for a window is there: `publish` sends to it, `close` ends it. What it says goes to what is returned."""
        self.soon(lambda: self._connect(origin, publish, close, PATIENCE_FOR_WINDOW))

        def arrived(data: Any) -> None:
            self.soon(lambda: self._arrived(origin, publish, data))

        return arrived

    def _connect(self, origin: str, publish: Publish, close: Callable[[], None], patience: float) -> None:
        window = self.windows.get(origin)
        if window is not None:
            window.connect(publish, close)
        elif patience:
            self.later(patience, lambda: self._connect(origin, publish, close, 0))
        else:
            close()

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
        return window
