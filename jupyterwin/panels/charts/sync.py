"""Groups of charts that share cross-hair and zoom by a key, in whatever panels and windows they are. Nothing is drawn here."""

from __future__ import annotations

import math
import threading
from typing import Any, Protocol
from weakref import WeakValueDictionary

from jupyterwin.errors import UsageError


class Member(Protocol):
    """A chart of a group."""

    def wake(self) -> None:
        """The group's state is another."""


class Group:
    """The charts of one key, and what they share: zoom (a range of x, or None for all), and the cross-hair's x."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.zoom: list[float] | None = None
        self._cursor: float | None = None
        self._from: Member | None = None
        self._turn = 0
        self._members: tuple[Member, ...] = ()
        self._lock = threading.Lock()

    def join(self, member: Member) -> None:
        """It is drawn somewhere."""
        with self._lock:
            self._members = (*self._members, member)

    def leave(self, member: Member) -> None:
        """It is drawn nowhere."""
        with self._lock:
            self._members = tuple(one for one in self._members if one is not member)

    def heard(self, member: Member, event: str, detail: Any) -> None:
        """A person moved the cross-hair or zoomed in this chart: the others follow. Raises `UsageError` for what is no place."""
        with self._lock:
            if event == "cursor":
                self._cursor = None if detail is None else _number(detail)
            else:
                self.zoom = None if detail is None else [_number(end) for end in detail][:2]
            self._from = member
            self._turn += 1
            others = [one for one in self._members if one is not member]
        for one in others:
            one.wake()

    def state_for(self, member: Member) -> dict[str, Any]:
        """What the others did: of its own cross-hair a chart is not told. `turn` counts what was done."""
        with self._lock:
            cursor = None if self._from is member else self._cursor
            return {"cursor": cursor, "zoom": self.zoom, "turn": 0 if self._from is member else self._turn}


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError("a place on the x axis is a number")
    return float(value)


_groups: WeakValueDictionary[str, Group] = WeakValueDictionary()
_lock = threading.Lock()


def group_of(key: str) -> Group:
    """The group of this key; it lives as long as a chart of it does."""
    with _lock:
        group = _groups.get(key)
        if group is None:
            group = _groups[key] = Group(key)
        return group
