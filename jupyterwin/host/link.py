"""The host's stream to the kernel: comm messages out and in, events on the control comm.

It knows the carrier and the control comm's name, and nothing of windows.
"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

import msgspec

from jupyterwin.carriers.pipe import PipePump
from jupyterwin.errors import PeerError
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import HOST_COMM, HOST_TARGET
from jupyterwin.wire.messages import Message

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

    from jupyterwin.host.engines import Engine, Watch
    from jupyterwin.wire.control import Event
    from jupyterwin.wire.messages import Bytes

_encode = msgspec.json.Encoder().encode


class Link:
    """The one connection of a host. Opens its control comm with the first message."""

    def __init__(self, end: socket.socket) -> None:
        self._pump = PipePump(
            end, deliver=self._arrived, closed=self._ended, want_write=lambda on: self._want_write(on=on)
        )
        self._deliver: Callable[[Message], None] | None = None
        self._closed: Callable[[], None] | None = None
        self._writable: Watch | None = None
        self.send(Message("comm_open", HOST_COMM, target=HOST_TARGET))

    def attach(self, engine: Engine, *, deliver: Callable[[Message], None], closed: Callable[[], None]) -> None:
        """From now on the engine's loop moves what comes and goes."""
        self._deliver = deliver
        self._closed = closed
        engine.watch(self._pump.fileno(), self._receive)
        self._writable = engine.watch(self._pump.fileno(), self._pump.flush, write=True)
        self._want_write(on=self._pump.waiting > 0)

    def send(self, message: Message) -> None:
        self._pump.write(message)

    def report(self, event: Event, buffers: Sequence[Bytes] = ()) -> None:
        """Tell the kernel an event on the control comm."""
        self.send(Message("comm_msg", HOST_COMM, _encode([event]), buffers))

    @property
    def waiting(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return self._pump.waiting

    def close(self) -> None:
        self._pump.close()

    def _receive(self) -> None:
        try:
            self._pump.receive()
        except PeerError:
            traceback.print_exc(file=sys.stderr)  # the kernel's log shows a host's last words
            self._ended()  # there is no telling where in the stream the next message begins

    @guarded
    def _arrived(self, message: Message) -> None:
        if self._deliver is not None:
            self._deliver(message)

    def _ended(self) -> None:
        if self._closed is not None:
            self._closed()

    def _want_write(self, *, on: bool) -> None:
        if self._writable is not None:
            self._writable.enable(on=on)
