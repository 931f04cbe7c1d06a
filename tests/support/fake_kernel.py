"""A kernel without a notebook, for tests of the host: it launches a real one and speaks frames with it.

What the product's own kernel side does with threads, grants and contexts is not here; only the wire is.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Self

import msgspec

from jupyterwin.main.launch.launcher import LaunchOptions, launch
from jupyterwin.security import nonce, origins
from jupyterwin.wire import control, frames, values
from jupyterwin.wire.messages import Message
from jupyterwin.wire.session import Session
from support.native import gathered, said_by

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 20.0
NONCE = "n0nce"

_decode_events = msgspec.json.Decoder(list[control.Event]).decode
_encode = msgspec.json.Encoder().encode


class FakeDocument:
    """The kernel's end of one document: answers the page's calls, and calls the page."""

    def __init__(self, kernel: FakeKernel, window: str, comm_id: str) -> None:
        self.window = window
        self.comm_id = comm_id
        self.at = time.perf_counter()
        self.open = True
        self.hello: frames.Hello | None = None
        self.faults: list[frames.Fault] = []
        self.sent: list[tuple[str, list[Any]]] = []
        self._kernel = kernel
        self._session = Session()
        self._lock = threading.Lock()
        self._ids = 0
        self._answers: dict[int, Any] = {}

    def push(self, frame: Any, buffers: Any = ()) -> None:
        """Send any frame."""
        with self._lock:
            self._session.push(frame, buffers)
            self._flush()

    def invoke(self, channel: str, *args: Any, timeout: float = PATIENCE) -> Any:
        """Call a handler of the preload and wait for its answer."""
        with self._lock:
            self._ids += 1
            number = self._ids
        encoded, buffers = values.encode(list(args), "args")
        self.push(frames.Invoke(number, channel, encoded, buffers=len(buffers)), buffers)
        return self._kernel.wait(lambda: self._answers.get(number), timeout)[0]

    def send(self, channel: str, *args: Any) -> None:
        """One-way message to the preload."""
        encoded, buffers = values.encode(list(args), "args")
        self.push(frames.Send(channel, encoded, buffers=len(buffers)), buffers)

    def receive(self, message: Message) -> None:
        """What the page sent."""
        with self._lock:
            delivered = self._session.receive(message.data, message.buffers)
        for frame, buffers in delivered:
            self._take(frame, buffers)
        with self._lock:
            if (ack := self._session.acknowledge()) is not None:
                self._write(ack, [])
            self._flush()

    def _take(self, frame: Any, buffers: Any) -> None:
        if isinstance(frame, frames.Hello):
            self.hello = frame
        elif isinstance(frame, frames.Fault):
            self.faults.append(frame)
        elif isinstance(frame, frames.Send):
            self.sent.append((frame.channel, values.decode(frame.args, buffers)))
        elif isinstance(frame, frames.Invoke):
            value = self._kernel.handlers[frame.channel](*values.decode(frame.args, buffers))
            encoded, out = values.encode(value)
            self.push(frames.Result(frame.id, encoded, buffers=len(out)), out)
        elif isinstance(frame, frames.Result):
            self._answers[frame.id] = (values.decode(frame.value, buffers),)
        elif isinstance(frame, frames.Failure):
            self._answers[frame.id] = (frame.error,)

    def _flush(self) -> None:
        while (out := self._session.flush()) is not None:
            self._write(out[0], out[1])

    def _write(self, data: bytes, buffers: Any) -> None:
        self._kernel.host.carrier.write(Message("comm_msg", self.comm_id, data, buffers))


class FakeKernel:
    """Launches a host and keeps everything it says. A context manager: at its end the host is gone."""

    def __init__(self, options: LaunchOptions | None = None) -> None:
        self.events: list[Any] = []
        self.documents: list[FakeDocument] = []
        self.replies: dict[int, tuple[control.Reply, Message]] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.error: Exception | None = None
        self._changed = threading.Condition()
        self._ids = 0
        self.started = time.perf_counter()
        self.host = launch(options, self._exited)
        self._reader = threading.Thread(target=self._read, name="fake-kernel", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the host, by force."""
        self.host.kill()
        assert self.host.wait(5)
        self._reader.join(5)

    def _exited(self, error: Exception) -> None:
        with self._changed:
            self.error = error
            self._changed.notify_all()

    # ------------------------------------------------------------ what arrives

    def _read(self) -> None:
        while (messages := self.host.carrier.read()) is not None:
            for message in messages:
                self._arrived(message)
                with self._changed:
                    self._changed.notify_all()

    def _arrived(self, message: Message) -> None:
        if message.comm_id == control.HOST_COMM:
            if message.type == "comm_msg":
                for event in _decode_events(message.data):
                    self._event(event, message)
        elif message.type == "comm_open":
            window = msgspec.json.decode(message.data)["window"]
            self.documents.append(FakeDocument(self, window, message.comm_id))
        else:
            document = next(one for one in self.documents if one.comm_id == message.comm_id)
            if message.type == "comm_close":
                document.open = False
            else:
                document.receive(message)

    def _event(self, event: Any, message: Message) -> None:
        self.events.append(event)
        if isinstance(event, control.Ready):
            self.host.ready()
        elif isinstance(event, control.Reply):
            self.replies[event.id] = (event, message)
        elif isinstance(event, control.Resource):
            mime, body = self.files.get(event.path, ("", b""))
            self.tell(control.Served(event.id, 200 if mime else 404, mime or "text/plain"), [body])

    # ------------------------------------------------------------ what a test does

    def wait(self, condition: Callable[[], Any], timeout: float = PATIENCE) -> Any:
        """Wait until `condition` is true, and give its value."""
        end = time.monotonic() + timeout
        with self._changed:
            while not (value := condition()) and not self.error and time.monotonic() < end:
                self._changed.wait(0.05)  # not everything a test waits for is an event of the host
        if not value and not (value := condition()):
            last = "\n  ".join(map(str, self.events[-12:]))
            message = f"never came; the host: {self.error or 'runs'}\n  {last}\n{self.host.words.text()}"
            raise TimeoutError(message)
        return value

    def event(self, kind: type, timeout: float = PATIENCE, *, after: int = 0, **fields: Any) -> Any:
        """The first event of a kind with these fields, past the first `after` events."""

        def found() -> Any:
            for event in self.events[after:]:
                if isinstance(event, kind) and all(said_by(event, name) == value for name, value in fields.items()):
                    return event
            return None

        return self.wait(found, timeout)

    def console(self, window: str) -> list[str]:
        """The lines of a window's console so far."""
        return [one.message for one in self.events if isinstance(one, control.Console) and one.window == window]

    def line(self, window: str, part: str, timeout: float = PATIENCE) -> str:
        """The first console line that has `part` in it."""
        return self.wait(lambda: next((line for line in self.console(window) if part in line), None), timeout)

    def tell(self, command: Any, buffers: Any = ()) -> None:
        """Send a command, and wait for nothing."""
        self.host.carrier.write(Message("comm_msg", control.HOST_COMM, _encode([command]), buffers))

    def ask(self, kind: type, timeout: float = PATIENCE, **fields: Any) -> tuple[control.Reply, Message]:
        """Send a command and wait for its reply."""
        self._ids += 1
        key = self._ids
        self.tell(kind(id=key, **gathered(kind, fields)))
        return self.wait(lambda: self.replies.get(key), timeout)

    def open(self, window: str, html: str = "<title>hello</title><p>hello</p>", **fields: Any) -> FakeDocument:
        """Open a window, with an HTML string or other content, and wait for its document."""
        fields.setdefault("content", html_content(html))
        fields.setdefault("boot", frames.Boot(window))
        fields.setdefault("bounds", control.Bounds(width=400, height=300))
        fields.setdefault("origin", origins.fresh_origin())
        fields.setdefault("title", window)
        reply, _ = self.ask(control.CreateWindow, window=window, **fields)
        assert reply.error is None, reply.error
        return self.document(window)

    def document(self, window: str, after: int = 0) -> FakeDocument:
        """A window's document once it said hello; `after`: how many came before it."""

        def said_hello() -> FakeDocument | None:
            of_window = [one for one in self.documents if one.window == window and one.hello]
            return of_window[after] if len(of_window) > after else None

        return self.wait(said_hello)

    def picture(self, window: str) -> bytes:
        """A PNG of a window."""
        reply, message = self.ask(control.Capture, window=window)
        assert reply.error is None, reply.error
        return bytes(message.buffers[0])


def html_content(html: str) -> control.Content:
    """An HTML string whose own scripts may run."""
    return control.Content("html", nonce.add_nonce(html, NONCE), NONCE)
