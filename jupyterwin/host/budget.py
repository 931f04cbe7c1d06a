"""Bounds what one window may cause: console lines, documents. A page that floods costs itself, not the kernel."""

from __future__ import annotations

LINES_PER_SECOND = 500
DOCUMENTS_PER_SECOND = 100
"""More than the engine can load: only a renderer that makes up documents comes to that."""

LINE_LENGTH = 20_000
"""Characters of a console line that are passed on."""


class Budget:
    """So many things in each second; what is over it is counted, and told when the second is over."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._second = 0
        self._taken = 0
        self._dropped = 0

    def take(self, now: float) -> bool:
        """Whether one more may happen at this time."""
        if int(now) != self._second:
            self._second, self._taken = int(now), 0
        self._taken += 1
        if self._taken <= self._per_second:
            return True
        self._dropped += 1
        return False

    def dropped(self) -> int:
        """How many were dropped since this was asked last, once their second is over."""
        if self._taken > self._per_second:
            return 0
        count, self._dropped = self._dropped, 0
        return count
