"""Ipc: handlers and listeners by channel, as Electron's ipcMain; and the event a handler gets. It sends nothing itself.

One `Ipc` belongs to each window and dies with it; one is global, and reaches only windows whose grant names the channel.
"""

from __future__ import annotations

import contextvars
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import CellRun, Holdings, cells
from jupyterwin.main.scenes import OURS
from jupyterwin.main.tracing.trace import KEEP, Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.handlers.asked import Asked
    from jupyterwin.main.ports.port import MessagePort
    from jupyterwin.main.progress import Job
    from jupyterwin.main.tracing.tap import Tap
    from jupyterwin.main.window import Window

Thread = Literal["worker", "main"]

_REMEMBERED = 1000
"""Channels of which is known that they had a handler."""


class IpcEvent:
    """What a handler knows of a call: the window it came from, the channel, and whether the caller still waits."""

    def __init__(self, window: Window, channel: str, frame: str, reply: Callable[..., None], missed: int = 0) -> None:
        self.window = window
        self.channel = channel
        self.frame = frame
        self.ports: tuple[MessagePort, ...] = ()
        """Ports that the preload sent along (``ipcRenderer.postMessage``). All listeners of a message get the same ones."""
        self.cancelled = False
        """True once nobody waits for the answer: cancelled, deadline, reload, window closed. Poll it in long work."""
        self.missed = missed
        """How many older messages of this channel gave way to this one (the page's ``policy: "latest"``)."""
        self._reply = reply
        self._asked: Asked | None = None
        self._return_value: Any = None
        self._job: Job | None = None

    @property
    def return_value(self) -> Any:
        """The answer to ``ipcRenderer.sendSync``: the first value that a listener sets goes out at once, later ones nowhere.

        Until then the page stands still, for 5 s at most: it cannot answer calls, draw, or be scrolled. To a plain
        ``send`` nobody answers.
        """
        return self._return_value

    @return_value.setter
    def return_value(self, value: Any) -> None:
        self._return_value = value
        if self._asked is not None:
            self._asked.answer(value)

    def progress(self, done: float, total: float | None = None, text: str = "") -> None:
        """Say how far this call is: the window shows a slim bar, or what its page makes of ``kernel.progress``.

        Call it as often as you like: the page hears of it ten times a second at most, and of the end by itself. Bars of
        ``tqdm.auto`` that the handler makes do this by themselves.
        """
        if self._job is None:
            self._job = self.window.progress.job()
        self._job.report(done, total, text)

    def ended(self) -> None:
        """The call is over."""
        if self._job is not None:
            self._job.end()

    def asked_by(self, asked: Asked) -> None:
        """The page stands still for an answer."""
        self._asked = asked
        asked.events.append(self)

    def reply(
        self, channel: str, *args: Any, policy: Literal["lossless", "latest"] = "lossless", timeout: float | None = None
    ) -> None:
        """Send to the exact document that the call came from; dropped and counted if that document is gone (``on_closed="raise"``: an error).

        ``policy`` and ``timeout`` are those of `Window.send`.
        """
        self._reply(channel, args, policy=policy, timeout=timeout)

    def __repr__(self) -> str:
        return f"<IpcEvent {self.channel!r} from window {self.window.name!r}{' cancelled' if self.cancelled else ''}>"


@dataclass(frozen=True, slots=True, eq=False)
class Handler:
    """A registered function: how and in which context to call it."""

    fn: Callable[..., Any]
    context: contextvars.Context
    cell: CellRun | None
    thread: Thread = "worker"
    concurrent: bool = False
    once: bool = False


class Listeners:
    """Functions of the user by channel, with the cells they belong to. `changed` is called when a listener has left."""

    def __init__(self, changed: Callable[[], object] = lambda: None) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self._handlers: dict[str, Handler] = {}
        self._listeners: dict[str, list[Handler]] = {}
        self._removed: dict[str, None] = {}
        self._holdings: Holdings[Handler] = Holdings()

    def handle(
        self,
        channel: str,
        fn: Callable[..., Any] | None = None,
        *,
        thread: Thread = "worker",
        concurrent: bool = False,
        once: bool = False,
    ) -> Any:
        """Answer ``invoke(channel, …)`` by ``fn(event, *args)``. Returns the disposer; as a decorator, the function.

        A second handler on a channel raises `UsageError`, unless the same cell or definition registers it again.
        """
        if fn is None:
            return lambda decorated: (
                self.handle(channel, decorated, thread=thread, concurrent=concurrent, once=once),
                decorated,
            )[1]
        handler = self._handler(channel, fn, thread=thread, concurrent=concurrent, once=once)
        with self._lock:
            old = self._handlers.get(channel)
            if old is not None and not cells.same_place((old.cell, old.fn), fn):
                msg = f"a second handler for {channel!r}: remove_handler({channel!r}) first, or use another channel"
                raise UsageError(msg)
            self._handlers[channel] = handler
            self._removed.pop(channel, None)
        if old is not None:
            self._holdings.let_go(old)
        return self._own(lambda: self._drop_handler(channel, handler), handler, channel)

    def handle_once(self, channel: str, fn: Callable[..., Any] | None = None, *, thread: Thread = "worker") -> Any:
        """As `handle`, for the first call alone: the handler is removed before it runs."""
        return self.handle(channel, fn, thread=thread, once=True)

    def remove_handler(self, channel: str) -> None:
        """Remove the handler of a channel, if there is one."""
        with self._lock:
            old = self._take_out(channel)
        if old is not None:
            self._holdings.let_go(old)

    def on(
        self, channel: str, fn: Callable[..., Any] | None = None, *, thread: Thread = "worker", once: bool = False
    ) -> Any:
        """Hear ``send(channel, …)`` by ``fn(event, *args)``. Returns the disposer; as a decorator, the function."""
        if fn is None:
            return lambda decorated: (self.on(channel, decorated, thread=thread, once=once), decorated)[1]
        handler = self._handler(channel, fn, thread=thread, once=once)
        with self._lock:
            self._listeners[channel] = [*self._listeners.get(channel, ()), handler]
        return self._own(lambda: self._drop_listener(channel, handler), handler, channel)

    def once(self, channel: str, fn: Callable[..., Any] | None = None, *, thread: Thread = "worker") -> Any:
        """As `on`, for the first message alone."""
        return self.on(channel, fn, thread=thread, once=True)

    def off(self, channel: str, fn: Callable[..., Any]) -> None:
        """Remove a listener that was registered by `on` or `once`."""
        with self._lock:
            gone = [entry for entry in self._listeners.get(channel, ()) if entry.fn == fn]
            self._keep(channel, gone)
        self._holdings.let_go(*gone)
        self._changed()

    # -------------------------------------------------- for dispatch

    def take_handler(self, channel: str) -> Handler | None:
        """The handler to call now, removed first if it is for one call."""
        with self._lock:
            handler = self._handlers.get(channel)
            if handler is None or not handler.once:
                return handler
            self._take_out(channel)
        self._holdings.let_go(handler)
        return handler

    def take_listeners(self, channel: str) -> list[Handler]:
        """The listeners to call now, those for one message removed."""
        with self._lock:
            listeners = self._listeners.get(channel)
            if not listeners:
                return []
            gone = [entry for entry in listeners if entry.once]
            if gone:
                self._keep(channel, gone)
        if gone:
            self._holdings.let_go(*gone)
            self._changed()
        return listeners

    def had(self, channel: str) -> bool:
        """Whether a handler of that channel was removed, and none has come since."""
        return channel in self._removed

    def channels(self) -> set[str]:
        """Channels that somebody listens to or answers."""
        with self._lock:
            return set(self._handlers) | set(self._listeners)

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._handlers.clear()
            self._listeners.clear()
        self._holdings.clear()

    # --------------------------------------------------

    def _take_out(self, channel: str) -> Handler | None:
        handler = self._handlers.pop(channel, None)
        if handler is not None:
            self._removed[channel] = None
            if len(self._removed) > _REMEMBERED:
                del self._removed[next(iter(self._removed))]
        return handler

    @staticmethod
    def _handler(channel: str, fn: Callable[..., Any], **options: Any) -> Handler:
        if not isinstance(channel, str) or not channel:
            msg = f"channel: a name is needed, got {channel!r}"
            raise UsageError(msg)
        if channel.startswith(OURS):
            msg = f"channel: names that begin with {OURS!r} are the product's own, got {channel!r}"
            raise UsageError(msg)
        if not callable(fn):
            msg = f"handler of {channel!r}: {fn!r} is not a function"
            raise UsageError(msg)
        if options["thread"] not in get_args(Thread):
            msg = f"thread: one of {', '.join(get_args(Thread))} is needed, got {options['thread']!r}"
            raise UsageError(msg)
        return Handler(fn, contextvars.copy_context(), cells.current, **options)

    def _own(self, dispose: Callable[[], None], handler: Handler, channel: str) -> Callable[[], None]:
        self._holdings.add(handler, cells.own(dispose, handler.fn, f"ipc:{id(self)}:{channel}"))
        with self._lock:
            there = self._handlers.get(channel) is handler or handler in self._listeners.get(channel, ())
        if not there:
            self._holdings.let_go(handler)  # taken already: it was for one call
        return dispose

    def _keep(self, channel: str, gone: list[Handler]) -> None:
        # A new list: somebody may be walking over the old one.
        if kept := [entry for entry in self._listeners.get(channel, ()) if entry not in gone]:
            self._listeners[channel] = kept
        else:
            self._listeners.pop(channel, None)

    def _drop_handler(self, channel: str, handler: Handler) -> None:
        with self._lock:
            if self._handlers.get(channel) is handler:
                self._take_out(channel)
        self._holdings.let_go(handler)

    def _drop_listener(self, channel: str, handler: Handler) -> None:
        with self._lock:
            self._keep(channel, [handler])
        self._holdings.let_go(handler)
        self._changed()


class Ipc(Listeners):
    """Handlers (`handle`: one a channel, answers `invoke`) and listeners (`on`: any number, hear `send`).

    Handlers are called as ``fn(event, *args)`` on a worker thread, ``async def`` on the handlers' event loop,
    ``thread="main"`` when the kernel's main thread is free. Calls of one window and channel run one after another in
    order of arrival, unless ``async`` or ``concurrent=True``. What a cell registers is disposed of when it runs again.
    """

    _public: ClassVar[tuple[str, ...]] = tuple(
        "handle handle_once remove_handler on once off channels clear trace".split()
    )

    def __init__(self, tap: Tap) -> None:
        super().__init__()
        self.tap = tap

    def __dir__(self) -> list[str]:
        return list(self._public)

    def clear(self) -> None:
        """Remove everything; whoever watches is told that nothing more comes."""
        super().clear()
        self.tap.close()

    def trace(self, *, values: bool = False, most: int = KEEP) -> Trace:
        """Watch the traffic from now on: of this window, or by ``jw.ipc`` of all. Until `Trace.stop`, as a ``with``
        block or in a cell until that runs again; shown by a notebook it is a live table.

        `values`: keep what was sent, as text that is cut. Off by default, since a notebook is saved and passed on with
        what it shows: then a row has only the kinds and sizes of values. `most`: rows kept, older ones are dropped.
        """
        return Trace(self.tap, values=values, most=most)
