"""Public doubles: an application whose windows need no screen, and pages that a test drives itself.

Everything between the handler and the page's wire is the real thing: frames, sessions, dispatch, threads, the pipe.
Only the engine is missing: `Page` stands where the preload would be.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Self

import msgspec

from jupyterwin.carriers.pipe import PipeCarrier, socket_pair
from jupyterwin.errors import Closed, HostGone
from jupyterwin.main.app import App
from jupyterwin.wire import control, values
from jupyterwin.wire.frames import (
    DOCUMENT_TARGET,
    PROTOCOL,
    Cancel,
    Credit,
    End,
    Failure,
    Hello,
    Invoke,
    Item,
    Result,
    Send,
)
from jupyterwin.wire.messages import Message
from jupyterwin.wire.records import to_exception, to_record
from jupyterwin.wire.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.errors import Broken
    from jupyterwin.main.launch.launcher import LaunchOptions

DEADLINE = 10.0
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
_PIXEL = base64.b64decode(_PNG)
_SIZE = {"width": 1, "height": 1}
_AREA = control.Bounds(0, 0, 1600, 1000)
_DISPLAY = control.Display("headless", _AREA, _AREA, primary=True)
_commands = msgspec.json.Decoder(list[control.Command])
_encode = msgspec.json.Encoder().encode


class CallFuture(Future[Any]):
    """The outcome of a page's call, and its number on the wire."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Page:
    """One document of a window, driven by a test: it calls as a preload would and records what it is sent."""

    def __init__(self, host: HeadlessHost, window: str, comm_id: str) -> None:
        self.window = window
        self.received: list[tuple[str, list[Any]]] = []
        self.items: dict[int, list[Any]] = {}
        self.frames: list[Any] = []
        """Every frame of the kernel's, in order."""
        self.closed = False
        self._handlers: dict[str, Callable[..., Any]] = {}
        self._host = host
        self._comm_id = comm_id
        self._session = Session()
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._ids = itertools.count(1)
        self._calls: dict[int, CallFuture] = {}

    def push(self, frame: Any, buffers: Any = ()) -> None:
        """Send any frame."""
        with self._lock:
            self._session.push(frame, buffers)
            self._flush()

    def push_raw(self, data: bytes, buffers: Any = ()) -> None:
        """Send JSON text as it is, well formed as a batch or not."""
        self._host.write(Message("comm_msg", self._comm_id, data, buffers))

    def invoke(self, channel: str, *args: Any, stream: bool = False) -> CallFuture:
        """Call a handler of the kernel; the future has its number as ``number``."""
        number = next(self._ids)
        future = CallFuture(number)
        self._calls[number] = future
        encoded, buffers = values.encode(list(args), "args")
        self.push(Invoke(number, channel, encoded, buffers=len(buffers), stream=stream), buffers)
        return future

    def call(self, channel: str, *args: Any) -> Any:
        """`invoke`, and wait for the answer."""
        return self.invoke(channel, *args).result(DEADLINE)

    def send(self, channel: str, *args: Any) -> None:
        """One-way message to the kernel."""
        encoded, buffers = values.encode(list(args), "args")
        self.push(Send(channel, encoded, buffers=len(buffers)), buffers)

    def cancel(self, future: CallFuture) -> None:
        """Tell the kernel that nobody waits for this call any more."""
        self.push(Cancel(future.number))

    def credit(self, future: CallFuture, count: int) -> None:
        """Allow `count` more items of a stream."""
        self.push(Credit(future.number, count))

    def handle(self, channel: str, fn: Callable[..., Any]) -> None:
        """Answer the kernel's `Window.invoke`."""
        self._handlers[channel] = fn

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds; it is looked at after each arrival."""
        with self._changed:
            if not self._changed.wait_for(condition, DEADLINE):
                raise TimeoutError(f"never came true; received so far: {self.received}")

    def leave(self) -> None:
        """The document ends: a navigation, or its window closed."""
        self._host.write(Message("comm_close", self._comm_id))
        self.ended()

    # -------------------------------------------------- for the host

    def begin(self, announce: Callable[[], None]) -> None:
        """Announce the document, and say hello before anything else is sent."""
        with self._lock:
            announce()
            self._session.push(Hello(PROTOCOL, first=True))
            self._flush()

    def ended(self) -> None:
        """No more comes."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def receive(self, message: Message) -> None:
        """What the kernel sent."""
        with self._lock:
            delivered = self._session.receive(message.data, message.buffers)
        for frame, buffers in delivered:
            self.frames.append(frame)
            self._take(frame, buffers)
        with self._lock:
            self._flush()
        with self._changed:
            self._changed.notify_all()

    def _flush(self) -> None:
        while (out := self._session.flush()) is not None:
            self._host.write(Message("comm_msg", self._comm_id, out[0], out[1]))
        if (ack := self._session.acknowledge()) is not None:
            self._host.write(Message("comm_msg", self._comm_id, ack))

    def _take(self, frame: Any, buffers: Any) -> None:
        if isinstance(frame, Send):
            self.received.append((frame.channel, values.decode(frame.args, buffers)))
        elif isinstance(frame, Result):
            self._calls.pop(frame.id).set_result(values.decode(frame.value, buffers))
        elif isinstance(frame, Failure):
            self._calls.pop(frame.id).set_exception(to_exception(frame.error))
        elif isinstance(frame, Item):
            self.items.setdefault(frame.id, []).append(values.decode(frame.value, buffers))
        elif isinstance(frame, End):
            self._calls.pop(frame.id).set_result(None)
        elif isinstance(frame, Invoke):
            self._answer(frame, buffers)

    def _answer(self, frame: Invoke, buffers: Any) -> None:
        try:
            value = self._handlers[frame.channel](*values.decode(frame.args, buffers))
            encoded, out = values.encode(value)
            self.push(Result(frame.id, encoded, buffers=len(out)), out)
        except Exception as error:  # noqa: BLE001 -- becomes the call's failure
            self.push(Failure(frame.id, to_record(error)))


class HeadlessHost:
    """Stands where a window host's process would: answers commands, opens a `Page` for each window that is loaded."""

    level = "outer"

    gateway = None
    """Its pages go nowhere."""

    def __init__(self, on_exit: Callable[[Broken], None], *, connect: bool) -> None:
        ours, theirs = socket_pair()
        self.carrier = PipeCarrier(ours)
        self.pages: dict[str, Page] = {}
        self.commands: list[control.Command] = []
        self._far = PipeCarrier(theirs, session="host")
        self._on_exit = on_exit
        self._connect = connect
        self._counts = itertools.count(1)
        self._changed = threading.Condition()
        self._by_comm: dict[str, Page] = {}
        self._thread = threading.Thread(target=self._run, name="headless-host", daemon=True)
        self._thread.start()

    def ready(self) -> None:
        """The kernel has seen `Ready`."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def kill(self) -> None:
        """End at once."""
        self._far.close()

    def outer_pid(self, inner: int) -> int:
        """There is no namespace here."""
        return inner

    def page(self, window: str) -> Page:
        """The current page of a window, waited for."""
        with self._changed:
            self._changed.wait_for(lambda: window in self.pages, DEADLINE)
            return self.pages[window]

    def connect_page(self, window: str) -> Page:
        """A document of this window says hello."""
        old = self.pages.get(window)
        if old is not None and not old.closed:
            old.leave()
        comm_id = f"d{next(self._counts)}"
        page = Page(self, window, comm_id)

        def announce() -> None:
            with self._changed:
                self._by_comm[comm_id] = page  # before the kernel knows of it: what waited for the page comes at once
                self.pages[window] = page
                self._changed.notify_all()
            self.write(Message("comm_open", comm_id, _encode({"window": window}), target=DOCUMENT_TARGET))

        page.begin(announce)
        return page

    def tell(self, *events: control.Event) -> None:
        """Send events."""
        self.write(Message("comm_msg", control.HOST_COMM, _encode(list(events))))

    def write(self, message: Message) -> None:
        """Send a message; one for a kernel that has closed the pipe is dropped, as a process that ends would."""
        with contextlib.suppress(Closed):
            self._far.write(message)

    def _run(self) -> None:
        self.write(Message("comm_open", control.HOST_COMM, target=control.HOST_TARGET))
        self.tell(control.Ready(0, "headless", "0", "0", "none", [_DISPLAY]))
        while (messages := self._far.read()) is not None:
            for message in messages:
                if message.comm_id == control.HOST_COMM:
                    for command in _commands.decode(message.data):
                        self._obey(command)
                elif (page := self._by_comm.get(message.comm_id)) is None:
                    continue
                elif message.type == "comm_close":
                    page.ended()
                else:
                    page.receive(message)
        self._far.close()
        self.carrier.close()
        self._on_exit(HostGone("the headless host ended"))

    def _obey(self, command: control.Command) -> None:
        self.commands.append(command)
        if isinstance(command, control.Quit):
            self._far.close()
            return
        if isinstance(command, control.Served):
            return
        if isinstance(command, control.Capture):
            self.write(Message("comm_msg", control.HOST_COMM, _encode([control.Reply(command.id, _SIZE)]), [_PIXEL]))
            return
        self.tell(control.Reply(command.id))
        if isinstance(command, control.CloseWindow):
            self.tell(control.Closed(command.window))
        elif isinstance(command, control.CreateWindow | control.LoadContent | control.Reload) and self._connect:
            self.connect_page(command.window)


class HeadlessApp(App):
    """An `App` of its own whose windows need no screen: ``with HeadlessApp() as app: win = app.open("a", …)``.

    `connect` False leaves windows starting until `HeadlessHost.connect_page`.
    """

    def __init__(self, *, connect: bool = True) -> None:
        self.hosts: list[HeadlessHost] = []
        self._connect = connect
        super().__init__(self._start_headless)

    def page(self, window: Any) -> Page:
        """The page of a window."""
        return self.hosts[-1].page(window.id)

    def _start_headless(self, _options: LaunchOptions, on_exit: Callable[[Broken], None]) -> Any:
        self.hosts.append(HeadlessHost(on_exit, connect=self._connect))
        return self.hosts[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.quit()
