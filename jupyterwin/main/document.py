"""Document: one document of a window, as the kernel talks to it: its comm, its session, the calls of both directions.

It runs no user code: what a page asks for is handed to `Dispatch`. It may exist before the page does: what is sent then
waits in its session until `connect`.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Closed, DeadlineExceeded, JupyterWinError, PeerError, Unserializable, WindowClosed
from jupyterwin.main.pending import Pending
from jupyterwin.wire import values
from jupyterwin.wire.frames import PROTOCOL, Cancel, ErrorRecord, Failure, Hello, Invoke, Result, Send
from jupyterwin.wire.messages import Message
from jupyterwin.wire.records import to_exception, to_record
from jupyterwin.wire.session import Delivered, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.wire.frames import Frame


Later = Callable[[float, Callable[[], object]], None]
"""Calls a function after so many seconds, on another thread."""


class Document:
    """One epoch of a window. All methods may be called from any thread."""

    def __init__(self, window_name: str, later: Later, *, debug: bool) -> None:
        self.comm_id = ""
        self.running: dict[int, Any] = {}
        """Calls of the page that have not ended, by their id: what `Dispatch` needs to cancel them."""
        self._window_name = window_name
        self._later = later
        self._debug = debug
        self._session = Session()
        self._lock = threading.Lock()
        self._write: Callable[[Message], None] | None = None
        self._ids = itertools.count(1)
        self._calls: dict[int, Pending[Any]] = {}
        self._closed: Exception | None = None

    # -------------------------------------------------- life

    def connect(self, comm_id: str, write: Callable[[Message], None]) -> None:
        """The page is there: send what waited, and from now on at once."""
        with self._lock:
            self.comm_id, self._write = comm_id, write
            with suppress(Closed):  # the carrier's end is told by its reader
                self._flush()

    def close(self, error: Exception) -> None:
        """The document is gone: every call to it ends in `error`, and what still comes is refused with it."""
        with self._lock:
            if self._closed is not None:
                return
            self._closed = error
            calls, self._calls = self._calls, {}
        for pending in calls.values():
            pending.fail(error)

    @property
    def closed(self) -> bool:
        """Whether it is gone."""
        return self._closed is not None

    # -------------------------------------------------- to the page

    def send(self, channel: str, args: Sequence[Any]) -> None:
        """One-way message, in order. Raises `Unserializable`, `Overflow`, or what the document closed with."""
        encoded, buffers = values.encode(list(args), "args")
        if not self._push(Send(channel, encoded, buffers=len(buffers)), buffers) and self._closed is not None:
            raise self._closed

    def invoke(self, channel: str, args: Sequence[Any], timeout: float) -> Pending[Any]:
        """A call to the page, with a deadline of `timeout` seconds: the kernel keeps it, a page may hang."""
        encoded, buffers = values.encode(list(args), "args")
        number = next(self._ids)
        pending: Pending[Any] = Pending(f"{channel!r} of window {self._window_name!r}", lambda: self._cancel(number))
        with self._lock:
            if self._closed is None:
                self._calls[number] = pending
        frame = Invoke(number, channel, encoded, buffers=len(buffers), timeout=round(timeout * 1000))
        if not self._push(frame, buffers) and self._closed is not None:
            pending.fail(self._closed)
        else:
            self._later(timeout, partial(self._expire, number, timeout))
        return pending

    def answer(self, number: int, value: Any) -> None:
        """The result of a call of the page. One that cannot cross becomes a failure that says so."""
        try:
            encoded, buffers = values.encode(value, "result")
        except Unserializable as error:
            self.fail(number, error)
            return
        self.reply(Result(number, encoded, buffers=len(buffers)), buffers)

    def fail(self, number: int, error: BaseException) -> None:
        """The failure of a call of the page."""
        self.reply(Failure(number, to_record(error, debug=self._debug)))

    def reply(self, frame: Frame, buffers: Sequence[Any] = ()) -> None:
        """Any frame that belongs to a call of the page; dropped when the document is gone."""
        self._push(frame, buffers)

    def _push(self, frame: Frame, buffers: Sequence[Any] = ()) -> bool:
        """False when the document is gone, or its carrier."""
        with self._lock:
            if self._closed is not None:
                return False
            self._session.push(frame, buffers)
            try:
                self._flush()
            except Closed as error:
                self._closed = error
                return False
        return True

    def _flush(self) -> None:
        # The lock is held over the write: frames leave in the order of their numbers.
        while self._write is not None and (out := self._session.flush()) is not None:
            self._write(Message("comm_msg", self.comm_id, out[0], out[1]))

    def _expire(self, number: int, timeout: float) -> None:
        with self._lock:
            pending = self._calls.pop(number, None)
        if pending is not None and pending.fail(DeadlineExceeded(f"{pending.what}: no answer within {timeout:g} s")):
            self.reply(Cancel(number, "deadline"))

    def _cancel(self, number: int) -> None:
        with self._lock:
            known = self._calls.pop(number, None)
        if known is not None:
            self.reply(Cancel(number))

    # -------------------------------------------------- from the page

    def receive(self, message: Message) -> list[Delivered]:
        """The page's frames in order, answers to our calls already settled. Raises `PeerError`."""
        with self._lock:
            delivered = self._session.receive(message.data, message.buffers)
            with suppress(Closed):
                self._flush()
        return [item for item in delivered if not self._take(item)]

    def _take(self, item: Delivered) -> bool:
        frame = item.frame
        if isinstance(frame, Hello):
            _check_hello(frame)
        elif isinstance(frame, Result):
            self._settle(frame.id, _decoded(frame.value, item.buffers))
        elif isinstance(frame, Failure):
            self._settle(frame.id, _error(frame.error))
        else:
            return False
        return True

    def _settle(self, number: int, outcome: Any) -> None:
        with self._lock:
            pending = self._calls.pop(number, None)
        if pending is None:
            return
        if isinstance(outcome, _Raised):
            pending.fail(outcome.error)
        else:
            pending.settle(outcome)


class _Raised:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _error(record: ErrorRecord) -> _Raised:
    return _Raised(to_exception(record))


def _decoded(value: Any, buffers: Sequence[Any]) -> Any:
    """An answer that cannot be read fails its own call, and nothing else."""
    try:
        return values.decode(value, buffers, "result")
    except JupyterWinError as error:
        return _Raised(error)


def _check_hello(hello: Hello) -> None:
    if hello.protocol != PROTOCOL:
        msg = f"the document speaks protocol {hello.protocol}, this kernel {PROTOCOL}: rebuild js/ and reload"
        raise PeerError(msg)
    if not hello.first:
        msg = "the preload did not run before the page's content; the document is refused"
        raise PeerError(msg)


def window_closed(name: str) -> WindowClosed:
    """What calls to a closed window end in."""
    return WindowClosed(f"window {name!r} is closed")
