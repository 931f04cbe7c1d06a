"""Succession: which store takes the place of which, when a cell or a module makes its stores again.

A store is known by the cell that made it, its class's name, and how many of them that run had made before. It knows
nothing of what a store is.
"""

from __future__ import annotations

import threading
import weakref
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jupyterwin.main.ownership import CellRun, cells

if TYPE_CHECKING:
    from jupyterwin.main.store.store import Store


class _Place(NamedTuple):
    cell: str | None
    kind: str
    nth: int


@dataclass(frozen=True)
class _Held:
    store: weakref.ref[Store]
    run: CellRun | None

    def made_again_by(self, new: Store, run: CellRun | None) -> bool:
        old = self.store()
        if old is None or old is new:
            return False
        if run is not None and self.run is not None and run.key == self.run.key:
            return run.number != self.run.number
        unnamed = all(one is None or not one.identified for one in (run, self.run))
        return unnamed and type(old) is not type(new)  # its class was defined again: an edited cell, a reloaded module


class Succession:
    """The stores of this process, by where they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[_Place, _Held] = {}
        self._counts: dict[tuple[str | None, str], tuple[object, int]] = {}
        self._gone: deque[tuple[_Place, object]] = deque()
        """Stores that were collected. The collector may run in any thread, under any lock: it only says so here."""

    def claim(self, new: Store) -> Store | None:
        """The store whose place `new` takes, if it takes any."""
        run = cells.current
        cls = type(new)
        kind = f"{cls.__module__}.{cls.__qualname__}"
        with self._lock:
            self._forget_gone()
            nth = self._count(run, kind, cls)
            place = _Place(None if run is None else run.key, kind, nth)
            there = [
                place,
                *(other for other in self._held if (other.kind, other.nth) == (kind, nth) and other != place),
            ]
            found = next((one for one in there if one in self._held and self._held[one].made_again_by(new, run)), None)
            old = None if found is None else self._held.pop(found).store()
            self._held[place] = _Held(weakref.ref(new, lambda gone: self._gone.append((place, gone))), run)
        return old

    def _count(self, run: CellRun | None, kind: str, cls: type) -> int:
        """How many of that class this run has made before; without a cell, how many there were of this very class."""
        key = None if run is None else run.key, kind
        now: object = id(cls) if run is None else run.number
        last, count = self._counts.get(key, (now, 0))
        count = count if last == now else 0
        self._counts[key] = now, count + 1
        return count

    def _forget_gone(self) -> None:
        while self._gone:
            place, gone = self._gone.popleft()
            held = self._held.get(place)
            if held is not None and held.store is gone:
                del self._held[place]


succession = Succession()
"""The one of this process."""
