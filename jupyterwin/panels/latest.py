"""Latest: one function, called for the newest arguments alone: one call at a time, an older one is told that it is stale.

It knows how to run what it is given, and nothing of stores and panels.
"""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.kinds import is_async
from jupyterwin.main.handlers.lane import Lane
from jupyterwin.main.progress import reporting

if TYPE_CHECKING:
    from jupyterwin.main.window.life import Life


class Run:
    """One call, as the function may ask for it by a parameter named ``event``."""

    def __init__(self, args: tuple[Any, ...], keywords: dict[str, Any], report: Callable[[Any], object]) -> None:
        self.args = args
        self.keywords = keywords
        self.cancelled = False
        """True once its result will not be shown: newer values have come, or nobody looks any more. Poll it in long work."""
        self._report = report
        self._stop: Callable[[], object] = lambda: None

    def progress(self, done: float, total: float | None = None, text: str = "") -> None:
        """How far it has come, for the bar of the panels that show it. May be called as often as you like."""
        if not self.cancelled:
            self._report((done, total, text))

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self.cancelled = True
        self._stop()

    def stopped_by(self, stop: Callable[[], object]) -> None:
        """What ends it from outside."""
        self._stop = stop
        if self.cancelled:
            stop()


class Shows(Protocol):
    """Who is told how calls go, on the thread that runs them."""

    def begun(self) -> None:
        """A call begins."""

    def gave(self, run: Run, value: Any) -> None:
        """A result, or the next item of a generator."""

    def raised(self, run: Run, error: BaseException) -> None:
        """It failed."""

    def ended(self) -> None:
        """Nothing runs, and nothing waits to."""


class Latest:
    """Calls `fn` in a copy of the context in which this was made: a plain one on a thread of its own, ``async def`` on the handlers' loop."""

    def __init__(self, fn: Callable[..., Any], shows: Shows, window: Callable[[], Life | None]) -> None:
        self._fn = fn
        self._shows = shows
        self._window = window
        self._context = contextvars.copy_context()
        self._lane = Lane(f"jupyterwin-live-{getattr(fn, '__name__', 'fn')}")
        self._lock = threading.Lock()
        self._run: Run | None = None
        self._next: Run | None = None

    def call(self, args: tuple[Any, ...], keywords: dict[str, Any], report: Callable[[Any], object]) -> None:
        """Call it with these: at once, or when the call that runs has ended, which is stale from now on."""
        run = Run(args, keywords, report)
        with self._lock:
            stale, self._next = self._run, run
            if stale is None:
                self._run, self._next = run, None
        if stale is None:
            self._start(run)
        else:
            stale.cancel()

    def stop(self) -> None:
        """No more calls; the one that runs is cancelled."""
        with self._lock:
            run, self._next = self._run, None
        if run is not None:
            run.cancel()

    # --------------------------------------------------

    def _start(self, run: Run) -> None:
        window = self._window()
        if window is not None and is_async(self._fn):
            context = beside.context_of(self._context, window.log)
            window.start_task(lambda: self._run_async(run), context)
        else:
            self._lane.submit(lambda: self._run_here(run, window))

    def _call(self, run: Run) -> Any:
        wants = "event" in inspect.signature(self._fn).parameters
        return self._fn(*run.args, **run.keywords, **({"event": run} if wants else {}))

    def _run_here(self, run: Run, window: Life | None) -> None:
        self._shows.begun()

        def called() -> None:
            with reporting(run.progress):
                value = self._call(run)
                if not isinstance(value, Iterator):
                    self._gave(run, value)
                    return
                for item in value:
                    if run.cancelled:
                        break
                    self._gave(run, item)

        try:
            beside.run(self._context, None if window is None else window.log, called)
        except BaseException as error:  # noqa: BLE001 -- shown where the result would be
            self._raised(run, error)
        self._over(run)

    async def _run_async(self, run: Run) -> None:
        self._shows.begun()
        loop = asyncio.get_running_loop()
        if (task := asyncio.current_task()) is not None:
            run.stopped_by(partial(loop.call_soon_threadsafe, task.cancel))
        try:
            with reporting(run.progress):
                value = self._call(run)
                if isinstance(value, AsyncIterator):
                    async for item in value:
                        self._gave(run, item)
                else:
                    self._gave(run, await value)
        except asyncio.CancelledError:
            run.cancelled = True
        except BaseException as error:  # noqa: BLE001 -- as above
            self._raised(run, error)
        finally:
            beside.ended()
        self._over(run)

    def _gave(self, run: Run, value: Any) -> None:
        if not run.cancelled:
            self._shows.gave(run, value)

    def _raised(self, run: Run, error: BaseException) -> None:
        if not run.cancelled:
            self._shows.raised(run, error)

    def _over(self, run: Run) -> None:
        del run
        with self._lock:
            self._run, self._next = self._next, None
            following = self._run
            if following is None:
                self._shows.ended()  # before the next call can begin
        if following is not None:
            self._start(following)
