"""Document: one document of a window, as the kernel talks to it: its comm, its session, the calls of both directions.

It runs no user code: what a page asks for is handed to `Dispatch`. It may exist before the page does: what is sent then
waits in its session until `connect`.
"""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from jupyterwin.errors import DeadlineExceeded, JupyterWinError, PeerError, UsageError, WindowClosed
from jupyterwin.main.connection import Connection
from jupyterwin.main.deadlines import Deadlines
from jupyterwin.main.handlers.running import Running
from jupyterwin.main.pending import Pending
from jupyterwin.wire import values
from jupyterwin.wire.frames import PROTOCOL, Cancel, ErrorRecord, Failure, Hello, Invoke, Item, Result, Send
from jupyterwin.wire.records import to_exception, to_record
from jupyterwin.wire.sync import sync_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.deadlines import Later
    from jupyterwin.main.ports.exchange import End
    from jupyterwin.main.ports.of_document import DocumentPorts
    from jupyterwin.main.tracing.tap import Direction, Tap
    from jupyterwin.main.traffic import Traffic
    from jupyterwin.wire.frames import Frame
    from jupyterwin.wire.messages import Message
    from jupyterwin.wire.session import Delivered


Policy = Literal["lossless", "latest"]

_ROOM = 1024 * 1024
"""Bytes in the queue below which messages of ports may follow: they wait with their ports, and keep nothing else waiting."""

_MOST_SYNCS = 64
"""Of a page that stands still there is one; a few more may have been given up and not ended here."""


class Document:
    """One epoch of a window. All methods may be called from any thread."""

    def __init__(
        self,
        window_name: str,
        later: Later,
        ports: Callable[[Document], DocumentPorts],
        *,
        debug: bool,
        tap: Tap,
        traffic: Traffic,
    ) -> None:
        self.window_name = window_name
        self.faults = 0
        """Failures of preload scripts that it told."""
        self.running = Running()
        """Calls of the page that have not ended."""
        self.ports = ports(self)
        """The ends of channels that the page has."""
        self._tap = tap
        self._syncs: dict[int, str] = {}
        """Calls for which the page stands still, and under which id it waits at the host."""
        self._deadlines = Deadlines(later, self._expire)
        self._debug = debug
        self._traffic = traffic
        self._connection = Connection(window_name, self._passes)
        self._lock = self._connection.lock
        self._ids = itertools.count(1)
        self._calls: dict[int, Pending[Any]] = {}
        self._ended = False

    # -------------------------------------------------- life

    @property
    def comm_id(self) -> str:
        """The comm of the page; empty until there is one."""
        return self._connection.comm_id

    def connect(self, comm_id: str, write: Callable[[Message], None]) -> None:
        """The page is there: send what waited, and from now on at once."""
        self._connection.connect(comm_id, write)

    def close(self, error: Exception) -> None:
        """The document is gone: calls to it end in `error`, its own are cancelled, what still comes is refused."""
        self._connection.close(error)
        with self._lock:
            if self._ended:
                return
            self._ended = True
            calls, self._calls = self._calls, {}
        for pending in calls.values():
            pending.fail(error)
        for call in self.running.close():
            call.cancel()
        self.ports.close()
        if self._tap.watchers:
            self._tap.ended(self, error)

    def interrupt(self) -> None:
        """The kernel was interrupted: the page's calls end in `Cancelled`; its streams and listeners go on."""
        for call in self.running.invokes():
            call.interrupt()

    @property
    def closed(self) -> bool:
        """Whether it is gone."""
        return self._connection.closed is not None

    @property
    def waiting(self) -> int:
        """Bytes that the page has not acknowledged."""
        return self._connection.waiting

    # -------------------------------------------------- to the page

    def send(
        self, channel: str, args: Sequence[Any], *, policy: Policy = "lossless", timeout: float | None = None
    ) -> None:
        """One-way message, in order; `Window.send` says what policy and timeout (seconds) mean.

        Raises `Unserializable`, `Overflow`, or what the document closed with.
        """
        if policy not in get_args(Policy):
            raise UsageError(f"policy: one of {get_args(Policy)} is needed, got {policy!r}")
        encoded, buffers = values.encode(list(args), "args")
        frame = Send(channel, encoded, buffers=len(buffers))
        replaced = self._connection.send(frame, buffers, latest=policy == "latest", timeout=timeout)
        self._traffic.sent += 1
        self._traffic.conflated += replaced

    def send_ports(self, channel: str, args: Sequence[Any], ends: Sequence[End]) -> None:
        """As `send`, with ends of channels: to nobody, when the document is gone. It never waits."""
        encoded, buffers = values.encode(list(args), "args")
        if not self.ports.send(Send(channel, encoded, buffers=len(buffers)), buffers, ends):
            raise self._connection.closed or window_closed(self.window_name)
        self._traffic.sent += 1

    def drained(self) -> Pending[None]:
        """Ends when the page has taken all that was sent until now."""
        return self._connection.drained()

    def invoke(self, channel: str, args: Sequence[Any], timeout: float) -> Pending[Any]:
        """A call to the page, with a deadline of `timeout` seconds: the kernel keeps it, a page may hang."""
        encoded, buffers = values.encode(list(args), "args")
        number = next(self._ids)
        pending: Pending[Any] = Pending(f"{channel!r} of window {self.window_name!r}", lambda: self._cancel(number))
        with self._lock:
            if not self.closed:
                self._calls[number] = pending
        frame = Invoke(number, channel, encoded, buffers=len(buffers), timeout=round(timeout * 1000))
        try:
            pushed = self.push(frame, buffers)
        except BaseException:
            with self._lock:
                self._calls.pop(number, None)
            raise
        self._traffic.sent += 1
        if not pushed and self._connection.closed is not None:
            pending.fail(self._connection.closed)
        else:
            self._deadlines.add(number, timeout)
            if number not in self._calls:  # its answer was here first
                self._deadlines.drop(number)
        return pending

    def answer(self, number: int, value: Any, report: Callable[[Exception], object] = lambda _error: None) -> None:
        """The result of a call of the page; a worker thread waits for room. What goes wrong becomes its failure.

        `report` is told of it before the page is: why the result could not cross.
        """
        try:
            encoded, buffers = values.encode(value, "result")
            self._outcome(Result(number, encoded, buffers=len(buffers)), buffers)
        except Exception as error:  # noqa: BLE001 -- user code runs in there too: properties, iterators
            if not self.closed:
                report(error)
            self.fail(number, error)

    def fail(self, number: int, error: BaseException) -> None:
        """The failure of a call of the page. Never raises."""
        try:
            self._outcome(Failure(number, to_record(error, debug=self._debug)))
        except Exception:  # noqa: BLE001 -- details that cannot cross must not keep the failure from its caller
            self._outcome(Failure(number, ErrorRecord("handler-raised", f"a {type(error).__name__} that cannot cross")))

    def answer_at_host(self, number: int, sync: str) -> None:
        """The page stands still for this call and asks the host for the answer. Raises `PeerError`."""
        if len(self._syncs) >= _MOST_SYNCS:
            msg = "a page can stand still for one call alone"
            raise PeerError(msg)
        self._syncs[number] = sync

    def forget_sync(self, number: int) -> None:
        """The page stands still for this call no longer."""
        self._syncs.pop(number, None)

    def _outcome(self, frame: Result | Failure, buffers: Sequence[Any] = ()) -> None:
        sync = self._syncs.get(frame.id)
        if sync is None:
            if isinstance(frame, Failure):
                self.push(frame, buffers, urgent=True)
            else:
                self._connection.send(frame, buffers)
            return
        message = sync_answer(self.comm_id, sync, frame, buffers)
        self._syncs.pop(frame.id, None)  # not before: an answer that is too large is still to become a failure
        self._connection.write_beside(frame, buffers, message)

    def reply(self, frame: Frame, buffers: Sequence[Any] = ()) -> None:
        """A small frame that belongs to a call, in its place even when the queue is full; dropped when the page is gone."""
        self.push(frame, buffers, urgent=True)

    def item(self, number: int, value: Any) -> None:
        """One item of a stream; a worker thread waits for room. Raises `Unserializable`, `Overflow`, or the document's end."""
        encoded, buffers = values.encode(value, "item")
        self._connection.send(Item(number, encoded, buffers=len(buffers)), buffers)

    @property
    def roomy(self) -> bool:
        """Whether little waits to be sent to the page."""
        return self._connection.queued < _ROOM

    def push(self, frame: Frame, buffers: Sequence[Any] = (), *, urgent: bool = False) -> bool:
        """Queue a frame. False when the document is gone, or its carrier. Raises `Overflow`."""
        return self._connection.push(frame, buffers, urgent=urgent)

    def _passes(self, direction: Direction, frame: Frame, buffers: Sequence[Any]) -> None:
        if self._tap.watchers:
            self._tap.frame(self, direction, frame, buffers)

    def _expire(self, number: int, timeout: float) -> None:
        pending = self._answered(number)
        if pending is not None and pending.fail(DeadlineExceeded(f"{pending.what}: no answer within {timeout:g} s")):
            self.reply(Cancel(number, "deadline"))

    def _cancel(self, number: int) -> None:
        if self._answered(number) is not None:
            self.reply(Cancel(number))

    # -------------------------------------------------- from the page

    def receive(self, message: Message) -> tuple[list[Delivered], list[Callable[[], object]]]:
        """The page's requests in order, and what settles our calls that it answered: that is for another thread.

        Raises `PeerError`. Nothing comes of a document that is gone.
        """
        delivered, settled = self._connection.receive(message)
        for hello in (item.frame for item in delivered if isinstance(item.frame, Hello)):
            _check_hello(hello)
        requests: list[Delivered] = []
        answers = settled
        for item in delivered:
            frame = item.frame
            if not isinstance(frame, Result | Failure):
                requests.append(item)
                self._traffic.came(frame)
            elif (pending := self._answered(frame.id)) is not None:
                answers.append(partial(_settle, pending, frame, item.buffers))
        if self.ports.stalled and self.roomy:
            answers.append(self.ports.resume)
        return requests, answers

    def _answered(self, number: int) -> Pending[Any] | None:
        with self._lock:
            pending = self._calls.pop(number, None)
        if pending is not None:
            self._deadlines.drop(number)
        return pending

    # -------------------------------------------------- what waits to be started

    def queued(self, size: int) -> None:
        """A request of the page waits for its turn. While many do, the page gets no acknowledgement, and so waits too."""
        with self._lock:
            self.running.queued += 1
            self.running.queued_bytes += size
            if self.running.crowded:
                self._connection.hold()

    def started(self, size: int) -> None:
        """A request of the page has its turn."""
        with self._lock:
            self.running.queued -= 1
            self.running.queued_bytes -= size
            if self.running.roomy:
                self._connection.go_on()


def _settle(pending: Pending[Any], frame: Result | Failure, buffers: Sequence[Any]) -> None:
    """An answer that cannot be read fails its own call, and nothing else."""
    if isinstance(frame, Failure):
        pending.fail(to_exception(frame.error))
        return
    try:
        value = values.decode(frame.value, buffers, "result")
    except JupyterWinError as error:
        pending.fail(error)
    else:
        pending.settle(value)


def _check_hello(hello: Hello) -> None:
    if hello.protocol != PROTOCOL:
        msg = f"the document speaks protocol {hello.protocol}, this kernel {PROTOCOL}: rebuild js/ and reload"
        raise PeerError(msg)
    if not hello.first:
        msg = "the preload did not run before the page's content; the document is refused"
        raise PeerError(msg)


def window_closed(name: str) -> WindowClosed:
    """What calls to a closed window end in."""
    return WindowClosed(f"window {name!r} is closed: jw.open({name!r}, …) opens it again")
