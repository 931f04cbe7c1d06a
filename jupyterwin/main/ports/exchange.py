"""Exchange: where the ends of all channels meet. It moves messages from end to end, and knows no frame and no listener.

One lock for all channels: what is done under it is short, and never code of the user's.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from jupyterwin.errors import Overflow

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable, Sequence

    import msgspec

    from jupyterwin.main.handlers.loop import HandlersLoop
    from jupyterwin.main.handlers.workers import Job
    from jupyterwin.main.window.log import Log

LIMIT = 64 * 1024 * 1024
"""Bytes that may wait for one end; beyond it `Overflow`."""


class Posted(NamedTuple):
    """A message on its way: an encoded value as JSON text, its buffers, and the ends that travel with it."""

    value: msgspec.Raw
    buffers: Sequence[Any]
    ends: tuple[End, ...]
    size: int


class Home(Protocol):
    """Who holds an end. All of it is called under the exchange's lock."""

    prints: Log | None
    """Where it is kept what code of the user's prints that hears what comes from here."""

    def has_room(self) -> bool:
        """Whether it takes a message now; when that changes, it calls `Exchange.pump`."""

    def arrived(self, posted: Posted) -> None:
        """A message for it."""

    def taken(self, posted: Posted) -> None:
        """A message that it posted waits no longer."""

    def peer_closed(self, left: int) -> None:
        """The other end is closed, and `left` messages wait here. It is said again when something has changed."""

    def report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        """Code of the user's that hears what comes from here raised."""


class End:
    """One end of a channel: who holds it (nobody while it travels), and what waits for it."""

    __slots__ = ("closed", "home", "peer", "waiting", "waiting_bytes")

    def __init__(self) -> None:
        self.peer: End = self
        self.home: Home | None = None
        self.closed = False
        self.waiting: deque[Posted] = deque()
        self.waiting_bytes = 0


class Exchange:
    """All channels of an application. `run` hands a job to a worker; `loop` runs async listeners."""

    def __init__(self, run: Callable[[Job], None], loop: HandlersLoop) -> None:
        self.run = run
        self.loop = loop
        self.lock = threading.RLock()

    @staticmethod
    def channel() -> tuple[End, End]:
        """A new channel; nobody holds its ends yet."""
        first, second = End(), End()
        first.peer, second.peer = second, first
        return first, second

    def hold(self, end: End, home: Home) -> None:
        """`home` holds this end from now on, and gets what waits for it."""
        with self.lock:
            end.home = home
            self.pump(end)

    def post(self, end: End, posted: Posted) -> None:
        """Send to the other end, in order; nothing happens when the channel is closed. Raises `Overflow`."""
        with self.lock:
            to = end.peer
            if end.closed or to.closed:
                self._drop(posted)
                return
            if to.waiting and to.waiting_bytes + posted.size > LIMIT:
                msg = f"the queue of the port is full: {to.waiting_bytes} bytes wait, the bound is {LIMIT}"
                raise Overflow(msg)
            to.waiting.append(posted)
            to.waiting_bytes += posted.size
            self.pump(to)

    def pump(self, end: End) -> None:
        """Hand over what waits for an end as far as its holder has room, then the channel's end if that has come."""
        with self.lock:
            while end.waiting and end.home is not None and end.home.has_room():
                posted = end.waiting.popleft()
                end.waiting_bytes -= posted.size
                if end.peer.home is not None:
                    end.peer.home.taken(posted)
                end.home.arrived(posted)
            if end.peer.closed and not end.closed and end.home is not None:
                end.home.peer_closed(len(end.waiting))

    def close(self, end: End) -> None:
        """Close a channel from this end: what it posted is still delivered, what waits for it is dropped."""
        with self.lock:
            if end.closed:
                return
            end.closed = True
            end.home = None
            left, end.waiting_bytes = list(end.waiting), 0
            end.waiting.clear()
            for posted in left:
                self._drop(posted)
            self.pump(end.peer)

    def _drop(self, posted: Posted) -> None:
        """A message that nobody will get takes the ends that travel with it along."""
        for end in posted.ends:
            self.close(end)

    def forget_in_child(self, loop: HandlersLoop) -> None:
        """In a forked child: the lock may be held by a thread that the child has not."""
        self.lock, self.loop = threading.RLock(), loop
