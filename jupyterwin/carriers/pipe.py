"""The default carrier: a stream socket inherited by the window host. No port, no token, nothing to find.

`PipeCarrier` is the kernel's end: a blocking read for one thread at a time, a write for any thread.
`PipePump` is the host's end: never blocks, driven by the engine's loop.
Neither knows what the messages mean.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
import weakref
from collections import deque
from typing import TYPE_CHECKING

from jupyterwin.errors import Closed, Overflow
from jupyterwin.wire.messages import MAX_MESSAGE, Encoder, StreamDecoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.messages import Bytes, Message

SOCKET_BUFFER = 4 * 1024 * 1024
"""Asked of the system for each direction (it may give less): most messages then leave in the caller's own thread."""

QUEUE_LIMIT = 64 * 1024 * 1024
"""Bytes that may wait for a slow reader before a write is refused."""

_CHUNK = 1024 * 1024
_MAX_PARTS = 64  # parts for one system call, well below the system's limit of 1024


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """The two ends of a stream: the kernel's, and the one that a host inherits."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    for end in ends:
        _enlarge(end)
    return ends


def _enlarge(end: socket.socket) -> None:
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        end.setsockopt(socket.SOL_SOCKET, option, SOCKET_BUFFER)


class _Outbox:
    """Parts that the socket has not taken yet, in order. Not thread-safe by itself."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._parts: deque[memoryview] = deque()
        self.waiting = 0

    def add(self, parts: list[Bytes]) -> None:
        for part in parts:
            view = memoryview(part).cast("B")
            if len(view):
                self._parts.append(view)
                self.waiting += len(view)

    def send(self, flags: int) -> None:
        """One system call: hand the socket what it takes."""
        sent = self._end.sendmsg([self._parts[i] for i in range(min(len(self._parts), _MAX_PARTS))], (), flags)
        self.waiting -= sent
        while sent:
            first = self._parts[0]
            if sent < len(first):
                self._parts[0] = first[sent:]
                return
            sent -= len(first)
            self._parts.popleft()

    def send_what_fits(self) -> None:
        """Send until all is gone or the socket is full."""
        try:
            while self._parts:
                self.send(socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except (BlockingIOError, InterruptedError):
            pass

    def clear(self) -> None:
        self._parts.clear()
        self.waiting = 0


class PipeCarrier:
    """The kernel's end of a pipe. Order is kept for all writers together; nothing is lost while it is open."""

    def __init__(self, end: socket.socket, *, session: str = "kernel", limit: int = QUEUE_LIMIT) -> None:
        _enlarge(end)
        end.setblocking(True)  # with a timeout each read would be two system calls, and give up the GIL twice
        self._end = end
        self._encoder = Encoder(session)
        self._decoder = StreamDecoder()
        self._chunk = bytearray(_CHUNK)
        self._outbox = _Outbox(end)
        self._limit = limit
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        self._closed = False
        _close_after_fork(self)

    def read(self) -> list[Message] | None:
        """Wait for messages; None when the stream ended. One thread at a time.

        Raises `PeerError` when the other end sent something that is no message: the stream is of no use then.
        """
        while True:
            try:
                count = self._end.recv_into(self._chunk)
            except OSError:
                return None
            if not count:
                return None
            messages = list(self._decoder.feed(memoryview(self._chunk)[:count]))
            if messages:
                return messages

    def write(self, message: Message, *, limited: bool = True) -> None:
        """Send `message` from any thread; returns at once. Raises `Overflow` or `Closed`; then nothing was sent.

        `limited` False: queued however much waits already, for who keeps a bound of its own and cannot take it back.
        """
        with self._lock:
            if self._closed:
                raise Closed("the window host's pipe is closed")
            if limited and self._outbox.waiting > self._limit:
                raise Overflow(f"{self._outbox.waiting} bytes already wait for a slow window host")
            queued = self._outbox.waiting > 0
            self._outbox.add(_checked(self._encoder.encode(message)))
            if queued:
                return
            try:
                self._outbox.send_what_fits()
            except OSError as problem:
                self._give_up()
                raise Closed("the window host is gone") from problem
            if self._outbox.waiting:
                self._writer = threading.Thread(target=self._drain, name="jupyterwin-pipe-writer", daemon=True)
                self._writer.start()

    def close(self) -> None:
        """Close the stream; a blocked `read` returns None. Safe from any thread, and more than once."""
        with self._lock:
            self._give_up()
            writer = self._writer
        if writer is not None and writer is not threading.current_thread():
            writer.join()
        self._end.close()

    def _give_up(self) -> None:
        self._closed = True
        self._outbox.clear()
        with contextlib.suppress(OSError):  # closed before
            self._end.shutdown(socket.SHUT_RDWR)  # wakes whoever is blocked on the socket

    def _drain(self) -> None:
        """The writer thread: it lives while the socket does not take everything at once."""
        while self._wait_until_writable():
            with self._lock:
                try:
                    self._outbox.send_what_fits()
                except OSError:
                    self._give_up()
                if not self._outbox.waiting:
                    self._writer = None
                    return

    def _wait_until_writable(self) -> bool:
        poll = select.poll()
        try:
            poll.register(self._end, select.POLLOUT)
            poll.poll()
        except (OSError, ValueError):
            return False
        return True

    def _forget_in_child(self) -> None:
        # The child must neither read nor end the parent's stream: close the descriptor, no shutdown, no lock.
        self._closed = True
        self._end.close()


def _checked(parts: list[Bytes]) -> list[Bytes]:
    """The parts of a message, if the other end takes so many bytes: it would end the stream over one that is too large."""
    size = sum(memoryview(part).nbytes for part in parts)
    if size > MAX_MESSAGE:
        raise Overflow(f"a message of {size} bytes is over the limit of {MAX_MESSAGE}: send it in parts")
    return parts


class PipePump:
    """The host's end of a pipe: call `receive` when the socket is readable and `flush` when it is writable.

    `want_write` is told when to watch for writability. `closed` is called once, when the stream ended or broke.
    """

    def __init__(
        self,
        end: socket.socket,
        *,
        deliver: Callable[[Message], None],
        closed: Callable[[], None],
        want_write: Callable[[bool], None],
        session: str = "host",
    ) -> None:
        _enlarge(end)
        end.setblocking(False)
        self._end = end
        self._deliver = deliver
        self._when_closed = closed
        self._want_write = want_write
        self._encoder = Encoder(session)
        self._decoder = StreamDecoder()
        self._chunk = bytearray(_CHUNK)
        self._outbox = _Outbox(end)
        self._open = True

    def fileno(self) -> int:
        return self._end.fileno()

    @property
    def waiting(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return self._outbox.waiting

    def receive(self) -> None:
        """Read once and deliver what is complete. Raises `PeerError` for what is no message."""
        try:
            count = self._end.recv_into(self._chunk)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            count = 0
        if not count:
            self._end_once()
            return
        # All are cut out before the first is delivered: what `deliver` raises must not upset the stream's place.
        for message in list(self._decoder.feed(memoryview(self._chunk)[:count])):
            self._deliver(message)

    def write(self, message: Message) -> None:
        """Send, or queue what the socket does not take now. Raises `Overflow` for one that the kernel would not take.

        A message after the end is dropped.
        """
        if not self._open:
            return
        self._outbox.add(_checked(self._encoder.encode(message)))
        self.flush()

    def flush(self) -> None:
        try:
            self._outbox.send_what_fits()
        except OSError:
            self._end_once()
            return
        self._want_write(self._outbox.waiting > 0)

    def close(self) -> None:
        self._open = False
        self._end.close()

    def _end_once(self) -> None:
        if self._open:
            self._open = False
            self._outbox.clear()
            self._want_write(False)
            self._when_closed()


_carriers: weakref.WeakSet[PipeCarrier] = weakref.WeakSet()
_fork_hook = threading.Lock()


def _close_after_fork(carrier: PipeCarrier) -> None:
    """A forked child of the kernel must not own the stream. The hook is set with the first carrier, not on import."""
    if _fork_hook.acquire(blocking=False):
        os.register_at_fork(after_in_child=_forget_all)
    _carriers.add(carrier)


def _forget_all() -> None:
    for carrier in list(_carriers):
        carrier._forget_in_child()  # noqa: SLF001 -- same module
