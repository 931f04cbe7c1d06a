"""Groups: which jobs may have a thread now, when each owner may hold only so many. It knows no thread; its owner locks."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    Waiting = tuple[Hashable, Callable[[], object]]


class Groups:
    """Counts the threads of each group; jobs over the bounds wait, each group in order, the groups in turn."""

    def __init__(self, per_group: int, together: int) -> None:
        self._per_group = per_group
        self._together = together
        self._holding: dict[Hashable, int] = {}
        self._held = 0
        self._waiting: dict[Hashable, deque[Callable[[], object]]] = {}

    def enter(self, group: Hashable, run: Callable[[], object]) -> bool:
        """Whether `run` may have a thread now; else it waits, and a later `leave` gives it."""
        if group not in self._waiting and self._has_room(group):
            self._take(group)
            return True
        self._waiting.setdefault(group, deque()).append(run)
        return False

    def leave(self, group: Hashable) -> Waiting | None:
        """A thread of `group` is free again; whose turn it is now."""
        self._held -= 1
        self._holding[group] -= 1
        if not self._holding[group]:
            del self._holding[group]
        for other, jobs in self._waiting.items():
            if self._has_room(other):
                run = jobs.popleft()
                del self._waiting[other]
                if jobs:
                    self._waiting[other] = jobs  # at the end: the groups take turns
                self._take(other)
                return other, run
        return None

    def _has_room(self, group: Hashable) -> bool:
        return self._held < self._together and self._holding.get(group, 0) < self._per_group

    def _take(self, group: Hashable) -> None:
        self._held += 1
        self._holding[group] = self._holding.get(group, 0) + 1
