"""The notebook carrier: batches of messages over a comm of a Jupyter kernel, whose server may drop what comes too fast.

A server passes on a thousand messages a second and drops the rest in silence. So messages are gathered, 60 batches a second at
most, numbered, kept until they are acknowledged, and sent again when the other end misses them. It never loses one and
knows none. What the other end sent is acknowledged as well, for a connection that is lost takes along what is on its way.
All of it runs on one thread.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.wire.messages import Bytes

    Publish = Callable[[dict[str, Any], Sequence[Bytes]], None]
    Later = Callable[[float, Callable[[], None]], None]
    Deliver = Callable[[Any], None]

PACE = 1 / 60
"""Seconds between two batches at least."""

LARGEST_BATCH = 8 * 1024 * 1024
"""Bytes of text and buffers after which a batch is full; one message alone may be larger."""

PATIENCE = 1.0
"""Seconds without an acknowledgement after which the oldest batch is sent again; twice as many each time."""

MOST_AGAIN = 8
"""Times that a batch is sent again: nobody is there then, and who comes asks for it."""

IDLE_ACK = 0.1
"""Seconds after which an end that has nothing to say acknowledges what has arrived."""

MOST_EARLY = 1000
"""Batches that may arrive before one that was sent earlier."""


class _Batch(msgspec.Struct):
    n: int = 0
    a: int = 0
    miss: int = 0
    m: list[Any] = []


class NotebookLane:
    """One end of a comm: the kernel's."""

    def __init__(
        self, publish: Publish, later: Later, deliver: Deliver, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._publish = publish
        self._later = later
        self._deliver = deliver
        self._clock = clock
        self._queue: deque[tuple[dict[str, Any], Sequence[Bytes], int]] = deque()
        self._kept: deque[tuple[int, list[Any], list[Bytes]]] = deque()
        """Batches that are not acknowledged."""
        self._early: dict[int, list[Any]] = {}
        self._sent = 0
        self._arrived = 0
        self._told = 0
        """How much of it the other end knows to have arrived."""
        self._tells = False
        self._left = float("-inf")
        self._waits = False
        self._watched = False
        self._again = 0
        self._closed = False

    @property
    def waiting(self) -> int:
        """Messages that have not left yet."""
        return len(self._queue)

    @property
    def kept(self) -> int:
        """Batches that are not acknowledged yet."""
        return len(self._kept)

    def post(self, message: dict[str, Any], buffers: Sequence[Bytes] = (), size: int = 0) -> None:
        """Send a message: plain JSON; ``buffer`` in it is moved to where the batch has its buffers. `size` in bytes."""
        self._queue.append((message, buffers, size + sum(map(len, buffers))))
        if not self._waits and not self._closed:
            self._waits = True
            self._later(max(0.0, self._left + PACE - self._clock()), self._leave)

    def arrived(self, data: Any) -> None:
        """A comm message of the other end. Raises `PeerError` for what is none of this protocol."""
        try:
            batch = msgspec.convert(data, _Batch)
        except msgspec.ValidationError as problem:
            raise PeerError(f"malformed batch: {problem}") from problem
        if batch.a:
            self._acknowledged(batch.a)
        if batch.miss:
            self._acknowledged(batch.miss - 1)
            for kept in self._kept:
                self._send(*kept)
        if batch.n and not self._tells:
            self._tells = True
            self._told = min(self._told, batch.n - 1)  # what comes again was not acknowledged
            self._later(IDLE_ACK, self._acknowledge)
        if batch.n > self._arrived:
            if len(self._early) >= MOST_EARLY:
                raise PeerError("the batches of a place have gaps")
            self._early[batch.n] = batch.m
        # Several threads of the kernel may have read them: they are put in order here.
        while (messages := self._early.pop(self._arrived + 1, None)) is not None:
            self._arrived += 1
            for message in messages:
                self._deliver(message)

    def close(self) -> None:
        """Nothing goes any more."""
        self._closed = True
        self._queue.clear()
        self._kept.clear()

    def _leave(self) -> None:
        self._waits = False
        while self._queue and not self._closed:
            messages: list[Any] = []
            buffers: list[Bytes] = []
            size = 0
            while self._queue and (not messages or size + self._queue[0][2] <= LARGEST_BATCH):
                message, own, length = self._queue.popleft()
                if own:
                    message = {**message, "buffer": len(buffers)}
                    buffers += own
                messages.append(message)
                size += length
            self._sent += 1
            self._kept.append((self._sent, messages, buffers))
            self._left = self._clock()
            self._send(*self._kept[-1])
        self._watch()

    def _acknowledge(self) -> None:
        self._tells = False
        if self._told < self._arrived and not self._closed:
            self._told = self._arrived
            self._publish({"a": self._arrived}, [])

    def _send(self, number: int, messages: list[Any], buffers: list[Bytes]) -> None:
        self._told = self._arrived
        self._publish({"n": number, "a": self._arrived, "m": messages}, buffers)

    def _acknowledged(self, number: int) -> None:
        while self._kept and self._kept[0][0] <= number:
            self._kept.popleft()
            self._again = 0

    def _watch(self) -> None:
        if self._kept and not self._watched and self._again < MOST_AGAIN:
            self._watched = True
            oldest = self._kept[0][0]
            self._later(PATIENCE * 2**self._again, lambda: self._look(oldest))

    def _look(self, oldest: int) -> None:
        self._watched = False
        if self._closed or not self._kept:
            return
        if self._kept[0][0] == oldest:
            self._again += 1
            self._send(*self._kept[0])
        self._watch()
