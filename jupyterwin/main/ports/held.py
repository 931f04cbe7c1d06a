"""Held: an end of a channel in the kernel: started or not, its listeners, one message at a time. It sends nothing itself."""

from __future__ import annotations

import contextvars
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.main.handlers import beside
from jupyterwin.main.handlers.kinds import is_async
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ipc import Listeners
from jupyterwin.main.notices import notices
from jupyterwin.wire import values
from jupyterwin.wire.records import traceback_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.ipc import Handler, Thread
    from jupyterwin.main.ports.exchange import End, Exchange, Posted
    from jupyterwin.main.window.log import Log


class Held:
    """What is behind a `MessagePort`. `wrap` makes the event of a message from its value and its ends."""

    prints: Log | None = None

    def __init__(self, exchange: Exchange, end: End, wrap: Callable[[Any, tuple[End, ...]], Any]) -> None:
        self.end = end
        self.listeners = Listeners(self._look_whether_heard)
        self.face: object = None
        """The port itself while it has listeners for messages: as long as it can hear something it is not collected."""
        self.gone = False
        """The end was sent away."""
        self.shut = False
        """It was closed here."""
        self._exchange = exchange
        self._wrap = wrap
        self._started = False
        self._busy = False
        self._told = False
        self._unheard = False
        """The close was told when nobody listened for it yet."""
        exchange.hold(end, self)

    # -------------------------------------------------- for its port

    def start(self) -> None:
        """Deliver what waits, and from now on at once."""
        with self._exchange.lock:
            self._started = True
            self._exchange.pump(self.end)

    def close(self) -> None:
        """Close the channel; who listens for that hears it too."""
        with self._exchange.lock:
            if self.end.home is self:  # else it is closed, or with somebody else
                self.shut = True
                self._exchange.close(self.end)
                self._tell()

    def leave(self) -> None:
        """The end travels on: nothing is heard here any more."""
        self.listeners.clear()
        self.face = None

    def listen(self, event: str, fn: Callable[..., Any], *, thread: Thread, once: bool) -> Any:
        """Register a listener; the first for a close that has come already hears it now."""
        dispose = self.listeners.on(event, fn, thread=thread, once=once)
        with self._exchange.lock:
            if event == "close" and self._unheard:
                self._unheard = False
                self._exchange.run(Job(self._tell_closed, group="ports"))
        return dispose

    def _look_whether_heard(self) -> None:
        if "message" not in self.listeners.channels():
            self.face = None

    # -------------------------------------------------- for the exchange, under its lock

    def has_room(self) -> bool:
        """One message is being delivered at a time: the next starts when its listeners have started."""
        return self._started and not self._busy

    def arrived(self, posted: Posted) -> None:
        self._busy = True
        self._exchange.run(Job(partial(self._deliver, posted), group="ports"))

    def taken(self, posted: Posted) -> None:
        """Who posts in the kernel is told by `Overflow` alone."""

    def peer_closed(self, left: int) -> None:
        if self._busy or (self._started and left):
            return  # first what was sent before
        if not left:
            self._exchange.close(self.end)
        self._tell()

    def report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        notices.tell(f"{what} raised {type(error).__name__}: {error}", context, traceback_of(error))

    # -------------------------------------------------- listeners

    def _deliver(self, posted: Posted) -> None:
        try:
            listeners = self.listeners.take_listeners("message")
            data = values.decode(msgspec.json.decode(posted.value), posted.buffers, "message")
        except Exception as error:  # noqa: BLE001 -- what a page wrote, or a value of no use here
            self._report("a message that could not be read", error, contextvars.copy_context())
            listeners, data = [], None
        event = self._wrap(data, posted.ends)
        self._run(listeners, (event,), self._delivered)

    def _delivered(self) -> None:
        with self._exchange.lock:
            self._busy = False
            self._exchange.pump(self.end)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._exchange.run(Job(self._tell_closed, group="ports"))

    def _tell_closed(self) -> None:
        with self._exchange.lock:
            listeners = self.listeners.take_listeners("close")
            self._unheard = not listeners
        self._run(listeners, (), self._over)

    def _over(self) -> None:
        if self.end.closed:
            self.leave()

    def _run(self, listeners: list[Handler], args: tuple[Any, ...], then: Callable[[], None]) -> None:
        """Start the listeners one after another; `then` is called when all have started, and the plain ones have ended."""
        for index, listener in enumerate(listeners):
            rest = partial(self._run, listeners[index + 1 :], args, then)
            if is_async(listener.fn):
                started = lambda _task, rest=rest: self._exchange.run(Job(rest, group="ports"))  # noqa: E731 -- one line
                context = beside.context_of(listener.context, self._prints)
                self._exchange.loop.start_task(partial(self._call_async, listener, args), context, started)
                return
            if listener.thread == "main":
                main_thread.submit(partial(self._call_then, listener, args, rest))
                return
            self._call(listener, args)
        then()

    def _call_then(self, listener: Handler, args: tuple[Any, ...], rest: Callable[[], None]) -> None:
        self._call(listener, args)
        self._exchange.run(Job(rest, group="ports"))

    def _call(self, listener: Handler, args: tuple[Any, ...]) -> None:
        try:
            beside.run(listener.context, self._prints, listener.fn, *args)
        except Exception as error:  # noqa: BLE001 -- reported; the next listener still runs
            self._report("a listener of a port", error, listener.context)

    async def _call_async(self, listener: Handler, args: tuple[Any, ...]) -> None:
        try:
            await listener.fn(*args)
        except Exception as error:  # noqa: BLE001 -- as in _call
            self._report("a listener of a port", error, listener.context)
        finally:
            beside.ended()

    @property
    def _prints(self) -> Log | None:
        home = self.end.peer.home
        return None if home is None else home.prints

    def _report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        """Where the messages come from: in the log of the window that has the other end, if one has."""
        (self.end.peer.home or self).report(what, error, context)
