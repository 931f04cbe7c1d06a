"""Dashboard: named panels in a grid, in one window and those that panels were put into, as the user drives it."""

from __future__ import annotations

import difflib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.app import app as app_of_this_process
from jupyterwin.main.window import card
from jupyterwin.panels import layout as layouts
from jupyterwin.panels import saved
from jupyterwin.panels.arrangement import Arrangement, shares
from jupyterwin.panels.boardscene import BoardScene, PoppedScene
from jupyterwin.panels.interact import Interacting
from jupyterwin.panels.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from jupyterwin.main.pending import Pending
    from jupyterwin.main.window import Window
    from jupyterwin.main.window.picture import Picture


class Dashboard(Interacting):
    """Panels in a grid: ``board["prices"] = df`` draws any object there, ``board["prices"]`` is the `Panel`.

    Everything may be called from any thread and returns at once. The board lives on when its window is closed: `show` opens
    it again.
    """

    def __init__(self, name: str, layout: str | None = None, *, app: App = app_of_this_process, **options: Any) -> None:
        self.name = name
        self._app = app
        self._lock = threading.RLock()
        self._panels: dict[str, Panel] = {}
        self._given: layouts.Grid | None = None
        self._arrangement = Arrangement()
        self._popped: dict[str, Window] = {}
        self._scene = BoardScene(self)
        self.update(layout, **options)

    # -------------------------------------------------- its window

    @property
    def window(self) -> Window:
        """Its window; the last one, when it is closed."""
        return self._window

    def update(
        self,
        layout: str | None = None,
        *,
        columns: Sequence[float] | None = None,
        rows: Sequence[float] | None = None,
        **options: Any,
    ) -> None:
        """Give it this layout, these shares of the width and height, and its window these options; open it if it is closed.

        What the person dragged stays, unless the layout is another. Panels that the layout does not name are let go.
        """
        grid = None if layout is None else layouts.parse(layout)
        sizes = {"columns": columns, "rows": rows}
        given = {name: shares(name, value) for name, value in sizes.items() if value is not None}
        with self.batch(), self._lock:
            if grid is not None and grid != self._given:
                self._take(grid, Arrangement())
            for name, tracks in given.items():
                if len(tracks) != getattr(self.grid, name):
                    msg = f"{name}: {getattr(self.grid, name)} are needed, one for each of the layout's, got {len(tracks)}"
                    raise UsageError(msg)
            self._arrangement = replace(self._arrangement, **given)  # type: ignore[arg-type]  # columns and rows
            self._options = options
        self._window = self._app.open(self.name, **options, content=self._scene)
        self._scene.arrange()

    def show(self) -> Window:
        """Open its window again, if it was closed, and bring it to the front. Returns the window."""
        if self._window.status == "closed":
            self.update(**self._options)
        else:
            self._window.show()
        return self._window

    def close(self) -> None:
        """Close its windows. The panels and what they show stay, until nothing refers to the board any more."""
        self._window.close()

    def batch(self) -> AbstractContextManager[None]:
        """``with board.batch():`` what is changed inside is seen at once, after its end, in one frame of the page."""
        return self._scene.hold()

    @property
    def theme(self) -> Literal["light", "dark"] | None:
        """What its pages look like; None: as the system does."""
        return self._scene.theme

    @theme.setter
    def theme(self, theme: Literal["light", "dark"] | None) -> None:
        if theme not in ("light", "dark", None):
            msg = f"theme: 'light', 'dark' or None (the system's) is needed, got {theme!r}"
            raise UsageError(msg)
        for scene in (self._scene, *(window.scene for window in self._popped.values())):
            if isinstance(scene, BoardScene | PoppedScene):
                scene.theme = theme
                scene.changed()

    def capture(self) -> Pending[Picture]:
        """A picture of its window, once its panels have drawn what they were given. Panels elsewhere have windows of their own."""
        return self._window.capture()

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

    # -------------------------------------------------- windows of their own

    def pop_out(self, name: str, **options: Any) -> Window:
        """Put a panel into a native window of its own (``screen=2``, ``width=`` …: as for `Window`). Returns that window.

        It comes back to its place when that window is closed, or by `dock`.
        """
        panel = self[name]
        window = self._popped.get(name)
        if window is not None and not window.leaving:
            window.show()
            return window
        scene = PoppedScene(self, panel)
        scene.theme = self.theme
        window = self._popped[name] = self._app.open(f"{self.name} · {name}", **options, content=scene)
        self._scene.arrange()
        return window

    def dock(self, name: str) -> None:
        """Bring a panel back to its place; its window closes. Nothing happens to one that is there."""
        panel = self[name]
        window = self._popped.get(name)
        if window is not None:
            self.docked(panel)
            window.destroy()

    def is_popped(self, name: str) -> bool:
        """Whether a panel is in a window of its own."""
        return name in self._popped

    def docked(self, panel: Panel) -> None:
        """The window of a panel's own is closed, or about to be. Called by its scene."""
        with self._lock:
            if self._popped.pop(panel.name, None) is not None:
                self._scene.arrange()

    def left(self) -> None:
        """Its window is closed. Called by its scene."""
        with self._lock:
            popped, self._popped = self._popped, {}
        for window in popped.values():
            window.destroy()

    # -------------------------------------------------- kept

    def save(self, path: str | Path | None = None) -> dict[str, Any]:
        """How it is laid out, without any data: layout, sizes, tabs, titles, which panels have windows, and where.

        Plain JSON; with `path` it is written there too.
        """
        return saved.save(self, self._popped, path)

    def load(self, layout: dict[str, Any] | str | Path) -> None:
        """Be laid out as `save` said: a dict, or a path. Panels keep what they show. Raises `UsageError` naming the field."""
        wanted = saved.read(layout)
        with self.batch(), self._lock:
            self._take(wanted.grid, wanted.arrangement)
            for name, title in wanted.titles.items():
                if name in self._panels:
                    self._panels[name].title = title
            self._scene.arrange()
        for name in set(self._popped) - set(wanted.windows):
            self.dock(name)
        for name, bounds in wanted.windows.items():
            if name in self._panels:
                self.pop_out(name, **bounds)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        return {**card.of_window(self._window), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<Dashboard {self.name!r}: {', '.join(self)}>"
