"""MessageChannel and MessagePort: Electron's MessageChannelMain and MessagePortMain, as the user has them in hand."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Overflow, UsageError
from jupyterwin.main.ports.exchange import Posted
from jupyterwin.main.ports.held import Held
from jupyterwin.main.ports.transfer import Transfer
from jupyterwin.wire import values
from jupyterwin.wire.buffers import kept
from jupyterwin.wire.session import FRAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.main.app import App
    from jupyterwin.main.ipc import Thread
    from jupyterwin.main.ports.exchange import End, Exchange

_ENVELOPE = 1024
"""Bytes of a frame besides its value and buffers."""
_EVENTS = ("message", "close")


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """What a listener of a port gets: the value, and the ports that were sent along."""

    data: Any
    ports: tuple[MessagePort, ...] = ()


class MessagePort:
    """One end of a channel. The other is in the kernel or in a page; ends may be sent on, also over other ports.

    Messages arrive in the order in which they were posted, each once, and wait until `start`. A port that was sent away
    cannot be used any more. ``close`` is told at both ends when either is closed: by `close`, with its document (reloaded,
    closed, crashed), its host or kernel, or because nobody has it any more. A port that listens for messages is kept.
    """

    def __init__(self, exchange: Exchange, end: End) -> None:
        self._exchange = exchange
        self.held = Held(exchange, end, partial(_event, exchange))
        """What is behind it: for this package."""
        exchange.loop.start()
        # The collector may run in any thread, under any lock: the loop closes the port a moment later.
        weakref.finalize(self, exchange.loop.call, self.held.close).atexit = False

    def post_message(self, message: Any = None, transfer: Iterable[MessagePort] = ()) -> None:
        """Send `message` to the other end, with the ports in `transfer`. Returns at once; without effect when closed.

        Raises `Unserializable`, `Overflow` when 64 MiB wait at the other end, and `UsageError` for a port in `transfer`
        that cannot be sent. When it raises, nothing was sent and all ports are as before.
        """
        self._check_here("post_message")
        encoded, buffers = values.encode(message, "message")
        text = msgspec.json.encode(encoded)
        size = len(text) + sum(len(buffer) for buffer in buffers)
        if size + _ENVELOPE > FRAME_LIMIT:
            msg = f"a message of {size} bytes is over the limit of {FRAME_LIMIT}: send it in parts"
            raise Overflow(msg)
        end = self.held.end
        with Transfer(self._exchange, transfer, source=end) as ends:
            self._exchange.post(end, Posted(msgspec.Raw(text), [kept(buffer) for buffer in buffers], ends, size))

    def on(self, event: str, fn: Callable[..., Any] | None = None, *, thread: Thread = "worker") -> Any:
        """Call ``fn(event)`` for each ``"message"`` (`MessageEvent`), ``fn()`` once for ``"close"``.

        One after another, in order, on a worker thread; ``async def`` on the handlers' loop; ``thread="main"`` when the
        main thread is free. What `fn` prints appears under the cell that registers it here, and the registration is
        disposed of when that cell runs again. Returns the disposer; as a decorator, the function. Messages wait for `start`;
        a close that nobody has heard waits for its first listener.
        """
        return self._listen(event, fn, thread=thread, once=False)

    def once(self, event: str, fn: Callable[..., Any] | None = None, *, thread: Thread = "worker") -> Any:
        """As `on`, for the next such event alone."""
        return self._listen(event, fn, thread=thread, once=True)

    def off(self, event: str, fn: Callable[..., Any]) -> None:
        """Remove a listener."""
        self.held.listeners.off(event, fn)

    def start(self) -> None:
        """Deliver the messages that wait, and from now on at once."""
        self._check_here("start")
        self.held.start()

    def close(self) -> None:
        """Close the channel. What was posted before still arrives. Closing again does nothing."""
        if not self.held.gone:
            self.held.close()

    @property
    def closed(self) -> bool:
        """Whether nothing more can be sent: the channel is closed, or this end was sent away."""
        return self.held.gone or self.held.end.closed or self.held.end.peer.closed

    def __repr__(self) -> str:
        return f"<MessagePort {'sent away' if self.held.gone else 'closed' if self.closed else 'open'}>"

    def __dir__(self) -> list[str]:
        return ["close", "closed", "off", "on", "once", "post_message", "start"]

    # --------------------------------------------------

    def _listen(self, event: str, fn: Any, *, thread: Thread, once: bool) -> Any:
        if fn is None:
            return lambda decorated: (self._listen(event, decorated, thread=thread, once=once), decorated)[1]
        if event not in _EVENTS:
            msg = f"there is no event {event!r} of a port; the events are: {', '.join(_EVENTS)}"
            raise UsageError(msg)
        self._check_here("on")
        if event == "message":
            self.held.face = self
        return self.held.listen(event, fn, thread=thread, once=once)

    def _check_here(self, what: str) -> None:
        if self.held.gone:
            msg = f"{what}: this port was sent away; whoever got it uses it now"
            raise UsageError(msg)


class MessageChannel:
    """A channel with two ends, ``port1`` and ``port2``: keep one, send the other to a page, or send each to another page.

    ``win.post_message("port", None, [channel.port2])`` hands an end to a preload, as ``event.ports[0]`` of
    ``ipcRenderer.on("port", …)``: a `MessagePort` of the web. Nothing passes through user code on its way between two pages.
    """

    def __init__(self, *, app: App | None = None) -> None:
        if app is None:
            from jupyterwin.main.app import app as app_of_this_process  # a cycle at import

            app = app_of_this_process
        self.port1, self.port2 = (MessagePort(app.exchange, end) for end in app.exchange.channel())


def _event(exchange: Exchange, data: Any, ends: tuple[End, ...]) -> MessageEvent:
    return MessageEvent(data, tuple(MessagePort(exchange, end) for end in ends))
