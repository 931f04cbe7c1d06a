"""Call: one call of a page, from its arguments to its one outcome. It decides nothing about where it runs."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import threading
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.pending import Pending
from jupyterwin.wire import values
from jupyterwin.wire.frames import End, Item

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from jupyterwin.main.document import Document
    from jupyterwin.main.ipc import Handler, IpcEvent
    from jupyterwin.main.signature import Signature


class Call:
    """A message (`number` None: nobody waits), an invoke, or a stream. Ends once; after `cancel` nothing is answered."""

    def __init__(
        self,
        event: IpcEvent,
        document: Document,
        number: int | None,
        handler: Handler,
        args: list[Any],
        buffers: Any,
        *,
        exposure: tuple[Any, Signature] | None = None,
        stream: bool = False,
    ) -> None:
        self.event = event
        self.document = document
        self.number = number
        self.handler = handler
        self.stream = stream
        self._args = args
        self._buffers = buffers
        self._exposure = exposure
        self._task: asyncio.Task[None] | None = None
        self._cancel_task: Callable[[asyncio.Task[None]], None] = lambda _task: None
        self._credit = threading.Semaphore(0)
        self._async_credit: asyncio.Event | None = None
        self._async_loop: asyncio.AbstractEventLoop | None = None

    # -------------------------------------------------- from the page

    def cancel(self, _reason: str = "") -> None:
        """Nobody waits any more: the handler sees ``event.cancelled``, its task is cancelled, its stream ends."""
        self.event._cancelled.set()  # noqa: SLF001 -- the token is the call's to set
        self._forget()
        self._credit.release()
        if self._task is not None:
            self._cancel_task(self._task)

    def credit(self, count: int) -> None:
        """The page will take `count` more items of the stream."""
        self._credit.release(max(1, min(count, 1024)))
        if self._async_loop is not None and self._async_credit is not None:
            self._async_loop.call_soon_threadsafe(self._async_credit.set)

    def on_cancel(self, cancel_task: Callable[[asyncio.Task[None]], None]) -> None:
        """How a task is cancelled from another thread."""
        self._cancel_task = cancel_task

    def keep_task(self, task: asyncio.Task[None]) -> None:
        """The task that runs this call; cancelled at once if nobody waits any more."""
        self._task = task
        if self.event.cancelled:
            task.cancel()

    # -------------------------------------------------- running it

    def run(self) -> None:
        """Call the handler on this thread and answer. Never raises."""
        if self.event.cancelled:
            return
        try:
            value = self.handler.context.copy().run(self._called)
            if self.stream:
                self._pump(value)
            else:
                self._answer_when_done(value)
        except Exception as error:  # noqa: BLE001 -- every error of a handler becomes the call's outcome
            self._fail(error)

    async def run_async(self) -> None:
        """Await the handler in its event loop and answer. Never raises but for a cancelled task."""
        try:
            value = self._called()
            if self.stream:
                await self._pump_async(value)
            else:
                self._answer(await value)
        except asyncio.CancelledError:
            self._forget()
            raise
        except Exception as error:  # noqa: BLE001 -- as in run
            self._fail(error)

    def _called(self) -> Any:
        args = values.decode(self._args, self._buffers, "args")
        if self._exposure is None:
            return self.handler.fn(self.event, *args)
        fn, signature = self._exposure
        bound, keywords = signature.bind(args)
        if signature.event_parameter:
            keywords[signature.event_parameter] = self.event
        return fn(*bound, **keywords)

    # -------------------------------------------------- its outcome

    def _answer_when_done(self, value: Any) -> None:
        """A handler may return any future: the answer goes out by itself when it is done."""
        if isinstance(value, concurrent.futures.Future | Pending):
            value.add_done_callback(lambda done: self._answer_from(done.result))
        elif inspect.isawaitable(value):
            msg = "the handler returned an awaitable; declare it 'async def', or return a concurrent.futures.Future"
            raise TypeError(msg)
        else:
            self._answer(value)

    def _answer_from(self, result: Callable[[], Any]) -> None:
        try:
            self._answer(result())
        except Exception as error:  # noqa: BLE001 -- as in run
            self._fail(error)

    def _answer(self, value: Any) -> None:
        if self._forget() and self.number is not None and not self.event.cancelled:
            self.document.answer(self.number, value)

    def _fail(self, error: Exception) -> None:
        refused = isinstance(error, JupyterWinError)
        self.event.window.report(f"handler {self.event.channel!r}", error, self.handler.context, quiet=refused)
        if self._forget() and self.number is not None and not self.event.cancelled:
            self.document.fail(self.number, error)

    def _forget(self) -> bool:
        """Whether the call was still running: True for the first outcome alone."""
        return self.number is not None and self.document.running.pop(self.number, None) is not None

    # -------------------------------------------------- streams

    def _pump(self, iterator: Generator[Any, None, None]) -> None:
        context = self.handler.context.copy()
        done = object()
        try:
            while True:
                self._credit.acquire()
                if self.event.cancelled:
                    return
                item = context.run(next, iterator, done)
                if item is done:
                    break
                self._item(item)
        finally:
            context.run(iterator.close)
        self._end()

    async def _pump_async(self, iterator: AsyncGenerator[Any, None]) -> None:
        self._async_loop, self._async_credit = asyncio.get_running_loop(), asyncio.Event()
        try:
            while True:
                while not self._credit.acquire(blocking=False):
                    self._async_credit.clear()
                    await self._async_credit.wait()
                try:
                    item = await anext(iterator)
                except StopAsyncIteration:
                    break
                self._item(item)
        finally:
            await iterator.aclose()
        self._end()

    def _item(self, value: Any) -> None:
        encoded, buffers = values.encode(value, "item")
        self.document.reply(Item(self.number or 0, encoded, buffers=len(buffers)), buffers)

    def _end(self) -> None:
        if self._forget():
            self.document.reply(End(self.number or 0))
