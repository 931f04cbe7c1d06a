"""Dashboard: named panels in a grid, in one window and those that panels were put into, as the user drives it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.app import app as app_of_this_process
from jupyterwin.panels import layout as layouts
from jupyterwin.panels import saved
from jupyterwin.panels.arrangement import Arrangement, shares
from jupyterwin.panels.boardscene import BoardScene, PoppedScene
from jupyterwin.panels.interact import Interacting
from jupyterwin.panels.namedpanels import NamedPanels
from jupyterwin.panels.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Literal  # where it runs, jedi cannot read the hint of `theme`, and completes no name of a board

    from jupyterwin.main.pending import Pending
    from jupyterwin.main.window import Window
    from jupyterwin.main.window.picture import Picture


class Dashboard(NamedPanels, Interacting):
    """Panels in a grid: ``board["prices"] = df`` draws any object there, ``board["prices"]`` is the `Panel`.

    Everything may be called from any thread and returns at once. The board lives on when its window is closed: `show` opens
    it again.
    """

    _public: ClassVar[tuple[str, ...]] = (
        *"name window panels layout theme update show close capture batch rename".split(),
        *"maximize choose pop_out dock is_popped interact save load".split(),
    )

    def __init__(self, name: str, layout: str | None = None, *, app: App = app_of_this_process, **options: Any) -> None:
        super().__init__(name)
        self._app = app
        self._scene = BoardScene(self)
        self.update(layout, **options)

    def __dir__(self) -> list[str]:
        return list(self._public)

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

    def __repr__(self) -> str:
        return f"<Dashboard {self.name!r}: {', '.join(self)}>"
