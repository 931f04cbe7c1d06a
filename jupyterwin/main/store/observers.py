"""Observers: functions of the user that hear of changes: one at a time, each in the context it was registered in.

They belong to the cell that registered them. It knows changes as traitlets tells them, and no store.
"""

from __future__ import annotations

import contextvars
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from traitlets import All, Bunch

from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.lane import Lane
from jupyterwin.main.notices import notices
from jupyterwin.main.ownership import Holdings, cells
from jupyterwin.main.pending import Pending
from jupyterwin.wire.records import traceback_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_WAITING = 1000
"""Changes that wait for their observers; of what comes on top only the newest of each trait is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class _Observer:
    fn: Callable[[Any], object]
    names: frozenset[Any]
    kind: Any
    context: contextvars.Context

    def hears(self, change: Bunch) -> bool:
        return (self.kind in (change.type, All)) and (All in self.names or change.name in self.names)


class Observers:
    """The observers of one store. They run on a thread that lives while there is something to tell."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lane = Lane(f"jupyterwin-store-{name}")
        self._lock = threading.Lock()
        self._all: list[_Observer] = []
        self._holdings: Holdings[_Observer] = Holdings()
        self._waiting: dict[tuple[_Observer, Any], Bunch] = {}
        """The newest change of a trait that waits for an observer, where the next one may be merged into it."""
        self._queued = 0

    def add(self, fn: Callable[[Any], object], names: Iterable[Any], kind: Any) -> Callable[[], None]:
        """Tell `fn` from now on, until the disposer is called or its cell runs again."""
        observer = _Observer(fn, frozenset(names), kind, contextvars.copy_context())
        self._hold(observer)
        return lambda: self._drop([observer])

    def _hold(self, observer: _Observer) -> None:
        with self._lock:
            self._all = [*self._all, observer]
        slot = f"observe:{id(self)}:{sorted(map(str, observer.names))}"
        self._holdings.add(observer, cells.own(lambda: self._drop([observer]), observer.fn, slot))

    def remove(self, fn: Callable[[Any], object] | None, names: Iterable[Any], kind: Any) -> None:
        """Tell `fn` (None: nobody) of these names no more."""
        wanted = frozenset(names)
        gone = [
            one
            for one in self._all
            if (fn is None or one.fn == fn) and (All in wanted or one.names & wanted) and kind in (one.kind, All)
        ]
        self._drop(gone)
        for one in gone:
            if All not in wanted and (left := one.names - wanted):
                one.context.copy().run(self.add, one.fn, left, one.kind)

    def move_to(self, other: Observers) -> None:
        """All of them observe what takes the place of what they observed."""
        for observer in self._all:
            observer.context.copy().run(other.add, observer.fn, observer.names, observer.kind)
        self._drop(self._all)

    def tell(self, changes: Iterable[Bunch]) -> None:
        """Tell them, soon and in this order."""
        for change in changes:
            for observer in self._all:
                if observer.hears(change):
                    self._queue(observer, change)

    def drained(self) -> Pending[None]:
        """Ends when all that was told until now has been heard."""
        pending: Pending[None] = Pending(f"the observers of {self._name}")
        self._lane.submit(lambda: pending.settle(None))
        return pending

    def _queue(self, observer: _Observer, change: Bunch) -> None:
        key = observer, change.name
        with self._lock:
            waiting = self._waiting.get(key)
            if waiting is not None and self._queued >= MOST_WAITING:
                waiting.new = change.new  # what it was before stays
                return
            change = Bunch(change)
            self._waiting[key] = change
            self._queued += 1
        self._lane.submit(lambda: self._call(observer, change))

    def _call(self, observer: _Observer, change: Bunch) -> None:
        with self._lock:
            self._queued -= 1
            if self._waiting.get((observer, change.name)) is change:
                del self._waiting[observer, change.name]
            if observer not in self._all:
                return
        try:
            beside.run(observer.context, None, observer.fn, change)
        except Exception as error:  # noqa: BLE001 -- reported; the others still hear
            said = f"an observer of {self._name}.{change.name} raised {type(error).__name__}: {error}"
            notices.tell(said, observer.context, traceback_of(error))

    def _drop(self, gone: list[_Observer]) -> None:
        with self._lock:
            self._all = [one for one in self._all if one not in gone]
        self._holdings.let_go(*gone)
