"""A host without a process: the real one over the headless engine, its messages kept instead of sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.host.engines.headless import HeadlessEngine, HeadlessWindow
from jupyterwin.host.host import Host
from jupyterwin.wire import control, frames
from jupyterwin.wire.messages import Message
from support.native import gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.security.sandbox import Level

ORIGIN = "0123456789abcdef0123456789abcdef"
_encode = msgspec.json.Encoder().encode


class KeptLink:
    """Stands where the stream to the kernel is."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.events: list[Any] = []
        self.buffers: list[Sequence[Any]] = []
        self.waiting = 0

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def report(self, event: Any, buffers: Sequence[Any] = ()) -> None:
        self.events.append(event)
        self.buffers.append(buffers)


class HeadlessHost:
    """A host, and what a test does to it as its kernel."""

    def __init__(self, min_sandbox: Level = "none") -> None:
        self.engine = HeadlessEngine()
        self.link = KeptLink()
        self.host = Host(self.engine, self.link, min_sandbox=min_sandbox)
        self._ids = 0

    def command(self, kind: type, *, buffers: Sequence[Any] = (), **fields: Any) -> control.Reply | None:
        """Execute a command; its reply, if it came at once."""
        self._ids += 1
        command = kind(id=self._ids, **gathered(kind, fields))
        self.host.deliver(Message("comm_msg", control.HOST_COMM, _encode([command]), buffers))
        return next((one for one in self.of(control.Reply) if one.id == self._ids), None)

    def open(self, window: str = "w", **fields: Any) -> HeadlessWindow:
        """Create a window."""
        fields.setdefault("content", control.Content("html", "<p>", "N"))
        reply = self.command(
            control.CreateWindow, window=window, origin=ORIGIN, title=window, boot=frames.Boot(window), **fields
        )
        assert reply is not None
        assert reply.error is None, reply.error
        return self.engine.windows[-1]

    def of(self, kind: type) -> list[Any]:
        """All events of a kind so far."""
        return [event for event in self.link.events if isinstance(event, kind)]
