"""The session of one document: numbering, acknowledgement and bounded queues. js/src/wire/session.ts is its twin.

A pure state machine: no socket, thread or clock. Its owner calls it from one thread at a time, sends what `flush` gives,
and feeds what arrives to `receive`. Both ends of a document run one each.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from jupyterwin.errors import Overflow, PeerError, TooLarge
from jupyterwin.wire.frames import Batch, Frame, Send
from jupyterwin.wire.queue import Queue, Queued

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 4 * 1024 * 1024
"""A frame may go while less than so many bytes are under way without acknowledgement, however large it is itself.

An idle end owes up to `ACK_BYTES`; a frame that had to fit beside them would wait for an acknowledgement that never comes.
"""
LIMIT = 64 * 1024 * 1024
"""Bytes that may wait in the queue; beyond it `Overflow`."""
WINDOW_FRAMES = 4096
"""Frames that may be under way without acknowledgement, however small."""
FRAME_LIMIT = 192 * 1024 * 1024
"""Bytes of one frame and its buffers: what a carrier takes, with room for what comes around it."""
ACK_FRAMES = 64
ACK_BYTES = 256 * 1024
"""An end acknowledges at the latest when it has received so much since its last acknowledgement."""
LATEST_AHEAD = 2 * ACK_FRAMES
"""`latest` messages of one channel that may be under way: further ones wait, and give way to newer ones, unless
something else waits behind them. More than `ACK_FRAMES`, as an end may owe the acknowledgement of fewer for ever."""

_encode = msgspec.json.Encoder().encode
_decode_batch = msgspec.json.Decoder(Batch).decode


class Delivered(NamedTuple):
    """A frame that arrived in order, with the buffers that belong to it."""

    frame: Frame
    buffers: Sequence[Any]


class _UnderWay(NamedTuple):
    seq: int
    place: int
    size: int
    channel: str


class Session:
    """One end of a document's conversation."""

    def __init__(self, window: int = WINDOW, limit: int = LIMIT) -> None:
        self._window = window
        self._limit = limit
        self._queue = Queue()
        self._next_seq = 1
        self._under_way: deque[_UnderWay] = deque()
        self._under_way_bytes = 0
        self._latest_under_way: Counter[str] = Counter()
        self._received = 0
        self._acked = 0
        self._bytes_since_ack = 0
        self.holding = False
        """Acknowledge nothing for now: the other end, once it has sent what it may, waits."""

    # -------------------------------------------------- sending

    @property
    def queued(self) -> int:
        """Bytes waiting in the queue, not yet given by `flush`."""
        return self._queue.bytes

    @property
    def unacknowledged(self) -> int:
        """Bytes given by `flush` that the other end has not acknowledged."""
        return self._under_way_bytes

    @property
    def last_place(self) -> int:
        """The place of what was queued last: places count all that was ever queued."""
        return self._queue.last

    @property
    def settled_place(self) -> int:
        """What was queued at this place and before is acknowledged, or gave way to a newer message."""
        if self._under_way:
            return self._under_way[0].place - 1
        return self._queue.first - 1

    def push(self, frame: Frame, buffers: Sequence[Any] = (), *, urgent: bool = False, latest: bool = False) -> bool:
        """Queue a frame. Raises `Overflow` when the queue is full, `TooLarge` when it is; then nothing was queued.

        `urgent`: a small frame that ends something; it is queued also when the queue is full. `latest`: a `Send` for
        which one of its channel that waits gives way; it says how many did. True when one did.
        """
        channel, missed = frame.channel if latest and isinstance(frame, Send) else "", 0
        older = self._queue.gives_way(channel) if channel else None
        if older is not None:
            missed = older.missed + 1
            frame = msgspec.structs.replace(frame, missed=missed)
        text = _encode(frame)
        size = len(text) + sum(len(b) for b in buffers)
        if size > FRAME_LIMIT:
            msg = f"a message of {size} bytes is over the limit of {FRAME_LIMIT}: send it in parts"
            raise TooLarge(msg)
        others = self._queue.bytes - (older.size if older else 0)
        if others and others + size > self._limit and not urgent:
            msg = f"the window's queue is full: {others} bytes wait, the bound is {self._limit}"
            raise Overflow(msg)
        self._queue.add(Queued(text, buffers, size, channel, missed), older)
        return older is not None

    def flush(self) -> tuple[bytes, list[Any]] | None:
        """JSON text of one batch and its buffers: all that may be sent now, or a due acknowledgement, or None."""
        texts: list[bytes] = []
        buffers: list[Any] = []
        first = self._next_seq
        while self._may_send():
            place, (text, own, size, channel, _missed) = self._queue.take()
            texts.append(text)
            buffers.extend(own)
            self._under_way.append(_UnderWay(self._next_seq, place, size, channel))
            self._under_way_bytes += size
            self._next_seq += 1
            if channel:
                self._latest_under_way[channel] += 1
        if not texts and not self.must_ack:
            return None
        return self._batch(first, texts), buffers

    def acknowledge(self) -> bytes | None:
        """JSON text of an empty batch if anything is unacknowledged, for an end that has fallen idle."""
        due = self._received > self._acked and not self.holding
        return self._batch(self._next_seq, []) if due else None

    def _may_send(self) -> bool:
        if not self._queue or self._under_way_bytes >= self._window or len(self._under_way) >= WINDOW_FRAMES:
            return False
        channel = self._queue.only_latest
        return not channel or self._latest_under_way[channel] < LATEST_AHEAD

    def _batch(self, first: int, texts: list[bytes]) -> bytes:
        if not self.holding:
            self._acked = self._received
            self._bytes_since_ack = 0
        head = b'{"seq":%d,"ack":%d' % (first, self._acked)
        return head + (b',"frames":[' + b",".join(texts) + b"]}" if texts else b"}")

    # -------------------------------------------------- receiving

    @property
    def must_ack(self) -> bool:
        """So much arrived unacknowledged that the next `flush` acknowledges even without frames to send."""
        if self.holding:
            return False
        return self._received - self._acked >= ACK_FRAMES or self._bytes_since_ack >= ACK_BYTES

    def receive(self, text: bytes, buffers: Sequence[Any] = ()) -> list[Delivered]:
        """The new frames of a batch, in order. Raises `PeerError` if it is malformed, has a gap or a false ack."""
        try:
            batch = _decode_batch(text)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
            msg = f"malformed batch: {problem}"
            raise PeerError(msg) from problem
        self._take_ack(batch.ack)
        if batch.seq > self._received + 1 or batch.seq < 1:
            msg = f"frame {batch.seq} came where {self._received + 1} was expected"
            raise PeerError(msg)
        if batch.frames and self._bytes_since_ack > 4 * WINDOW:  # a character may be three bytes here
            msg = f"more came than may be under way: {self._bytes_since_ack} bytes were not acknowledged"
            raise PeerError(msg)
        delivered = self._deal(batch, buffers)
        if self._received - self._acked > WINDOW_FRAMES:
            msg = f"more came than may be under way: frames {self._acked + 1} to {self._received} were not acknowledged"
            raise PeerError(msg)
        self._bytes_since_ack += len(text) + sum(len(b) for b in buffers)
        return delivered

    def _take_ack(self, ack: int) -> None:
        if ack >= self._next_seq or ack < 0:
            msg = f"frame {ack} acknowledged, but only {self._next_seq - 1} were sent"
            raise PeerError(msg)
        while self._under_way and self._under_way[0].seq <= ack:
            _seq, _place, size, channel = self._under_way.popleft()
            self._under_way_bytes -= size
            if channel:
                self._latest_under_way[channel] -= 1
                if not self._latest_under_way[channel]:
                    del self._latest_under_way[channel]

    def _deal(self, batch: Batch, buffers: Sequence[Any]) -> list[Delivered]:
        delivered: list[Delivered] = []
        start = 0
        for number, frame in enumerate(batch.frames, batch.seq):
            end = start + getattr(frame, "buffers", 0)
            if not start <= end <= len(buffers):
                msg = f"frame {number} claims buffers {start}..{end} of {len(buffers)}"
                raise PeerError(msg)
            if number > self._received:
                delivered.append(Delivered(frame, buffers[start:end]))
            start = end
        self._received = max(self._received, batch.seq + len(batch.frames) - 1)
        return delivered
