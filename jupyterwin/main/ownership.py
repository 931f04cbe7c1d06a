"""Ownership by cell: what a cell registered is disposed of when that cell runs again. It knows nothing of IPython.

The notebook calls `Cells.begin` before a cell and `Cells.end` after it. A front end that names its cells (JupyterLab's
``metadata.cellId``) gives that name; else the cell is known by its source. Besides, a registration by a function of the
same module and qualified name on the same slot replaces the earlier one: that holds for edited cells of front ends
without names, and for modules that are loaded again.
"""

from __future__ import annotations

import contextvars
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_current: contextvars.ContextVar[CellRun | None] = contextvars.ContextVar("jupyterwin_cell", default=None)


@dataclass(slots=True)
class CellRun:
    """One run of one cell. `key` names the cell, `number` the run; `calls` counts unnamed windows made in it."""

    key: str
    number: int
    calls: int = 0
    reclaimed: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Owned:
    dispose: Callable[[], None]
    run: CellRun | None


class Cells:
    """What belongs to which cell."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = 0
        self._by_cell: dict[str, list[Callable[[], None]]] = {}
        self._windows: dict[str, dict[str, Callable[[], None]]] = {}
        self._by_definition: dict[tuple[str, str], list[_Owned]] = {}

    @property
    def current(self) -> CellRun | None:
        """The run of the cell that the calling code belongs to: also in handlers that the cell registered."""
        return _current.get()

    def begin(self, key: str) -> CellRun:
        """A cell starts: dispose of what its last run registered."""
        with self._lock:
            self._numbers += 1
            run = CellRun(key, self._numbers)
            old = self._by_cell.pop(key, [])
        for dispose in reversed(old):
            dispose()
        _current.set(run)
        return run

    def end(self) -> None:
        """The cell is over: close the unnamed windows that its last run made and this one did not."""
        run = _current.get()
        _current.set(None)
        if run is None:
            return
        with self._lock:
            windows = self._windows.get(run.key, {})
            left = [windows.pop(name) for name in set(windows) - run.reclaimed]
        for close in left:
            close()

    def own(self, dispose: Callable[[], None], fn: Callable[..., object] | None = None, slot: str = "") -> None:
        """Dispose of this when the current cell runs again, or when the same definition takes `slot` again."""
        run = _current.get()
        replaced: list[_Owned] = []
        with self._lock:
            if run is not None:
                self._by_cell.setdefault(run.key, []).append(dispose)
            definition = _definition(fn)
            if definition is not None:
                key = (definition, slot)
                entries = self._by_definition.get(key, [])
                replaced = [e for e in entries if run is None or e.run is None or e.run.number != run.number]
                self._by_definition[key] = [e for e in entries if e not in replaced] + [_Owned(dispose, run)]
        for entry in replaced:
            entry.dispose()

    def own_window(self, name: str, close: Callable[[], None]) -> None:
        """Close the unnamed window `name` when the current cell runs again and does not ask for it again."""
        run = _current.get()
        if run is not None:
            with self._lock:
                self._windows.setdefault(run.key, {})[name] = close

    def same_place(self, old: tuple[CellRun | None, Callable[..., object]], fn: Callable[..., object]) -> bool:
        """Whether `fn`, registered now, comes from the place that registered `old`: it may replace it."""
        run, old_fn = old
        now = _current.get()
        if run is not None and now is not None and run.key == now.key and run.number != now.number:
            return True
        definition = _definition(fn)
        same_definition = definition is not None and definition == _definition(old_fn)
        return same_definition and (run is None or now is None or run.number != now.number)


def _definition(fn: Callable[..., object] | None) -> str | None:
    """Module and qualified name; None for what has none of its own, such as a lambda."""
    name = getattr(fn, "__qualname__", None)
    if not name or "<lambda>" in name:
        return None
    return f"{getattr(fn, '__module__', '')}.{name}"


cells = Cells()
"""The one table of this process."""
