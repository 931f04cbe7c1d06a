"""Ownership by cell: what a cell registered is disposed of when that cell runs again. It knows nothing of IPython.

The notebook calls `Cells.begin` before a cell and `Cells.end` after it. A front end that names its cells (JupyterLab's
``metadata.cellId``) gives that name; else the cell is known by its source. Besides, a registration by a function of the
same module and qualified name on the same slot replaces the earlier one where that may be its earlier self: an edited
cell of a front end without names, or a module that was loaded again.
"""

from __future__ import annotations

import contextvars
import inspect
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_current: contextvars.ContextVar[CellRun | None] = contextvars.ContextVar("jupyterwin_cell", default=None)


@dataclass(slots=True)
class CellRun:
    """One run of one cell. `key` names the cell, `number` the run; `calls` counts unnamed windows made in it.

    `identified`: the front end says which cell it is, so another key is another cell, and not this one edited.
    """

    key: str
    number: int
    identified: bool = False
    calls: int = 0
    reclaimed: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class _Owned:
    dispose: Callable[[], None]
    run: CellRun | None
    fn: Callable[..., object] | None
    place: tuple[str, str] | None
    """Definition and slot."""


class Cells:
    """What belongs to which cell."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = 0
        # As ordered sets: what is disposed of otherwise is taken out again, from whatever place.
        self._by_cell: dict[str, dict[_Owned, None]] = {}
        self._by_place: dict[tuple[str, str], dict[_Owned, None]] = {}
        self._windows: dict[str, dict[str, Callable[[], None]]] = {}

    @property
    def current(self) -> CellRun | None:
        """The run of the cell that the calling code belongs to: also in handlers that the cell registered."""
        return _current.get()

    @staticmethod
    def of(context: contextvars.Context) -> CellRun | None:
        """The run of the cell that this context was made in."""
        return context.get(_current)

    @property
    def identified(self) -> bool:
        """Whether the cell of this context was named by its front end."""
        run = _current.get(None)
        return run is not None and run.identified

    def begin(self, key: str, *, identified: bool = False) -> CellRun:
        """A cell starts: dispose of what its last run registered."""
        with self._lock:
            self._numbers += 1
            run = CellRun(key, self._numbers, identified)
            old = list(self._by_cell.get(key, ()))
            for owned in old:
                self._take_out(owned)
        for owned in reversed(old):
            owned.dispose()
        _current.set(run)
        return run

    def end(self, run: CellRun | None = None) -> None:
        """The cell is over: close the unnamed windows that its last run made and this one did not.

        `run`: what `begin` returned, where the cell ran in a context of its own (one that awaits does).
        """
        run = run or _current.get()
        _current.set(None)
        if run is None:
            return
        with self._lock:
            windows = self._windows.get(run.key, {})
            left = [windows.pop(name) for name in set(windows) - run.reclaimed]
        for close in left:
            close()

    def own(
        self, dispose: Callable[[], None], fn: Callable[..., object] | None = None, slot: str = ""
    ) -> Callable[[], None]:
        """Dispose of this when the current cell runs again, or when `fn` defined again takes `slot` again.

        Returns what forgets it: to be called when it was disposed of otherwise.
        """
        definition = _definition(fn)
        owned = _Owned(dispose, _current.get(), fn, None if definition is None else (definition, slot))
        replaced: list[_Owned] = []
        with self._lock:
            if owned.place is not None:
                replaced = [
                    old for old in self._by_place.get(owned.place, ()) if _replaces(owned.run, fn, old.run, old.fn)
                ]
                for old in replaced:
                    self._take_out(old)
                self._by_place.setdefault(owned.place, {})[owned] = None
            if owned.run is not None:
                self._by_cell.setdefault(owned.run.key, {})[owned] = None
        for old in replaced:
            old.dispose()
        return lambda: self._forget(owned)

    def _forget(self, owned: _Owned) -> None:
        with self._lock:
            self._take_out(owned)

    def _take_out(self, owned: _Owned) -> None:
        if owned.run is not None:
            _discard(self._by_cell, owned.run.key, owned)
        if owned.place is not None:
            _discard(self._by_place, owned.place, owned)

    def own_window(self, name: str, close: Callable[[], None]) -> None:
        """Close the unnamed window `name` when the current cell runs again and does not ask for it again."""
        run = _current.get()
        if run is not None:
            with self._lock:
                self._windows.setdefault(run.key, {})[name] = close

    def forget_window(self, name: str) -> None:
        """The unnamed window `name` is closed."""
        with self._lock:
            for windows in self._windows.values():
                windows.pop(name, None)

    def same_place(self, old: tuple[CellRun | None, Callable[..., object]], fn: Callable[..., object]) -> bool:
        """Whether `fn`, registered now, comes from the place that registered `old`: it may replace it."""
        run, old_fn = old
        now = _current.get()
        if run is not None and now is not None and run.key == now.key:
            return run.number != now.number
        definition = _definition(fn)
        if definition is None or definition != _definition(old_fn):
            return False
        return (run is None and now is None) or _replaces(now, fn, run, old_fn)


class Holdings(Generic[T]):
    """What one registry holds for cells: an entry that leaves it need not be disposed of by its cell any more."""

    def __init__(self) -> None:
        self._forget: dict[T, Callable[[], None]] = {}

    def add(self, entry: T, forget: Callable[[], None]) -> None:
        """Hold `entry`; `forget` is what `Cells.own` returned for it."""
        self._forget[entry] = forget

    def let_go(self, *entries: T) -> None:
        """They have left the registry, if they were in it."""
        for entry in entries:
            forget = self._forget.pop(entry, None)  # atomic: of two threads that let go, one forgets
            if forget is not None:
                forget()

    def clear(self) -> None:
        """All have left it."""
        self.let_go(*list(self._forget))


def _replaces(
    run: CellRun | None, fn: Callable[..., object] | None, old_run: CellRun | None, old_fn: Callable[..., object] | None
) -> bool:
    """Whether a registration takes the place of an old one by a function of the same name, on the same slot."""
    if run is not None and old_run is not None and run.key == old_run.key:
        return run.number != old_run.number
    if not all(one is None or one.identified for one in (run, old_run)):
        return True  # perhaps one cell, edited
    if _code(fn) is _code(old_fn):
        return False  # not defined again: two instances of a class, or one function for two
    in_notebook = getattr(fn, "__module__", "") == "__main__"
    return run is None or old_run is None or not in_notebook  # else two cells that use one name


def _code(fn: Callable[..., object] | None) -> object:
    return getattr(inspect.unwrap(fn), "__code__", fn) if fn is not None else None


def _discard(table: dict[Any, dict[_Owned, None]], key: Any, owned: _Owned) -> None:
    entries = table.get(key, {})
    entries.pop(owned, None)
    if not entries:
        table.pop(key, None)


def _definition(fn: Callable[..., object] | None) -> str | None:
    """Module and qualified name; None for what has none of its own, such as a lambda."""
    name = getattr(fn, "__qualname__", None)
    if not name or "<lambda>" in name:
        return None
    return f"{getattr(fn, '__module__', '')}.{name}"


cells = Cells()
"""The one table of this process."""
