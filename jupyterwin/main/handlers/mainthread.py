"""The main thread's queue: work that must run where cells run. It knows threads and futures, and nothing of windows.

A notebook attaches a `wake` that makes the kernel's loop call `run_pending`; a script drains it in ``app.wait()``.
Whoever waits on the main thread for an answer drains it too, or a page that needs the main thread would wait for ever.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any


class MainThread:
    """Jobs for the main thread, first in, first out."""

    def __init__(self) -> None:
        self.running = False
        """Whether a job runs now."""
        self._jobs: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._wake: Callable[[], None] | None = None
        self._watched: weakref.WeakSet[Future[Any]] = weakref.WeakSet()

    @staticmethod
    def is_current() -> bool:
        """Whether the caller runs on the main thread."""
        return threading.current_thread() is threading.main_thread()

    def attach(self, wake: Callable[[], None] | None) -> None:
        """`wake` is called from any thread when there is work; it makes the main loop call `run_pending` soon."""
        self._wake = wake

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job, from any thread. It runs when the main thread is free; a job must not raise."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()
        if self._wake is not None:
            self._wake()

    def run_pending(self) -> None:
        """Run what is queued. On the main thread. An interrupt ends the job that runs, and gets out of here."""
        before, self.running = self.running, True
        try:
            while self._jobs:
                self._jobs.popleft()()
        finally:
            self.running = before

    def run_all_pending(self) -> None:
        """As `run_pending`, for a loop that an interrupt must not end: that ends the job which runs, and no other."""
        while self._jobs:
            with suppress(KeyboardInterrupt):
                self.run_pending()

    def wait(self, future: Future[Any], timeout: float | None) -> bool:
        """Wait on the main thread until `future` is done, running jobs meanwhile. False when `timeout` s passed."""
        deadline = None if timeout is None else time.monotonic() + timeout
        if future not in self._watched:  # who asks again and again is told once
            self._watched.add(future)
            future.add_done_callback(self._notify)
        while not future.done():
            self.run_pending()
            with self._changed:
                if self._jobs or future.done():
                    continue
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
        return True

    def _notify(self, _future: Future[Any]) -> None:
        with self._changed:
            self._changed.notify_all()


main_thread = MainThread()
"""The one queue of this process."""
