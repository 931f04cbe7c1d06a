"""A document between preload and kernel: who may speak, what gets through, what a page cannot do."""

from __future__ import annotations

import base64
import json

import pytest

from jupyterwin.errors import Overflow
from jupyterwin.host import documents
from jupyterwin.host.documents import BULK_THRESHOLD
from jupyterwin.host.parcels import MAX_PAYLOAD
from jupyterwin.wire import control
from jupyterwin.wire.frames import DOCUMENT_TARGET, PROTOCOL
from jupyterwin.wire.messages import Message
from support.headless import HeadlessHost

NONCE = "0123456789abcdef"
OTHER = "fedcba9876543210"


def hello(nonce: str = NONCE) -> str:
    return nonce + "h" + json.dumps({"protocol": PROTOCOL, "first": True})


@pytest.fixture
def host() -> HeadlessHost:
    return HeadlessHost()


def test_a_hello_opens_a_comm_of_the_hosts_making(host: HeadlessHost) -> None:
    host.open("w").say(hello())
    (opened,) = host.link.sent
    assert (opened.type, opened.target, json.loads(opened.data)) == ("comm_open", DOCUMENT_TARGET, {"window": "w"})


def test_frames_go_to_the_kernel_as_they_are(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    window.say(NONCE + 'f{"d": {"seq":1,  "ack":0}, "b": ["' + base64.b64encode(b"abc").decode() + '"]}')
    got = host.link.sent[-1]
    assert (got.type, got.comm_id) == ("comm_msg", host.link.sent[0].comm_id)
    assert got.data == b'{"seq":1,  "ack":0}'
    assert [bytes(part) for part in got.buffers] == [b"abc"]


def test_a_new_hello_ends_the_document_before_it(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    window.say(hello(OTHER))
    first, closed, second = host.link.sent
    assert (closed.type, closed.comm_id) == ("comm_close", first.comm_id)
    assert second.comm_id != first.comm_id
    window.say(NONCE + 'f{"d":1}')  # the old one's last words
    assert len(host.link.sent) == 3


def test_the_kernels_words_to_a_document_that_is_gone_are_dropped(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    window.say(hello(OTHER))
    host.host.deliver(Message("comm_msg", host.link.sent[0].comm_id, b"{}"))
    assert window.posted == []
    host.host.deliver(Message("comm_msg", host.link.sent[2].comm_id, b"{}"))
    assert window.posted == [OTHER + 'f{"d":{}}']


@pytest.mark.parametrize("end", ["gone", "closed"])
def test_the_end_of_renderer_or_window_ends_the_document(host: HeadlessHost, end: str) -> None:
    window = host.open()
    window.say(hello())
    if end == "gone":
        window.listener.gone("killed", 9)
    else:
        window.close(force=True)
    assert host.link.sent[-1].type == "comm_close"
    assert host.host.documents == {}


def test_buffers_travel_in_the_text_or_on_the_scheme(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    comm = host.link.sent[0].comm_id
    host.host.deliver(Message("comm_msg", comm, b'{"seq":1}', [b"small", bytes(BULK_THRESHOLD)]))
    sent = json.loads(window.posted[-1][17:])
    assert sent["d"] == {"seq": 1}
    assert base64.b64decode(sent["b"][0]) == b"small"
    large = sent["b"][1]
    assert large["n"] == BULK_THRESHOLD
    got = window.get(f"/.jw/bulk/{large['u']}")
    assert got.body == bytes(BULK_THRESHOLD)
    assert window.get(f"/.jw/bulk/{large['u']}").refused == "not-found"  # once


def test_a_large_buffer_is_for_its_own_window(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    host.host.deliver(Message("comm_msg", host.link.sent[0].comm_id, b"{}", [bytes(BULK_THRESHOLD)]))
    key = json.loads(window.posted[-1][17:])["b"][0]["u"]
    assert window.get(f"/.jw/bulk/{key}", initiator="f" * 32).refused == "denied"
    assert window.get(f"/.jw/bulk/{key}", initiator="opaque").refused == "denied"
    window.say(hello(OTHER))
    assert window.get(f"/.jw/bulk/{key}").refused == "not-found"  # it went with its document


def test_a_long_text_comes_in_pieces(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    data = json.dumps({"x": "y" * (2 * MAX_PAYLOAD)}).encode()
    host.host.deliver(Message("comm_msg", host.link.sent[0].comm_id, data))
    assert [text[16] for text in window.posted] == ["p", "p", "f"]
    joined = "".join(text[17:] for text in window.posted)
    assert json.loads(joined)["d"] == json.loads(data)


def test_the_kernel_closing_a_document_tells_the_page(host: HeadlessHost) -> None:
    window = host.open()
    window.say(hello())
    host.host.deliver(Message("comm_close", host.link.sent[0].comm_id))
    assert window.posted == [NONCE + "!"]


HOSTILE = [
    "",
    "x" * 5,
    NONCE + "f",
    NONCE + "f{}",
    NONCE + "fnull",
    NONCE + 'f{"d":1,"comm_id":"host"}',
    NONCE + 'f{"d":1,"b":[1]}',
    NONCE + 'f{"d":1,"b":["%%%"]}',
    NONCE + 'f{"d":1}}',
    NONCE + 'f{"d":1} {"d":2}',
    NONCE + 'f{"d":}',
    NONCE + 'f{"d":"\ud800"}',
    NONCE + 'f{"d":' + "[" * 200_000 + "]" * 200_000 + "}",
    NONCE + 'f{"d":1,"d":2,"b":' + "[" * 200_000 + "}",
    NONCE + "!",
    NONCE + "h{}",
    NONCE + 'h{"protocol":99,"first":true}',
    NONCE + 'h{"protocol":1,"first":true,"window":"other"}',
    NONCE + "h" + "9" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_parcel_is_refused_and_costs_only_a_line(host: HeadlessHost, text: str) -> None:
    window = host.open()
    window.say(hello())
    window.say(text)
    assert len(host.link.sent) == 1
    (line,) = host.of(control.Console)
    assert line.source == "jupyterwin:"
    window.say(NONCE + 'f{"d":{}}')
    assert len(host.link.sent) == 2


def test_a_page_cannot_speak_before_its_hello(host: HeadlessHost) -> None:
    host.open().say(NONCE + 'f{"d":1}')
    assert host.link.sent == []


@pytest.mark.parametrize(
    "data", ['{"a":1},"comm_id":"host","x":{}', '1,"target_name":"jupyterwin.host"', "{}}}", '"a"\n,"b":1']
)
def test_a_page_cannot_write_outside_its_data(host: HeadlessHost, data: str) -> None:
    window = host.open()
    window.say(hello())
    window.say(f'{NONCE}f{{"d":{data}}}')
    assert len(host.link.sent) == 1


def test_buffers_that_nobody_fetches_are_bounded(host: HeadlessHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BULK", 3 * BULK_THRESHOLD)
    window = host.open("w")
    window.say(hello())
    for _ in range(5):
        host.host.deliver(Message("comm_msg", host.link.sent[0].comm_id, b"{}", [bytes(BULK_THRESHOLD)]))
    keys = [json.loads(text[17:])["b"][0]["u"] for text in window.posted]
    assert [window.get(f"/.jw/bulk/{key}").refused for key in keys] == ["not-found"] * 2 + [None] * 3


def test_a_message_too_large_for_the_kernel_ends_its_document_alone(
    host: HeadlessHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = host.open("w")
    window.say(hello())
    send = host.link.send

    def limited(message: Message) -> None:
        if message.type == "comm_msg":
            raise Overflow("too large")
        send(message)

    monkeypatch.setattr(host.host.documents[host.link.sent[0].comm_id], "_send", limited)
    window.say(NONCE + 'f{"d":{"seq":1,"ack":0}}')
    assert host.link.sent[-1].type == "comm_close"
    assert any("cut off" in one.message for one in host.of(control.Console))
