"""A loop over descriptors and timers, for engines without a GUI. Other threads hand it calls; it knows no window."""

from __future__ import annotations

import heapq
import os
import selectors
import threading
import time
from collections import deque
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable


class LoopWatch:
    """A descriptor in the loop's selector."""

    def __init__(self, selector: selectors.BaseSelector, fd: int, ready: Callable[[], None], *, write: bool) -> None:
        self._selector = selector
        self._fd = fd
        self._mask = selectors.EVENT_WRITE if write else selectors.EVENT_READ
        self._ready = guarded(ready)
        if not write:
            self.enable(on=True)

    def enable(self, *, on: bool) -> None:
        key = self._selector.get_map().get(self._fd)
        watches: dict[int, Callable[[], None]] = dict(key.data) if key else {}
        watches.pop(self._mask, None)
        if on:
            watches[self._mask] = self._ready
        if key:
            self._selector.unregister(self._fd)
        if watches:
            self._selector.register(self._fd, sum(watches), watches)


class Loop:
    """What an engine's protocol says of its loop."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._running = True
        self._handed: deque[Callable[[], None]] = deque()
        self._waking = threading.Lock()
        self._waker = -1

    def run(self, started: Callable[[], None]) -> None:
        """Run in this thread until `quit`; `started` is called once."""
        self.later(0, started)
        reader, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

        def woken() -> None:
            os.read(reader, 4096)
            self._take()

        self.watch(reader, woken)
        self._take()
        while self._running:
            wait = self._timers[0][0] - time.monotonic() if self._timers else None
            for key, events in self._selector.select(None if wait is None else max(0.0, wait)):
                for mask, ready in list(key.data.items()):
                    if events & mask:
                        ready()
            while self._timers and self._timers[0][0] <= time.monotonic():
                guarded(heapq.heappop(self._timers)[2])()
        with self._waking:
            waker, self._waker = self._waker, -1
        self._selector.close()
        os.close(waker)
        os.close(reader)

    def quit(self) -> None:
        """End `run`."""
        self._running = False

    def soon(self, call: Callable[[], None]) -> None:
        """Call on the loop's thread, in order; from any thread. Dropped when the loop has ended."""
        with self._waking:
            if not self._running:
                return
            self._handed.append(call)
            if self._waker >= 0:
                with suppress(BlockingIOError):  # it is awake
                    os.write(self._waker, b"\0")

    def _take(self) -> None:
        while self._handed:
            guarded(self._handed.popleft())()

    def watch(self, fd: int, ready: Callable[[], None], *, write: bool = False) -> LoopWatch:
        """Call `ready` whenever `fd` is readable, or writable."""
        return LoopWatch(self._selector, fd, ready, write=write)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Call once, after a while."""
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._order), call))
