"""Dashboard: named panels in a grid, in one window, as the user drives it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.app import app as app_of_this_process
from jupyterwin.panels import layout as layouts
from jupyterwin.panels.panel import Panel
from jupyterwin.panels.scene import PageScene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from jupyterwin.main.window import Window


class Dashboard:
    """Panels in a grid: ``board["prices"] = df`` draws any object there, ``board["prices"]`` is the `Panel`."""

    def __init__(self, name: str, layout: str | None = None, *, app: App = app_of_this_process, **options: Any) -> None:
        self.name = name
        self._app = app
        self._panels: dict[str, Panel] = {}
        self._layout: layouts.Grid | None = None
        self._scene = BoardScene(self)
        self.update(layout, **options)

    @property
    def window(self) -> Window:
        """Its window; the last one, when it is closed."""
        return self._window

    def update(self, layout: str | None = None, **options: Any) -> None:
        """Give it this layout, and its window these options; open the window if it is closed."""
        grid = None if layout is None else layouts.parse(layout)
        with self.batch():
            if grid is not None or not self._panels:
                self._layout = grid
                for name in grid.panels if grid else ():
                    self._panels.setdefault(name, Panel(name))
                self._drop(set(self._panels) - set(grid.panels) if grid else set())
            self._window = self._app.open(self.name, **options, content=self._scene)
            self._scene.arrange()

    def batch(self) -> AbstractContextManager[None]:
        """``with board.batch():`` what is changed inside is shown at once, at its end."""
        return self._scene.hold()

    # -------------------------------------------------- its panels

    @property
    def grid(self) -> layouts.Grid:
        """Where its panels are."""
        return self._layout or layouts.automatic(list(self._panels))

    def __getitem__(self, name: str) -> Panel:
        try:
            return self._panels[name]
        except KeyError:
            raise self._unknown(name) from None

    def __setitem__(self, name: str, obj: Any) -> None:
        if name in self._panels:
            self._panels[name].obj = obj
            return
        if self._layout is not None:
            raise self._unknown(name)
        panel = Panel(name)
        panel.obj = obj
        self._panels[name] = panel
        self._scene.arrange()

    def __delitem__(self, name: str) -> None:
        if name not in self._panels:
            raise self._unknown(name)
        self._drop({name})
        self._scene.arrange()

    def __contains__(self, name: object) -> bool:
        return name in self._panels

    def __iter__(self) -> Iterator[str]:
        return iter(self.grid.panels)

    def __len__(self) -> int:
        return len(self._panels)

    def _drop(self, names: set[str]) -> None:
        for name in names:
            self._panels.pop(name).clear()

    def _unknown(self, name: str) -> UsageError:
        near = difflib.get_close_matches(str(name), self._panels, 1)
        cure = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(map(repr, self)) or 'none'}"
        return UsageError(f"{name!r} is no panel of board {self.name!r}: {cure}; layout= says which there are")

    def __repr__(self) -> str:
        return f"<Dashboard {self.name!r} {', '.join(self)}>"


class BoardScene(PageScene):
    """The page of a board."""

    def __init__(self, board: Dashboard) -> None:
        super().__init__()
        self._board_shown = board

    @property
    def content(self) -> Dashboard:
        """The board."""
        return self._board_shown

    def take(self, content: Any) -> bool:
        """A board's page shows that board alone."""
        return content is self

    def attach(self, window: Window) -> None:
        """This window shows it."""
        super().attach(window)
        self.arrange()

    def arrange(self) -> None:
        """Other panels are there, or elsewhere."""
        board = self._board_shown
        self.seat([board[name] for name in board.grid.panels if name in board])
        self.changed()

    def state(self) -> dict[str, Any]:
        """The grid too."""
        board = self._board_shown
        title = (self.window.options.title if self.window else None) or board.name
        return {**super().state(), "title": title, "grid": board.grid.plain()}


_boards: WeakValueDictionary[tuple[int, str], Dashboard] = WeakValueDictionary()


def dashboard(name: str, layout: str | None = None, *, app: App = app_of_this_process, **options: Any) -> Dashboard:
    """The dashboard of that name: opened if there is none, else given this layout.

    `layout` is a grid as text: a line for each row, a word for each column; a name that covers a rectangle is one large
    panel, ``a|b`` two in one place as tabs, ``.`` a gap. Without it panels find their places as they are assigned.
    Options as for `Window`. Returns at once.
    """
    board = _boards.get((id(app), name))
    if board is None:
        board = _boards[id(app), name] = Dashboard(name, layout, app=app, **options)
    else:
        board.update(layout, **options)
    return board
