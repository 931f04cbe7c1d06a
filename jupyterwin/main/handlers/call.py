"""Call: one call of a page, from its arguments to its one outcome. It decides nothing about where it runs."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Cancelled, JupyterWinError, UsageError
from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.credit import Credit
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.pending import Pending
from jupyterwin.main.progress import begin_reporting
from jupyterwin.main.scenes import OURS
from jupyterwin.wire import values
from jupyterwin.wire.frames import End

INTERRUPTED = "the kernel was interrupted"

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable

    from jupyterwin.main.document import Document
    from jupyterwin.main.handlers.loop import HandlersLoop
    from jupyterwin.main.handlers.signature import Signature
    from jupyterwin.main.ipc import Handler, IpcEvent


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
        size: int = 0,
        exposure: tuple[Any, Signature] | None = None,
        stream: bool = False,
        heard: Callable[[BaseException | None], None] = lambda _error: None,
    ) -> None:
        """`heard` is told once how a message's listener ended."""
        self.event = event
        self.document = document
        self.number = number
        self.handler = handler
        self.stream = stream
        self.size = size
        self._args, self._buffers = args, buffers
        self._exposure = exposure
        self._heard = heard
        self._task: asyncio.Task[None] | None = None
        self._loop: HandlersLoop | None = None
        self._future: concurrent.futures.Future[Any] | Pending[Any] | None = None
        self._credit = Credit() if stream else None
        self._entered = False

    # -------------------------------------------------- from the page

    def cancel(self) -> None:
        """Nobody waits any more: the handler sees ``event.cancelled``; its task, future or stream is ended."""
        if (future := self.let_go()) is not None:
            future.cancel()

    def let_go(self) -> concurrent.futures.Future[Any] | Pending[Any] | None:
        """As `cancel`, for a thread that must not run code of the user: the future that is still to be cancelled."""
        self.event.cancelled = True
        self._forget()
        if self._credit is not None:
            self._credit.end()
        if self._task is not None and self._loop is not None:
            self._loop.call(self._task.cancel)
        return self._future

    def interrupt(self) -> None:
        """The kernel was interrupted: the page is told so, and it goes on as after `cancel`."""
        waited_for = self._forget()
        self.cancel()
        if waited_for and self.number is not None:
            self.document.fail(self.number, Cancelled(INTERRUPTED))

    def credit(self, count: int) -> None:
        """The page will take `count` more items of the stream."""
        if self._credit is not None:
            self._credit.give(count)

    # -------------------------------------------------- running it

    def run_in(self, loop: HandlersLoop) -> None:
        """Run an ``async def`` handler as a task of the loop."""

        def keep(task: asyncio.Task[None]) -> None:
            self.document.started(self.size)
            self._keep_task(task)

        self._loop = loop
        loop.start_task(lambda: self._run_async(self._called), self._context(), keep)

    def may_use(self, loop: HandlersLoop) -> None:
        """The loop for what a handler may turn out to be: a plain function around an ``async def``."""
        self._loop = loop

    def _keep_task(self, task: asyncio.Task[None]) -> None:
        """The task that runs this call; cancelled at once if nobody waits any more."""
        self._task = task
        if self.event.cancelled:
            task.cancel()

    def run(self) -> None:
        """Call the handler on this thread and answer. Raises nothing but an interrupt of the main thread."""
        self.document.started(self.size)
        if self.event.cancelled:
            return
        try:
            context = self._context()
            value = beside.run_in(context, self._called)
            if self._loop is not None and (inspect.iscoroutine(value) or inspect.isasyncgen(value)):
                self._go_on_in(self._loop, value, context)
            elif self._credit is not None:
                self._pump(_stream(Iterator, value), self._credit, context)
            else:
                context.run(beside.ended)
                self._answer_when_done(value)
        except BaseException as error:  # noqa: BLE001 -- whatever ends a handler becomes the call's outcome
            self._ended_by(error)

    def _context(self) -> contextvars.Context:
        return beside.context_of(self.handler.context, self.event.window.log)

    def _go_on_in(self, loop: HandlersLoop, value: Any, context: contextvars.Context) -> None:
        """A plain function gave what an ``async def`` gives: it goes on where those run."""

        def keep(task: asyncio.Task[None]) -> None:
            task.add_done_callback(lambda _task: _close(value))  # cancelled before it began, nobody else would
            self._keep_task(task)

        loop.start_task(lambda: self._run_async(lambda: value), context, keep)

    async def _run_async(self, called: Callable[[], Any]) -> None:
        """Await what `called` gives, in the event loop, and answer. Raises nothing but its task's own cancellation."""
        try:
            value = called()
            if self._credit is not None:
                await self._pump_async(_stream(AsyncGenerator, value), self._credit)
            elif inspect.isasyncgen(value):
                raise UsageError("the handler is a stream: iterate over it in the page")
            else:
                result = await value
                beside.ended()  # before the page goes on
                self._answer(result)
        except asyncio.CancelledError:
            if self.number is not None and not self.event.cancelled:
                self._fail(Cancelled(f"the handler of {self.event.channel!r} was cancelled"))
            raise
        except BaseException as error:  # noqa: BLE001 -- as in run; what gets out of a task can end the loop of all
            self._fail(error)
        finally:
            beside.ended()

    def _called(self) -> Any:
        begin_reporting(self.event.progress)
        args = values.decode(self._args, self._buffers, "args")
        if self._exposure is None:
            self._entered = True
            return self.handler.fn(self.event, *args)
        fn, signature = self._exposure
        bound, keywords = signature.bind(args, self.event, self._args)
        self._entered = True
        return fn(*bound, **keywords)

    # -------------------------------------------------- its outcome

    def _answer_when_done(self, value: Any) -> None:
        """A handler may return any future: the answer goes out by itself when it is done."""
        if isinstance(value, concurrent.futures.Future | Pending):
            self._future = value
            if self.event.cancelled:
                value.cancel()
            value.add_done_callback(lambda done: self._answer_from(done.result))
        elif inspect.isawaitable(value):
            _close(value)
            msg = "the handler returned an awaitable; declare it 'async def', or return a concurrent.futures.Future"
            raise UsageError(msg)
        else:
            self._answer(value)

    def _answer_from(self, result: Callable[[], Any]) -> None:
        try:
            self._answer(result())
        except BaseException as error:  # noqa: BLE001 -- as in run
            self._ended_by(error)

    def _answer(self, value: Any) -> None:
        if self.number is None:
            self.event.ended()
            self._heard(None)
        elif self._forget() and not self.event.cancelled:
            self.document.answer(self.number, value, self._report_answer)

    def _ended_by(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt) and main_thread.is_current():
            self._fail(Cancelled(INTERRUPTED))
            raise error
        if isinstance(error, concurrent.futures.CancelledError):
            error = Cancelled(f"the future of {self.event.channel!r} was cancelled")
        self._fail(error)

    def _fail(self, error: BaseException) -> None:
        try:
            self._report(error)
        finally:
            if self.number is None:
                self.event.ended()
                self._heard(error)
            elif self._forget() and not self.event.cancelled:
                self.document.fail(self.number, error)

    def _report_answer(self, error: Exception) -> None:
        self.event.window.report(f"answering {self.event.channel!r}", error, self.handler.context)

    def _report(self, error: BaseException) -> None:
        channel, window = f"{self.event.channel!r}", self.event.window
        # A document is closed a moment before what runs for it is told so.
        nobody_waits = isinstance(error, Cancelled) or self.event.cancelled or self.document.closed
        if nobody_waits and isinstance(error, JupyterWinError):
            if not self.event.channel.startswith(OURS):  # a page of ours may ask for what it no longer shows
                window.log.add("warning", f"handler {channel}: {error}", "jupyterwin")
        elif isinstance(error, JupyterWinError) and not self._entered:
            window.report_refused(channel, error, self.handler.context)
        else:
            window.report(f"handler {channel}", error, self.handler.context)

    def _forget(self) -> bool:
        """Whether the call was still running: True for the first outcome alone."""
        self.event.ended()
        return self.number is not None and self.document.running.end(self.number)

    # -------------------------------------------------- streams

    def _pump(self, iterator: Iterator[Any], credit: Credit, context: contextvars.Context) -> None:
        """Send items while there is credit. A stream that has none holds no thread: credit brings it back to one."""

        def go_on() -> None:
            try:
                self._pump(iterator, credit, context)
            except BaseException as error:  # noqa: BLE001 -- as in run
                self._ended_by(error)

        done, close = object(), getattr(iterator, "close", lambda: None)
        try:
            while credit.take(lambda: self.event.window.run_on_worker(go_on)):
                if self.event.cancelled:
                    break
                item = context.run(next, iterator, done)
                if item is done:
                    break
                self.document.item(self.number or 0, item)
            else:
                return  # it waits
        except BaseException:
            context.run(close)
            context.run(beside.ended)
            raise
        context.run(close)
        context.run(beside.ended)
        self._end()

    async def _pump_async(self, iterator: AsyncGenerator[Any, None], credit: Credit) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop is closed: the app was quit
                loop.call_soon_threadsafe(woken.set)

        try:
            while True:
                while not credit.take(wake):
                    await woken.wait()
                    woken.clear()
                if self.event.cancelled:
                    return
                try:
                    item = await anext(iterator)
                except StopAsyncIteration:
                    break
                self.document.item(self.number or 0, item)
        finally:
            await iterator.aclose()
        self._end()

    def _end(self) -> None:
        if self._forget():
            self.document.reply(End(self.number or 0))


def _stream(kind: type[Any], value: Any) -> Any:
    if isinstance(value, kind):
        return value
    _close(value)
    raise UsageError(f"a stream was asked for, and the handler gave a {type(value).__name__}")


def _close(value: Any) -> None:
    """A coroutine that nobody will await must be told so."""
    if inspect.iscoroutine(value):
        value.close()
