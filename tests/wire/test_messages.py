"""The binary layout: byte for byte what jupyter_server writes and reads, on streams cut anywhere."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1

from jupyterwin.errors import PeerError
from jupyterwin.wire.messages import Encoder, Message, StreamDecoder, decode

MESSAGES = st.builds(
    Message,
    st.sampled_from(["comm_open", "comm_msg", "comm_close"]),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
    st.dictionaries(st.text(max_size=5), st.integers(-(2**31), 2**31), max_size=3).map(
        lambda d: json.dumps(d).encode()
    ),
    st.lists(st.binary(max_size=50), max_size=3).map(tuple),
    st.sampled_from(["", "jupyterwin.document"]),
)


def test_jupyter_server_reads_what_we_write() -> None:
    message = Message("comm_msg", "c1", b'{"a":1}', (b"xyz", b""), "")
    raw = b"".join(Encoder("s").encode(message))[8:]
    channel, parts = deserialize_msg_from_ws_v1(raw)
    assert channel == "shell"
    assert json.loads(parts[0])["msg_type"] == "comm_msg"
    assert json.loads(parts[3]) == {"comm_id": "c1", "data": {"a": 1}}
    assert [bytes(p) for p in parts[4:]] == [b"xyz", b""]


def test_we_read_what_jupyter_server_writes() -> None:
    def pack(part: Any) -> bytes:
        return json.dumps(part).encode()

    header = {"msg_id": "1", "msg_type": "comm_open", "session": "s", "username": "u", "date": "", "version": "5.4"}
    content = {"comm_id": "c1", "target_name": "t", "data": {"a": 1}}
    parts = [pack(header), b"{}", b"{}", pack(content), b"buffer"]
    message = decode(memoryview(serialize_msg_to_ws_v1(parts, "shell")))
    assert (message.type, message.comm_id, message.target) == ("comm_open", "c1", "t")
    assert json.loads(message.data) == {"a": 1}
    assert [bytes(b) for b in message.buffers] == [b"buffer"]


@settings(max_examples=100, deadline=None)
@given(st.lists(MESSAGES, max_size=5), st.integers(1, 64))
def test_a_stream_cut_anywhere_gives_the_same_messages(messages: list[Message], size: int) -> None:
    encoder, decoder = Encoder("s"), StreamDecoder()
    stream = b"".join(bytes(part) for message in messages for part in encoder.encode(message))
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    arrived = [message for piece in pieces for message in decoder.feed(piece)]
    assert [(m.type, m.comm_id, json.loads(m.data), [bytes(b) for b in m.buffers], m.target) for m in arrived] == [
        (m.type, m.comm_id, json.loads(m.data), list(m.buffers), m.target) for m in messages
    ]


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_refused_cleanly(noise: bytes) -> None:
    with pytest.raises(PeerError):
        decode(memoryview(noise))


def test_a_message_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(PeerError, match="over the limit"):
        list(StreamDecoder(limit=1000).feed(struct.pack("<Q", 1001)))


def test_other_messages_than_comms_are_refused() -> None:
    raw = b"".join(Encoder("s").encode(Message("execute_request", "c")))[8:]  # type: ignore[arg-type]
    with pytest.raises(PeerError):
        decode(memoryview(raw))
