"""Lane: jobs one after another on a thread of its own, which lives while there are some. It knows no window and no host.

The application's own events run here: they must not depend on a window host that is just ending.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from jupyterwin.main.handlers.mainthread import main_thread

if TYPE_CHECKING:
    from collections.abc import Callable


class Lane:
    """A queue and at most one thread. Jobs report their own errors."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._jobs: deque[Callable[[], object]] = deque()
        self._thread: threading.Thread | None = None

    def submit(self, job: Callable[[], object]) -> None:
        """Run a job after those that were submitted before."""
        with self._lock:
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def finish(self, timeout: float) -> bool:
        """Wait until what was submitted so far has run, at most `timeout` seconds; whether it has.

        On the main thread queued ``thread="main"`` work runs meanwhile. On the lane's own thread the jobs run here.
        """
        if self._thread is threading.current_thread():
            self._drain()
            return True
        done: Future[None] = Future()
        self.submit(lambda: done.set_result(None))
        if main_thread.is_current():
            return main_thread.wait(done, timeout)
        return bool(wait([done], timeout).done)

    def _drain(self) -> None:
        while self._jobs:
            self._jobs.popleft()()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._thread = None
                    return
            self._drain()
