"""Pending: the one type for everything that takes time. It knows futures, loops and the main thread's queue."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import CancelledError as FutureCancelled
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from jupyterwin.errors import Cancelled, DeadlineExceeded, UsageError
from jupyterwin.main.handlers.mainthread import main_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")
_log = logging.getLogger("jupyterwin")
_here = threading.local()


LONGEST = 1_000_000
"""Seconds, more than a week; the engine's timers end at 2^31 milliseconds."""


def seconds(name: str, given: float) -> float:
    """A deadline as the user gave it, in the argument `name`. Raises `UsageError`."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= LONGEST:
        msg = f"{name}: a number of seconds above 0, at most {LONGEST}, is needed, got {given!r}"
        raise UsageError(msg)
    return given


def forbid_blocking_here() -> None:
    """Mark the calling thread as one that must not block in `Pending.result` (the handlers' event loop)."""
    _here.must_not_block = True


def must_not_block() -> bool:
    """Whether the calling thread was marked so."""
    return getattr(_here, "must_not_block", False)


class Pending(Generic[T]):
    """A value that will be there: ``await`` it in any event loop, or ``.result(timeout)`` it on any thread but one.

    It ends in exactly one of a value, an error of `jupyterwin.errors`, or `Cancelled`. An interrupt of ``result``, a
    timeout of it, and a cancelled task that awaited it leave it running. A failure that nobody looked at is logged once.
    """

    _public: ClassVar[tuple[str, ...]] = tuple("what result exception done cancel add_done_callback".split())

    def __init__(self, what: str, on_cancel: Callable[[], None] | None = None) -> None:
        self.what = what
        self._future: Future[T] = Future()
        self.on_cancel = on_cancel
        """Called once it is cancelled: tells the other side."""
        self._looked_at = False

    # -------------------------------------------------- for who waits

    def result(self, timeout: float | None = None) -> T:
        """Block until the value is there, at most `timeout` seconds (`DeadlineExceeded`; the work goes on).

        On the main thread, queued ``thread="main"`` handlers run meanwhile. On the handlers' event loop it raises
        `UsageError` unless the value is there: ``await`` it.
        """
        if must_not_block() and not self._future.done():  # a callback there may read what has ended
            msg = f"{self.what}: .result() would block the handlers' event loop; use 'await' here"
            raise UsageError(msg)
        return self._wait(timeout)

    def _wait(self, timeout: float | None) -> T:
        if main_thread.is_current() and not main_thread.wait(self._future, timeout):
            raise self._late(timeout)
        try:
            value = self._future.result(timeout)
        except FutureCancelled:
            self._looked_at = True
            msg = f"{self.what} was cancelled"
            raise Cancelled(msg) from None
        except TimeoutError as problem:
            if self._future.done():  # the work itself ended in a TimeoutError
                self._looked_at = True
                raise
            raise self._late(timeout) from problem
        except Exception:
            self._looked_at = True
            raise
        self._looked_at = True
        return value

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """The error it ended in, or None for a value; waits like `result`."""
        try:
            self.result(timeout)
        except Exception as error:
            if not self._future.done():
                raise
            return error
        return None

    def done(self) -> bool:
        """Whether it has ended."""
        return self._future.done()

    def cancel(self) -> bool:
        """Ask for its end. False when it had already ended. The other side is told and stops the work if it can."""
        if not self._future.cancel():
            return False
        self._looked_at = True
        if self.on_cancel is not None:
            self.on_cancel()
        return True

    def add_done_callback(self, fn: Callable[[Pending[T]], object]) -> None:
        """Call ``fn(self)`` when it ends: on the thread that ends it, or at once if it has ended."""
        self._looked_at = True
        self._future.add_done_callback(lambda _future: fn(self))

    def __await__(self) -> Generator[Any, None, T]:
        if not self._future.done():
            loop = asyncio.get_running_loop()
            done = asyncio.Event()
            self._future.add_done_callback(lambda _f: _call_if_open(loop, done.set))
            yield from done.wait().__await__()
        return self._wait(0)

    # -------------------------------------------------- for who does the work

    def settle(self, value: T) -> bool:
        """End in a value. False when it had already ended (cancelled, for one)."""
        return self._end(lambda: self._future.set_result(value))

    def fail(self, error: BaseException) -> bool:
        """End in an error. False when it had already ended."""
        return self._end(lambda: self._future.set_exception(error))

    def _end(self, finish: Callable[[], None]) -> bool:
        try:
            finish()
        except InvalidStateError:
            return False
        return True

    def pass_to(self, other: Pending[T]) -> None:
        """End `other` as this one ends."""

        def done(ended: Pending[T]) -> None:
            error = ended.exception(0)
            if error is None:
                other.settle(ended.result(0))
            else:
                other.fail(error)

        self.add_done_callback(done)

    # --------------------------------------------------

    def _late(self, timeout: float | None) -> DeadlineExceeded:
        return DeadlineExceeded(f"{self.what}: no answer within {timeout:g} s; it goes on")

    def __dir__(self) -> list[str]:
        return list(self._public)

    def __repr__(self) -> str:
        if not self._future.done():
            state = "pending"
        elif self._future.cancelled():
            state = "cancelled"
        else:
            error = self._future.exception()
            state = f"failed: {error}" if error else f"done: {self._future.result()!r:.200}"
        return f"<Pending {self.what}: {state}>"

    def __del__(self) -> None:
        future = getattr(self, "_future", None)
        if future is None or self._looked_at or not future.done() or future.cancelled():
            return
        if error := future.exception():
            _log.warning("%s failed and nobody looked: %s: %s", self.what, type(error).__name__, error)


def _call_if_open(loop: asyncio.AbstractEventLoop, fn: Callable[[], object]) -> None:
    """Call `fn` in `loop` unless the loop has been closed meanwhile: then nobody waits there any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(fn)


def pass_on(done: Pending[Any], pending: Pending[Any], read: Any) -> None:
    """End `pending` as `done` has ended: a reply, of whose value and buffers `read` makes the result."""
    error = done.exception(0)
    if error is not None:
        pending.fail(error)
        return
    value, buffers = done.result(0)
    try:
        pending.settle(read(value, buffers) if read else None)
    except Exception as problem:  # noqa: BLE001 -- a reply that cannot be read is the outcome
        pending.fail(problem)
