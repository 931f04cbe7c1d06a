"""Pyplot beside cells: a handler draws on figures of its own, and a figure that a panel shows is not shown under the cell too.

Pyplot keeps the open figures of a process in one table, and the inline backend shows all of them at the end of whichever
cell ends next. Here each call beside cells gets a table of its own. Nothing is imported: it acts where pyplot is used.
"""

from __future__ import annotations

import contextvars
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

from jupyterwin.main.app import app
from jupyterwin.main.handlers.beside import surroundings
from jupyterwin.main.imports import when_imported

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_HELPERS = "matplotlib._pylab_helpers"

_own: contextvars.ContextVar[OrderedDict[Any, Any] | None] = contextvars.ContextVar("jupyterwin_figures", default=None)


claims: list[Callable[[Any], object]] = []
"""What takes the figures of the cell that runs, so that they are not shown under it: called with each."""


class FiguresHere(MutableMapping[Any, Any]):
    """The figures of who asks: of the cells, or of the call beside them that this is."""

    def __init__(self, of_cells: OrderedDict[Any, Any]) -> None:
        self.of_cells = of_cells

    @property
    def _here(self) -> OrderedDict[Any, Any]:
        own = _own.get()
        return self.of_cells if own is None else own

    def __getitem__(self, number: Any) -> Any:
        return self._here[number]

    def __setitem__(self, number: Any, manager: Any) -> None:
        self._here[number] = manager

    def __delitem__(self, number: Any) -> None:
        del self._here[number]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._here)

    def __reversed__(self) -> Iterator[Any]:
        yield from reversed(self._here)

    def __len__(self) -> int:
        return len(self._here)

    def values(self) -> Any:
        """As an ordered dict has them: they can be gone through backwards."""
        return self._here.values()

    def items(self) -> Any:
        """The same."""
        return self._here.items()

    def move_to_end(self, number: Any, last: bool = True) -> None:  # noqa: FBT001, FBT002 -- OrderedDict's
        """This figure is the current one."""
        self._here.move_to_end(number, last)


def attach(ip: InteractiveShell) -> None:
    """Look after figures from now on. Again: nothing changes."""
    if _before not in surroundings.before:
        surroundings.add(_before, _after)
        callbacks = ip.events.callbacks["post_execute"]
        callbacks.insert(0, _cell_ends)  # before the backend shows what is open


def detach(ip: InteractiveShell) -> None:
    """As it was: one table for all."""
    if _before in surroundings.before:
        surroundings.remove(_before, _after)
        ip.events.unregister("post_execute", _cell_ends)
    if (open_figures := _gcf()) is not None and isinstance(open_figures.figs, FiguresHere):
        open_figures.figs = open_figures.figs.of_cells


def _gcf() -> Any:
    """Pyplot's table of open figures, if pyplot is used."""
    return getattr(sys.modules.get(_HELPERS), "Gcf", None)


def _before() -> None:
    when_imported(_HELPERS, _part)
    _own.set(OrderedDict())


def _part(helpers: Any) -> None:
    if _before in surroundings.before and not isinstance(helpers.Gcf.figs, FiguresHere):
        helpers.Gcf.figs = FiguresHere(helpers.Gcf.figs)


def _after() -> None:
    """What the call drew and showed nowhere is shown under the cell that registered it; then its figures are closed."""
    own, open_figures = _own.get(), _gcf()
    if not own or open_figures is None:
        return
    try:
        if _is_inline():
            _show([manager.canvas.figure for manager in own.values()])
    finally:
        open_figures.destroy_all()


def _show(figures: list[Any]) -> None:
    from IPython.display import display

    in_panels = _in_panels()
    for figure in figures:
        if figure not in in_panels:
            display(figure)


def _cell_ends() -> None:
    """Figures that a panel shows leave pyplot's table before the backend shows what is in it."""
    open_figures = _gcf()
    if open_figures is None or not open_figures.figs or not _is_inline():
        return
    in_panels = _in_panels()
    for manager in list(open_figures.figs.values()):
        if claims and manager.canvas.figure not in in_panels:
            claims[-1](manager.canvas.figure)
        if claims or manager.canvas.figure in in_panels:
            open_figures.destroy(manager)


def _is_inline() -> bool:
    matplotlib = sys.modules.get("matplotlib")
    return matplotlib is not None and "inline" in str(matplotlib.get_backend())


def _in_panels() -> list[Any]:
    """The figures that panels of open windows show."""
    figure = getattr(sys.modules.get("matplotlib.figure"), "Figure", None)
    shown = [panel.obj for window in app.windows for panel in _panels_of(window)]
    return [obj for obj in shown if figure is not None and isinstance(obj, figure)]


def _panels_of(window: Any) -> list[Any]:
    scene = window.scene
    return list(getattr(scene, "panels", ()))
