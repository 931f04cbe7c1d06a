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
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from jupyterwin.main.handlers.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MAX_THREADS = 64
"""Threads at most; further jobs wait in order of arrival."""

PER_GROUP = 16
"""Threads that the jobs of one group may hold together: whatever one window's handlers do, others have theirs."""

GROUPED = 48
"""Threads that all groups may hold together: what keeps the windows going always finds one."""

KEPT = 4
"""Threads that stay when there is nothing to do."""

IDLE = 10.0
"""Seconds after which a thread beyond those ends, when nothing came for it."""

_log = logging.getLogger("jupyterwin")


class Job(NamedTuple):
    """Work for a thread. Jobs with the same `lane` run one after another; None runs beside everything.

    `group` bounds how many threads work for one owner; None for work that must not wait for any user code.
    """

    run: Callable[[], object]
    lane: Hashable | None = None
    group: Hashable | None = None


class Workers:
    """A pool that reads by `read` (blocking, gives the jobs that arrived, None at the end) until it ends."""

    def __init__(self, name: str, read: Callable[[], list[Job] | None]) -> None:
        self._name = name
        self._read = read
        self._tasks: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._lanes: dict[Hashable, deque[Callable[[], object]]] = {}
        self._groups = Groups(PER_GROUP, GROUPED)
        self._threads: set[threading.Thread] = set()
        # Threads that will take a task, less the tasks that wait for one; below zero when all are busy.
        self._free = 0
        self._queued = 0
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
            _guarded(runnable[0])
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
                run = job.run
                if job.lane is not None:
                    if job.lane in self._lanes:
                        self._lanes[job.lane].append(run)
                        continue
                    self._lanes[job.lane] = deque([run])
                    run = partial(self._run_lane, job.lane)
                if job.group is None:
                    runnable.append(run)
                elif self._groups.enter(job.group, run):
                    runnable.append(partial(self._run_grouped, job.group, run))
        return runnable

    def _run_grouped(self, group: Hashable, run: Callable[[], object]) -> None:
        _guarded(run)
        with self._lock:
            left = self._groups.leave(group)
        if left is not None:
            self._hand_out(partial(self._run_grouped, *left))

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
            if not self._threads or (self._free <= 0 and len(self._threads) < MAX_THREADS):
                self._add_thread()
                if self._ended:  # what is told after the end (that it ended, for one) finds a thread that then leaves
                    self._tasks.put(None)
            self._free -= 1
            self._queued += 1
            self._tasks.put(task)

    def _add_thread(self) -> None:
        thread = threading.Thread(target=self._follow, name=f"{self._name}-{len(self._threads)}", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the system gives no more threads
            if not self._threads:
                raise
            return  # those there are take the task when they are free
        self._threads.add(thread)
        self._free += 1

    def _follow(self) -> None:
        while (task := self._next_task()) is not None:
            _guarded(task)
            with self._lock:
                self._free += 1

    def _next_task(self) -> Callable[[], object] | None:
        """What to do next; None when this thread is to end."""
        while True:
            try:
                # Those that stay wait without a clock: an idle kernel is not woken.
                task = self._tasks.get(timeout=IDLE if len(self._threads) > KEPT else None)
            except Empty:
                if self._leave(KEPT):
                    return None
                continue
            if task is not None:
                with self._lock:
                    self._queued -= 1
                return task
            if self._leave(0):
                return None
            self._tasks.put(None)  # first what is still to be done

    def _leave(self, kept: int) -> bool:
        """Let the calling thread end, unless there is something to do or only `kept` of them are left."""
        with self._lock:
            if self._queued or len(self._threads) <= kept:
                return False
            self._threads.discard(threading.current_thread())
            self._free -= 1
            return True


def _guarded(run: Callable[[], object]) -> None:
    """A job reports its own errors; what still escapes is a bug of ours and must not end the thread."""
    try:
        run()
    except BaseException:  # noqa: BLE001 -- logged
        _log.exception("internal error in a jupyterwin worker")
