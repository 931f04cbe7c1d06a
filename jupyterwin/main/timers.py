"""`every`: a function called again and again, on a thread of its own or on the handlers' loop. It knows no window."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
import time
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers import beside
from jupyterwin.main.ownership import Holdings, cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.handlers.loop import HandlersLoop
    from jupyterwin.main.window.log import Log
    from jupyterwin.main.window.reports import Reports

    Report = Callable[[str, Exception, contextvars.Context], None]

_LONGEST = 1_000_000.0  # seconds, more than a week
_DISTINCT = 100
"""Different errors of one timer that are told; more are taken for one that counts."""


class Timer:
    """Calls `fn` at ``start + n * seconds``, never twice at once: what a slow call misses is left out, the phase is kept."""

    def __init__(self, seconds: float, fn: Callable[[], object], report: Report, log: Log | None) -> None:
        self._seconds = seconds
        self._fn = fn
        self._report = report
        self._log = log
        self._context = contextvars.copy_context()
        self._start = time.monotonic()
        self._stopped = threading.Event()
        self._told: set[tuple[type, str]] = set()
        self._cancel: Callable[[], None] | None = None

    def run(self, loop: HandlersLoop) -> None:
        """Begin: the first call is `seconds` from now."""
        if _is_async(self._fn):

            def keep(task: asyncio.Task[None]) -> None:
                self._cancel = lambda: loop.call(task.cancel)
                if self._stopped.is_set():
                    task.cancel()

            loop.start_task(self._tick_in_loop, self._context.copy(), keep)
        else:
            threading.Thread(target=self._tick, name="jupyterwin-every", daemon=True).start()

    def stop(self) -> None:
        """No call begins any more; an async one that runs is cancelled."""
        self._stopped.set()
        if self._cancel is not None:
            self._cancel()

    def _until_next(self) -> float:
        return until_next(self._start, self._seconds, time.monotonic())

    def _tick(self) -> None:
        while not self._stopped.wait(self._until_next()):
            try:
                beside.run(self._context, self._log, self._fn)
            except Exception as error:  # noqa: BLE001 -- reported; the next call comes all the same
                self._raised(error)

    async def _tick_in_loop(self) -> None:
        while True:
            await asyncio.sleep(self._until_next())
            try:
                context = beside.context_of(self._context, self._log)
                await asyncio.get_running_loop().create_task(_called(self._fn), context=context)
            except Exception as error:  # noqa: BLE001 -- the same
                self._raised(error)

    def _raised(self, error: Exception) -> None:
        kind = type(error), str(error)
        if kind not in self._told and len(self._told) < _DISTINCT:
            self._told.add(kind)
            name = getattr(self._fn, "__name__", repr(self._fn))
            self._report(f"{name}(), called every {self._seconds:g} s,", error, self._context)


class Timers:
    """The timers of one application."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._running: dict[Timer, None] = {}
        self._holdings: Holdings[Timer] = Holdings()

    def start(
        self, seconds: float, fn: Callable[[], object], loop: HandlersLoop, window: Reports | None
    ) -> Callable[[], None]:
        """Start one for the current cell; returns its disposer. `window` is told what it prints and raises. Raises `UsageError`."""
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= _LONGEST:
            msg = f"seconds: a number above 0, at most {_LONGEST:g}, is needed, got {seconds!r}"
            raise UsageError(msg)
        if not callable(fn):
            msg = f"every: {fn!r} is not a function"
            raise UsageError(msg)
        timer = Timer(seconds, fn, window.report if window else self._report, window.log if window else None)
        self._running[timer] = None

        def stop() -> None:
            self._running.pop(timer, None)
            timer.stop()
            self._holdings.let_go(timer)

        self._holdings.add(timer, cells.own(stop, fn, "every"))
        timer.run(loop)
        return stop

    def clear(self) -> None:
        """Stop all of them."""
        running, self._running = self._running, {}
        for timer in running:
            timer.stop()
        self._holdings.clear()


def until_next(start: float, seconds: float, now: float) -> float:
    """Seconds from `now` to the next ``start + n * seconds``."""
    return seconds - (now - start) % seconds


def _is_async(fn: Callable[[], object]) -> bool:
    while hasattr(fn, "func"):  # functools.partial
        fn = fn.func
    return inspect.iscoroutinefunction(fn) or inspect.iscoroutinefunction(getattr(fn, "__call__", None))  # noqa: B004


async def _called(fn: Callable[[], Any]) -> None:
    try:
        await fn()
    finally:
        beside.ended()
