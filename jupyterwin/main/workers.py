"""Workers: the threads that read the carrier and run handlers, as leader and followers. They know no frames.

One thread, the leader, blocks in `read`. When something arrives it routes it, hands the reading to a follower, and runs
the first job itself: a call costs one thread's turn at the interpreter lock, also while a cell holds that lock
(DESIGN §5 has the figures). Jobs of one lane run one after another in order of arrival; lanes run side by side. When
all threads are busy the leader keeps reading and queues the jobs: reading never waits for user code.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MAX_THREADS = 32
"""Threads at most; further jobs wait in order of arrival."""

_log = logging.getLogger("jupyterwin")


class Job(NamedTuple):
    """Work for a thread. Jobs with the same `lane` run one after another; None runs beside everything."""

    run: Callable[[], object]
    lane: Hashable | None = None


class Workers:
    """A pool that reads by `read` (blocking, gives the jobs that arrived, None at the end) until it ends."""

    def __init__(self, name: str, read: Callable[[], list[Job] | None]) -> None:
        self._name = name
        self._read = read
        self._tasks: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._lanes: dict[Hashable, deque[Callable[[], object]]] = {}
        self._threads: set[threading.Thread] = set()
        # Threads that will take a task, less the tasks that wait for one; below zero when all are busy.
        self._free = 0
        self._ended = False

    def start(self) -> None:
        """Start reading."""
        self._hand_out(self._lead)

    def submit(self, job: Job) -> None:
        """Run a job on a worker, from any thread."""
        for run in self._enter_lanes([job]):
            self._hand_out(run)

    def join(self, timeout: float) -> None:
        """Wait `timeout` seconds in all for the threads to end; a handler that still runs keeps its thread."""
        end = time.monotonic() + timeout
        for thread in list(self._threads):
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))

    # -------------------------------------------------- leading

    def _lead(self) -> None:
        while (jobs := self._read()) is not None:
            runnable = self._enter_lanes(jobs)
            if not runnable:
                continue
            if not self._room_to_follow(len(runnable)):
                for run in runnable:
                    self._hand_out(run)
                continue
            self._hand_out(self._lead)
            for run in runnable[1:]:
                self._hand_out(run)
            runnable[0]()
            return
        self._end()

    def _end(self) -> None:
        with self._lock:
            self._ended = True
            for _ in range(len(self._threads)):
                self._tasks.put(None)

    def _room_to_follow(self, jobs: int) -> bool:
        """Whether other threads can take over the reading and all but one of these jobs."""
        with self._lock:
            return self._free + MAX_THREADS - len(self._threads) >= jobs

    # -------------------------------------------------- lanes

    def _enter_lanes(self, jobs: list[Job]) -> list[Callable[[], object]]:
        """What can run now; a job whose lane is busy waits there."""
        runnable: list[Callable[[], object]] = []
        with self._lock:
            for job in jobs:
                if job.lane is None:
                    runnable.append(job.run)
                elif job.lane in self._lanes:
                    self._lanes[job.lane].append(job.run)
                else:
                    self._lanes[job.lane] = deque([job.run])
                    runnable.append(lambda lane=job.lane: self._run_lane(lane))  # type: ignore[misc]
        return runnable

    def _run_lane(self, lane: Hashable) -> None:
        waiting = self._lanes[lane]
        while True:
            with self._lock:
                if not waiting:
                    del self._lanes[lane]
                    return
                run = waiting.popleft()
            _guarded(run)

    # -------------------------------------------------- threads

    def _hand_out(self, task: Callable[[], object]) -> None:
        with self._lock:
            if self._ended or (self._free <= 0 and len(self._threads) < MAX_THREADS):
                thread = threading.Thread(target=self._follow, name=f"{self._name}-{len(self._threads)}", daemon=True)
                thread.start()
                self._threads.add(thread)
                self._free += 1
            self._free -= 1
            self._tasks.put(task)
            if self._ended:
                # What is told after the end (that it ended, for one) gets a thread of its own, which then leaves.
                self._tasks.put(None)

    def _follow(self) -> None:
        while (task := self._tasks.get()) is not None:
            _guarded(task)
            with self._lock:
                self._free += 1
        with self._lock:
            self._threads.discard(threading.current_thread())


def _guarded(run: Callable[[], object]) -> None:
    """A job reports its own errors; what still escapes is a bug of ours and must not end the thread."""
    try:
        run()
    except Exception:  # noqa: BLE001 -- logged
        _log.exception("internal error in a jupyterwin worker")
