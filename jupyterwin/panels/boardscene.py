"""BoardScene and PoppedScene: the pages of a board: its own, and those of panels in windows of their own.

They know what the page says and is told, and leave what it means to the board.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.panels import arrangement
from jupyterwin.panels.scene import PageScene

if TYPE_CHECKING:
    from jupyterwin.main.window import Window
    from jupyterwin.panels.dashboard import Dashboard
    from jupyterwin.panels.panel import Panel


class BoardScene(PageScene):
    """The page with the grid."""

    def __init__(self, board: Dashboard) -> None:
        super().__init__()
        self._of = board
        self._number = 0
        """Of the arrangement that the kernel made: the page takes over a newer one, and keeps its own otherwise."""

    @property
    def content(self) -> Dashboard:
        """The board."""
        return self._of

    def take(self, content: Any) -> bool:
        """A board's page shows that board alone."""
        return content is self

    def attach(self, window: Window) -> None:
        """This window shows it."""
        super().attach(window)
        self.arrange()

    def detach(self, window: Window) -> None:
        """That window is closed: the others of the board are closed too."""
        ours = self.window is window
        super().detach(window)
        if ours:
            self._of.left()

    def arrange(self) -> None:
        """The kernel has put panels elsewhere."""
        self._number += 1
        self.seat([panel for panel in self._of.panels if not self._of.is_popped(panel.name)])
        self.changed()

    def state(self) -> dict[str, Any]:
        """The grid too, and the panels that are elsewhere."""
        board = self._of
        title = (self.window.options.title if self.window else None) or board.name
        return {
            **super().state(),
            "panels": [{**panel.state(), "away": board.is_popped(panel.name)} for panel in board.panels],
            "title": title,
            "grid": board.grid.plain(),
            "arrangement": {**board.arrangement.plain(), "number": self._number},
            "popped": False,
        }

    def arranged(self, event: str, detail: Any) -> None:
        """The person dragged, chose or maximised something, or wants a panel in a window of its own."""
        if event == "arrange":
            self._of.arranged_by_page(arrangement.parse(detail))
        elif event == "pop-out":
            name, size = detail
            self._of.pop_out(name, width=_size(size[0]), height=_size(size[1]))
        elif event == "dock":
            self._of.dock(detail)


class PoppedScene(PageScene):
    """The page of one panel in a window of its own."""

    def __init__(self, board: Dashboard, panel: Panel) -> None:
        super().__init__()
        self._of = board
        self.panel = panel

    @property
    def content(self) -> Any:
        """The panel's object."""
        return self.panel.obj

    def take(self, content: Any) -> bool:
        """It shows this panel alone."""
        return content is self

    def attach(self, window: Window) -> None:
        """This window shows it."""
        super().attach(window)
        self.seat([self.panel])

    def detach(self, window: Window) -> None:
        """Its window is closed: it goes back to its place."""
        ours = self.window is window
        super().detach(window)
        if ours:
            self._of.docked(self.panel)

    def state(self) -> dict[str, Any]:
        """One panel, with its title and the way back."""
        return {
            **super().state(),
            "title": f"{self.panel.title or self.panel.name} – {self._of.name}",
            "grid": None,
            "popped": True,
        }

    def arranged(self, event: str, detail: Any) -> None:
        """The person wants it back in its place."""
        del detail
        if event == "dock":
            self._of.dock(self.panel.name)


def _size(given: Any) -> int:
    if not isinstance(given, int | float) or not 0 < given < 32768:
        msg = "size: pixels are needed"
        raise UsageError(msg)
    return max(200, round(given))
