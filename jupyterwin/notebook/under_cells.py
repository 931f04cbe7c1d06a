"""Windows under cells: what `main` asks of the notebook's front end. It starts nothing and imports no widget until asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.main.app import app
from jupyterwin.main.ownership import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.errors import Broken
    from jupyterwin.host.engines.notebook import NotebookEngine
    from jupyterwin.main.launch.launcher import LaunchOptions
    from jupyterwin.main.ownership import CellRun
    from jupyterwin.main.window.life import Life
    from jupyterwin.notebook.inside import InsideHost
    from jupyterwin.notebook.placing import PlaceWidget

HEADLESS = 4.0
"""Seconds that a window waits for a place where nothing says that a front end is there."""

FRONT_END = 30.0
"""The same, where a front end that names its cells ran this one: it may be loading for long."""


def attach(kernel: Any) -> None:
    """Let windows be drawn under cells of this kernel's notebook."""
    if app.front_end is None:
        app.front_end = UnderCells(kernel)


def detach() -> None:
    """No new window is drawn under a cell."""
    app.front_end = None


class UnderCells:
    """The front end of this kernel."""

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._explained: set[str] = set()
        self._widgets: dict[str, PlaceWidget] = {}
        self._windows: dict[str, Life] = {}
        self._shown: dict[str, CellRun | None] = {}
        """By window, the run of a cell that showed it last."""
        self._has_front_end = False
        """Something said that there is one: it names its cells, or has drawn a window."""

    def start(self, options: LaunchOptions, on_exit: Callable[[Broken], None]) -> InsideHost:
        """A host in a thread of this process."""
        from jupyterwin.notebook import comms
        from jupyterwin.notebook.inside import InsideHost

        self._has_front_end = self._has_front_end or cells.identified
        comms.serve(self._kernel, self.engine_of)
        return InsideHost(options.network, self._patience, on_exit)

    def engine_of(self, window: str) -> NotebookEngine | None:
        """Of the window with this id, if it is open: asked for when a place is there."""
        from jupyterwin.notebook.inside import InsideHost

        self._has_front_end = True
        shown = self._windows.get(window)
        host = shown.host if shown is not None else None
        return host.engine if isinstance(host, InsideHost) and host.alive else None

    def show(self, window: Life) -> None:
        """Show the window under the cell of this context; the place that was shown last is the one that is drawn in."""
        from jupyterwin.notebook.placing import PlaceWidget, show

        widget = self._widgets.get(window.id)
        if widget is None:
            self._windows[window.id] = window
            widget = self._widgets[window.id] = PlaceWidget(window=window.id, title=window.title or window.name)
            window.when_closed(lambda: self._forget(window.id))
        widget.showing += 1
        self._shown[window.id] = cells.current
        show(widget, window)

    def look_at(self, window: Life) -> None:
        """Nothing where this run of the cell shows it already, else another view: it is drawn there if it is nowhere else."""
        from jupyterwin.notebook.placing import show

        widget = self._widgets.get(window.id)
        if widget is None:
            self.show(window)
        elif self._shown.get(window.id) is not cells.current or cells.current is None:
            show(widget, window)

    def explain(self, why: Exception) -> None:
        """One line for each reason."""
        text = str(why)
        if text not in self._explained:
            self._explained.add(text)
            print(f"jupyterwin: windows are drawn under their cells: {text}")  # noqa: T201 -- a line under the cell

    def _forget(self, window: str) -> None:
        self._windows.pop(window, None)
        self._shown.pop(window, None)
        widget = self._widgets.pop(window, None)
        if widget is not None:
            widget.close()

    def _patience(self) -> float:
        return FRONT_END if self._has_front_end else HEADLESS
