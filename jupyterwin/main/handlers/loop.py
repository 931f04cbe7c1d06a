"""The handlers' event loop: one thread with an asyncio loop for ``async def`` handlers. It knows no frames."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyterwin.main.pending import forbid_blocking_here

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable, Coroutine


class HandlersLoop:
    """An event loop in a thread of its own, started by its first task and ended by `stop`.

    What is asked of it after that comes too late and is left out, until `revive`: a thread that still has something to do
    for a window that is gone must not start it again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start it, for who will `call` it later from a place where nothing can be started."""
        with self._lock:
            self._running()

    def start_task(
        self, make: Callable[[], Coroutine[Any, Any, None]], context: contextvars.Context, keep: Callable[[Any], None]
    ) -> None:
        """Start ``make()`` as a task in `context`; tasks start in the order of these calls. `keep` gets the task."""

        def start() -> None:
            keep(asyncio.get_running_loop().create_task(make(), context=context))

        self._soon(start, context=context)

    def call(self, fn: Callable[[], object]) -> None:
        """Call `fn` in the loop soon; nothing happens when it never ran."""
        if (loop := self._loop) is not None:
            with suppress(RuntimeError):  # it was closed meanwhile
                loop.call_soon_threadsafe(fn)

    def call_later(self, seconds: float, fn: Callable[[], object]) -> None:
        """Call `fn` in the loop's thread after `seconds`; never if the loop is stopped before."""
        self._soon(lambda: asyncio.get_running_loop().call_later(seconds, fn))

    def stop(self) -> None:
        """Cancel what runs, end the loop and its thread."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
            self._stopped = True
        if loop is None or thread is None:
            return
        with suppress(RuntimeError):  # it ended by itself
            loop.call_soon_threadsafe(_cancel_all, loop)
        if thread is not threading.current_thread():
            thread.join(2)

    def revive(self) -> None:
        """It may be started again."""
        self._stopped = False

    def _soon(self, fn: Callable[[], object], **how: Any) -> None:
        with self._lock:  # in one go: after the end nothing may come in, a task that begins then would never be over
            if (loop := self._running()) is not None:
                loop.call_soon_threadsafe(fn, **how)

    def _running(self) -> asyncio.AbstractEventLoop | None:
        if self._loop is None and not self._stopped:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="jupyterwin-loop", daemon=True)
            self._thread.start()
        return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    forbid_blocking_here()
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    gathered = asyncio.gather(*tasks, return_exceptions=True)
    gathered.add_done_callback(lambda _future: loop.stop())
