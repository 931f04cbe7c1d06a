"""NamedPanels: panels by name, in a grid that a layout says or that they find themselves. It opens no window.

`Dashboard` is these panels and the windows that show them.
"""

from __future__ import annotations

import difflib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.panels import layout as layouts
from jupyterwin.panels.arrangement import Arrangement
from jupyterwin.panels.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from jupyterwin.main.window import Window
    from jupyterwin.panels.boardscene import BoardScene


class NamedPanels:
    """The panels of one board."""

    _scene: BoardScene

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.RLock()
        self._panels: dict[str, Panel] = {}
        self._given: layouts.Grid | None = None
        self._arrangement = Arrangement()
        self._popped: dict[str, Window] = {}

    def batch(self) -> AbstractContextManager[None]:
        """``with board.batch():`` what is changed inside is seen at once, after its end, in one frame of the page."""
        return self._scene.hold()

    # -------------------------------------------------- its panels

    def __getitem__(self, name: str) -> Panel:
        try:
            return self._panels[name]
        except KeyError:
            raise self._unknown(name) from None

    def __setitem__(self, name: str, obj: Any) -> None:
        with self._lock:
            panel = self._panels.get(name)
            if panel is None:
                if self._given is not None:
                    raise self._unknown(name)
                layouts.check_name(name)
                panel = Panel(name)
                panel.obj = obj
                self._panels[name] = panel
                self._scene.arrange()
                return
        panel.obj = obj

    def __delitem__(self, name: str) -> None:
        with self._lock:
            if name not in self._panels:
                raise self._unknown(name)
            if self._given is not None:
                self._given = self._given.without(name)
            self._let_go({name})
            self._scene.arrange()

    @property
    def fixed(self) -> bool:
        """Whether its layout says which panels there are; else each object that is assigned has its own."""
        return self._given is not None

    def __contains__(self, name: object) -> bool:
        return name in self._panels

    def __iter__(self) -> Iterator[str]:
        return iter(self.grid.panels)

    def __len__(self) -> int:
        return len(self._panels)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._panels)

    def rename(self, old: str, new: str) -> None:
        """Give a panel another name: what it shows, and where, stays as it is."""
        with self._lock:
            if old not in self._panels:
                raise self._unknown(old)
            layouts.check_name(new)
            if new in self._panels:
                msg = f"new: board {self.name!r} has a panel {new!r} already; delete it first, or take another name"
                raise UsageError(msg)
            self._panels = {new if name == old else name: panel for name, panel in self._panels.items()}
            self._panels[new].name = new
            if old in self._popped:
                self._popped[new] = self._popped.pop(old)
            self._given = self._given and self._given.renamed(old, new)
            self._arrangement = self._arrangement.renamed(old, new)
            self._scene.arrange()

    @property
    def panels(self) -> list[Panel]:
        """Its panels, in reading order."""
        return [self._panels[name] for name in self.grid.panels if name in self._panels]

    def _let_go(self, names: set[str]) -> None:
        for name in names:
            if (window := self._popped.pop(name, None)) is not None:
                window.destroy()
            self._panels.pop(name).clear()

    def _unknown(self, name: object) -> UsageError:
        near = difflib.get_close_matches(str(name), self._panels, 1)
        cure = f"did you mean {near[0]!r}?" if near else "name it in layout=, too"
        there = ", ".join(map(repr, self)) or "none"
        return UsageError(f"{name!r} is no panel of board {self.name!r}, which has {there}: {cure}")

    # -------------------------------------------------- where they are

    @property
    def grid(self) -> layouts.Grid:
        """Where its panels are."""
        return self._given or layouts.automatic(list(self._panels))

    @property
    def layout(self) -> str:
        """The grid as text. Set, panels move to their new places with all they show; those that it does not name are let go."""
        return self.grid.text()

    @layout.setter
    def layout(self, text: str) -> None:
        grid = layouts.parse(text)
        with self.batch(), self._lock:
            self._take(grid, Arrangement())
            self._scene.arrange()

    @property
    def arrangement(self) -> Arrangement:
        """What the person made of the grid."""
        return self._arrangement.fitting(self.grid)

    def maximize(self, name: str | None) -> None:
        """Show this panel alone; None: all again."""
        if name is not None and name not in self._panels:
            raise self._unknown(name)
        with self._lock:
            self._arrangement = replace(self._arrangement, maximized=name)
            self._scene.arrange()

    def choose(self, name: str) -> None:
        """Of panels that share a cell as tabs, show this one."""
        with self._lock:
            cell = next((cell for cell in self.grid.cells if name in cell.panels), None)
            if cell is None:
                raise self._unknown(name)
            chosen = self._arrangement.chosen - set(cell.panels) | {name}
            self._arrangement = replace(self._arrangement, chosen=chosen)
            self._scene.arrange()

    def _take(self, grid: layouts.Grid, arrangement: Arrangement) -> None:
        self._given, self._arrangement = grid, arrangement
        self._let_go(set(self._panels) - set(grid.panels))
        for name in grid.panels:
            self._panels.setdefault(name, Panel(name))

    def arranged_by_page(self, arrangement: Arrangement) -> None:
        """The person dragged, chose or maximised something. Called by the scene."""
        with self._lock:
            self._arrangement = arrangement.fitting(self.grid)
