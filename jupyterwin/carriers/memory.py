"""Two carriers joined in memory, for tests: the interface of `jupyterwin.carriers.pipe.PipeCarrier`, no system below.

Messages pass through the wire's own encoding, so what could not travel does not travel here either.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from jupyterwin.errors import Closed, Overflow
from jupyterwin.wire.messages import Encoder, StreamDecoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.messages import Message

QUEUE_LIMIT = 64 * 1024 * 1024


def pair(limit: int = QUEUE_LIMIT) -> tuple[MemoryCarrier, MemoryCarrier]:
    """Two ends; what one writes the other reads."""
    left, right = MemoryCarrier("left", limit), MemoryCarrier("right", limit)
    left._peer, right._peer = right, left
    return left, right


class MemoryCarrier:
    """One end of a pair."""

    def __init__(self, session: str, limit: int) -> None:
        self._peer: MemoryCarrier | None = None
        self._encoder = Encoder(session)
        self._decoder = StreamDecoder()
        self._inbox: deque[bytes] = deque()
        self._waiting = 0
        self._limit = limit
        self._changed = threading.Condition()
        self._closed = False
        self.on_arrival: Callable[[], None] | None = None
        """Called in the writer's thread when something arrived or the pair was closed: for an end without a reader."""

    def read(self) -> list[Message] | None:
        """Wait for messages; None when the pair was closed and everything was read."""
        with self._changed:
            self._changed.wait_for(lambda: self._inbox or self._closed)
            return self._take()

    def read_now(self) -> list[Message]:
        """What has arrived so far, without waiting."""
        with self._changed:
            return self._take() or []

    def _take(self) -> list[Message] | None:
        if not self._inbox:
            return None
        messages: list[Message] = []
        while self._inbox:
            raw = self._inbox.popleft()
            self._waiting -= len(raw)
            messages += self._decoder.feed(raw)
        return messages

    def write(self, message: Message, *, limited: bool = True) -> None:
        """Send `message`; returns at once. Raises `Overflow` (if `limited`) or `Closed`; then nothing was sent."""
        peer = self._peer
        if self._closed or peer is None:
            raise Closed("the pair is closed")
        raw = b"".join(bytes(part) for part in self._encoder.encode(message))
        with peer._changed:
            if limited and peer._waiting > self._limit:
                raise Overflow(f"{peer._waiting} bytes already wait for a slow reader")
            peer._inbox.append(raw)
            peer._waiting += len(raw)
            peer._changed.notify_all()
        if peer.on_arrival:
            peer.on_arrival()

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Close both ends; a blocked `read` returns once it has nothing left."""
        for end in (self, self._peer):
            if end is not None:
                with end._changed:
                    end._closed = True
                    end._changed.notify_all()
        if self._peer is not None and self._peer.on_arrival:
            self._peer.on_arrival()
