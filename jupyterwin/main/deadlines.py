"""Deadlines: when calls to a page are over, with one timer for all of them. It knows their numbers and no call."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable

Later = Callable[[float, Callable[[], object]], None]
"""Calls a function after so many seconds, on another thread."""

_SPARE = 64  # entries of calls that have ended, kept beside as many of others before they are swept


class Deadlines:
    """`expired` is called with the number and the seconds of each call that took too long, on the timer's thread."""

    def __init__(self, later: Later, expired: Callable[[int, float], None]) -> None:
        self._later = later
        self._expired = expired
        self._lock = threading.Lock()
        self._at: dict[int, tuple[float, float]] = {}
        self._heap: list[tuple[float, int]] = []
        self._armed = float("inf")

    def add(self, number: int, seconds: float) -> None:
        """A call that may take `seconds` from now."""
        at = time.monotonic() + seconds
        with self._lock:
            self._at[number] = at, seconds
            heapq.heappush(self._heap, (at, number))
        self._arm()

    def drop(self, number: int) -> None:
        """It has ended."""
        with self._lock:
            self._at.pop(number, None)
            if len(self._heap) > 2 * len(self._at) + _SPARE:
                self._heap = [(at, number) for number, (at, _) in self._at.items()]
                heapq.heapify(self._heap)

    def _arm(self) -> None:
        with self._lock:
            while self._heap and self._heap[0][1] not in self._at:
                heapq.heappop(self._heap)
            if not self._heap or self._heap[0][0] >= self._armed:
                return
            self._armed = self._heap[0][0]
            seconds = self._armed - time.monotonic()
        self._later(max(0.0, seconds), self._tick)

    def _tick(self) -> None:
        over: list[tuple[int, float]] = []
        now = time.monotonic()
        with self._lock:
            self._armed = float("inf")
            while self._heap and self._heap[0][0] <= now:
                _, number = heapq.heappop(self._heap)
                if (known := self._at.pop(number, None)) is not None:
                    over.append((number, known[1]))
        for number, seconds in over:
            self._expired(number, seconds)
        self._arm()
