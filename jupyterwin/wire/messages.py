"""Comm messages in the binary layout ``v1.kernel.websocket.jupyter.org``, framed for a byte stream.

It turns a `Message` into bytes and back and knows nothing of what its ``data`` means. The layout, all numbers
little-endian u64: how many offsets, the offsets, then the parts they delimit: channel name, header, parent header,
metadata, content, buffers (https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html).
On a stream each message is preceded by its length in bytes, a u64.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from jupyterwin.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_MESSAGE = 256 * 1024 * 1024
"""Largest message in bytes that either end takes from a stream; a larger one is refused before it is read."""

MessageType = Literal["comm_open", "comm_msg", "comm_close"]
Bytes = bytes | bytearray | memoryview

_U64 = struct.Struct("<Q")
_CHANNEL = b"shell"
_PARTS_BEFORE_BUFFERS = 5  # channel, header, parent header, metadata, content


@dataclass(slots=True, frozen=True)
class Message:
    """One comm message. `data` is JSON text, not yet decoded; `target` is used by comm_open alone."""

    type: MessageType
    comm_id: str
    data: bytes = b"{}"
    buffers: Sequence[Bytes] = field(default=())
    target: str = ""


class _Header(msgspec.Struct):
    msg_id: str
    msg_type: MessageType
    session: str
    username: str = ""
    date: str = ""
    version: str = "5.4"


class _Content(msgspec.Struct, omit_defaults=True):
    comm_id: str
    data: msgspec.Raw = msgspec.Raw(b"{}")
    target_name: str = ""


_encoder = msgspec.json.Encoder()
_decode_header = msgspec.json.Decoder(_Header).decode
_decode_content = msgspec.json.Decoder(_Content).decode


class Encoder:
    """Encodes the messages of one sender: numbers them and stamps its session name."""

    def __init__(self, session: str) -> None:
        self._session = session
        self._count = 0

    def encode(self, message: Message) -> list[Bytes]:
        """The parts of `message` for a stream, length first, without copying its buffers."""
        self._count += 1
        header = _Header(f"{self._session}_{self._count}", message.type, self._session)
        content = _Content(message.comm_id, msgspec.Raw(message.data), message.target)
        parts: list[Bytes] = [
            _CHANNEL,
            _encoder.encode(header),
            b"{}",
            b"{}",
            _encoder.encode(content),
            *(memoryview(b).cast("B") for b in message.buffers),
        ]
        lengths = [len(p) for p in parts]
        position = 8 * (len(parts) + 2)
        offsets = [len(parts) + 1, position]
        for length in lengths:
            position += length
            offsets.append(position)
        head = struct.pack(f"<{len(offsets) + 1}Q", position, *offsets)
        small = b"".join([head, *parts[:_PARTS_BEFORE_BUFFERS]])
        return [small, *parts[_PARTS_BEFORE_BUFFERS:]]


def decode(raw: memoryview) -> Message:
    """One message from its bytes (without the length). Buffers are views into `raw`.

    Raises `PeerError` for anything that is not a well-formed comm message.
    """
    try:
        parts = list(_split(raw))
        header = _decode_header(parts[1])
        content = _decode_content(parts[4])
    except (msgspec.MsgspecError, struct.error, ValueError, IndexError, RecursionError) as problem:
        msg = f"malformed message: {problem}"
        raise PeerError(msg) from problem
    return Message(
        header.msg_type,
        content.comm_id,
        bytes(content.data),
        tuple(parts[_PARTS_BEFORE_BUFFERS:]),
        content.target_name,
    )


def _split(raw: memoryview) -> Iterator[memoryview]:
    (count,) = _U64.unpack_from(raw, 0)
    if not _PARTS_BEFORE_BUFFERS < count <= len(raw) // 8:
        msg = f"{count} offsets"
        raise ValueError(msg)
    offsets = struct.unpack_from(f"<{count}Q", raw, 8)
    if offsets[0] != 8 * (count + 1) or offsets[-1] != len(raw):
        msg = "offsets do not span the message"
        raise ValueError(msg)
    for start, end in pairwise(offsets):
        if end < start:
            msg = "offsets are not in order"
            raise ValueError(msg)
        yield raw[start:end]


class StreamDecoder:
    """Cuts a byte stream into messages: feed it what arrived, iterate over what is complete."""

    def __init__(self, limit: int = MAX_MESSAGE) -> None:
        self._pending = bytearray()
        self._limit = limit

    def feed(self, data: Bytes) -> Iterator[Message]:
        """Messages completed by `data`, in order. Raises `PeerError` for a message that is too large or malformed."""
        self._pending += data
        while len(self._pending) >= _U64.size:
            (length,) = _U64.unpack_from(self._pending, 0)
            if length > self._limit:
                msg = f"a message of {length} bytes is over the limit of {self._limit}"
                raise PeerError(msg)
            end = _U64.size + length
            if len(self._pending) < end:
                break
            # One copy for each message: its buffers are views that may outlive the stream's buffer.
            whole = memoryview(bytes(memoryview(self._pending)[_U64.size : end]))
            del self._pending[:end]  # a bytearray drops its beginning without moving the rest
            yield decode(whole)
