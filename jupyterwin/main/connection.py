"""Connection: a document's session and its carrier under one lock, who waits for room in it, and who until all is taken.

It knows frames by their size and channel, and no call, handler or window.
"""

from __future__ import annotations

import concurrent.futures
import threading
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyterwin.errors import Closed, Overflow, TooLarge
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.pending import Pending, must_not_block
from jupyterwin.wire.buffers import kept
from jupyterwin.wire.messages import Message
from jupyterwin.wire.session import Delivered, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.tracing.tap import Direction
    from jupyterwin.wire.frames import Frame


class _Waiting(NamedTuple):
    """A frame in line for room in the queue; `room` ends when it was queued, or in what the document ended in."""

    frame: Frame
    buffers: Sequence[Any]
    latest: bool
    room: concurrent.futures.Future[bool]


class Connection:
    """All methods may be called from any thread; those marked so, with `lock` held."""

    def __init__(self, window_name: str, passes: Callable[[Direction, Frame, Sequence[Any]], None]) -> None:
        self.comm_id = ""
        self.lock = threading.Lock()
        self.closed: Exception | None = None
        """What it ended in; None while it lives."""
        self._window_name = window_name
        self._passes = passes
        """Told of each frame, in order, with `lock` held."""
        self._session = Session()
        self._write: Callable[[Message], None] | None = None
        self._line: deque[_Waiting] = deque()
        self._drains: list[tuple[int, Pending[None]]] = []

    # -------------------------------------------------- life

    def connect(self, comm_id: str, write: Callable[[Message], None]) -> None:
        """The page is there: send what waited, and from now on at once."""
        with self.lock:
            self.comm_id, self._write = comm_id, write
            with suppress(Closed):  # the carrier's end is told by its reader
                self._flush()

    def close(self, error: Exception) -> None:
        """Nothing goes any more: who waits is told by `error`."""
        with self.lock:
            self.closed = self.closed or error
            line, self._line = self._line, deque()
            drains, self._drains = self._drains, []
        for waiting in line:
            waiting.room.set_exception(error)
        for _, pending in drains:
            pending.fail(error)

    # -------------------------------------------------- to the page

    @property
    def waiting(self) -> int:
        """Bytes queued, or under way without acknowledgement."""
        return 0 if self.closed is not None else self._session.queued + self._session.unacknowledged

    @property
    def queued(self) -> int:
        """Bytes queued, not under way yet."""
        return self._session.queued

    def push(self, frame: Frame, buffers: Sequence[Any] = (), *, urgent: bool = False) -> bool:
        """Queue a frame and send what may go. Raises `Overflow`. False when the document is gone, or its carrier."""
        copies = [kept(buffer) for buffer in buffers]
        with self.lock:
            if self.closed is None:
                self._queue(frame, copies, urgent=urgent)
            return self.closed is None

    def send(self, frame: Frame, buffers: Sequence[Any], *, latest: bool = False, timeout: float | None = None) -> bool:
        """As `push`, but while the queue is full wait in line, `timeout` seconds at most.

        Without a timeout a worker thread waits for ever, and one that must not block not at all. True when an older message
        of its channel gave way to it. Raises `Overflow`, or what the document ended in.
        """
        copies = [kept(buffer) for buffer in buffers]
        with self.lock:
            if self.closed is not None:
                raise self.closed
            try:
                # Who waits was here first. A `latest` message may take the place of one that is queued.
                if self._line and not latest:
                    raise Overflow(f"the window's queue is full, and {len(self._line)} wait for room in it")
                return self._queue(frame, copies, latest=latest)
            except TooLarge:
                raise
            except Overflow:
                if timeout is None and (main_thread.is_current() or must_not_block()):
                    raise
            waiting = _Waiting(frame, copies, latest, concurrent.futures.Future())
            self._line.append(waiting)
        return self._wait_in_line(waiting, timeout)

    def _wait_in_line(self, waiting: _Waiting, timeout: float | None) -> bool:
        try:
            _wait(waiting.room, timeout)
        finally:
            with self.lock:
                gave_up = not waiting.room.done()
                if gave_up:
                    self._line.remove(waiting)
        if gave_up:
            raise Overflow(f"the window's queue stayed full for {timeout:g} s")
        return waiting.room.result()

    def write_beside(self, frame: Frame, buffers: Sequence[Any], message: Message) -> None:
        """Send a message that says `frame` beside the session: to the host, which a page asks that stands still."""
        with self.lock, suppress(Closed):
            self._passes("to-page", frame, buffers)
            if self._write is not None and self.closed is None:
                self._write(message)

    def drained(self) -> Pending[None]:
        """Ends when the page has acknowledged all that is queued now; in what the document ends in, if it ends first."""
        pending: Pending[None] = Pending(f"all that was sent to window {self._window_name!r}")
        with self.lock:
            error, place = self.closed, self._session.last_place
            if error is None and self._session.settled_place < place:
                self._drains.append((place, pending))
                return pending
        pending.settle(None) if error is None else pending.fail(error)
        return pending

    def _queue(self, frame: Frame, copies: Sequence[Any], *, urgent: bool = False, latest: bool = False) -> bool:
        replaced = self._session.push(frame, copies, urgent=urgent, latest=latest)
        self._passes("to-page", frame, copies)
        try:
            self._flush()
        except Closed as error:
            self.closed = error
        return replaced

    def _flush(self) -> None:
        # The lock is held over the write: frames leave in the order of their numbers.
        while self._write is not None and (out := self._session.flush()) is not None:
            self._write(Message("comm_msg", self.comm_id, out[0], out[1]))

    # -------------------------------------------------- from the page

    def receive(self, message: Message) -> tuple[list[Delivered], list[Callable[[], object]]]:
        """What came in order, and what tells those who waited until all was taken: that is for another thread.

        Raises `PeerError`. Nothing comes of a document that is gone.
        """
        with self.lock:
            if self.closed is not None:
                return [], []
            delivered = self._session.receive(message.data, message.buffers)
            for item in delivered:
                self._passes("to-kernel", *item)
            with suppress(Closed):
                self._flush()
                while self._line and self._next_in_line():
                    self._flush()
            drained = self._take_drained() if self._drains else []
        return delivered, [partial(pending.settle, None) for pending in drained]

    def _next_in_line(self) -> bool:
        frame, copies, latest, room = self._line[0]
        try:
            replaced = self._session.push(frame, copies, latest=latest)
        except Overflow:
            return False
        self._line.popleft()
        self._passes("to-page", frame, copies)
        room.set_result(replaced)
        return True

    def _take_drained(self) -> list[Pending[None]]:
        settled = self._session.settled_place
        drained = [pending for place, pending in self._drains if place <= settled]
        self._drains = [(place, pending) for place, pending in self._drains if place > settled]
        return drained

    def hold(self) -> None:
        """Acknowledge nothing for now, so that the page waits. With `lock` held."""
        self._session.holding = True

    def go_on(self) -> None:
        """Acknowledge again, at once what was held back. With `lock` held."""
        if self._session.holding:
            self._session.holding = False
            with suppress(Closed):
                self._flush()
                if self._write is not None and self.closed is None and (ack := self._session.acknowledge()):
                    self._write(Message("comm_msg", self.comm_id, ack))


def _wait(room: concurrent.futures.Future[bool], timeout: float | None) -> None:
    """On the main thread, what is queued for it runs meanwhile: a page may wait for that, and acknowledge nothing."""
    if main_thread.is_current():
        main_thread.wait(room, timeout)
    else:
        concurrent.futures.wait([room], timeout)
