"""The bounds of a session: how much may be under way, how large a frame may be, and who does not keep to it."""

from __future__ import annotations

import pytest

from jupyterwin.errors import Overflow, PeerError
from jupyterwin.wire import session
from jupyterwin.wire.frames import End, Send
from jupyterwin.wire.session import FRAME_LIMIT, LIMIT, WINDOW, WINDOW_FRAMES, Session

TINY = Send("x", [])


def test_tiny_frames_are_bounded_by_their_number() -> None:
    end = Session()
    for _ in range(WINDOW_FRAMES + 10):
        end.push(TINY)
    sent = end.flush()
    assert sent is not None
    assert sent[0].count(b'"send"') == WINDOW_FRAMES
    assert end.flush() is None


def test_a_frame_that_no_carrier_takes_is_refused() -> None:
    end = Session()
    with pytest.raises(Overflow, match="send it in parts"):
        end.push(Send("x", [], buffers=1), [bytes(FRAME_LIMIT)])
    assert end.queued == 0


def test_an_urgent_frame_finds_a_place_in_a_full_queue() -> None:
    end = Session(limit=10)
    end.push(TINY)
    with pytest.raises(Overflow):
        end.push(End(1))
    end.push(End(1), urgent=True)


def test_an_end_that_holds_acknowledges_nothing_until_it_goes_on() -> None:
    end, other = Session(), Session()
    end.holding = True
    for _ in range(session.ACK_FRAMES + 1):
        other.push(TINY)
    end.receive(*other.flush())  # type: ignore[misc]  # there is something
    assert not end.must_ack
    assert end.flush() is None
    assert end.acknowledge() is None
    end.push(TINY)
    out = end.flush()
    assert out is not None
    assert b'"ack":0' in out[0]
    end.holding = False
    assert b'"ack":65' in (end.acknowledge() or b"")


def test_who_sends_more_frames_than_may_be_under_way_is_refused() -> None:
    end = Session()
    end.holding = True
    tiny = b",".join([b'{"op":"send","channel":"x","args":[]}'] * WINDOW_FRAMES)
    end.receive(b'{"seq":1,"ack":0,"frames":[' + tiny + b"]}")
    with pytest.raises(PeerError, match="more came than may be under way"):
        end.receive(b'{"seq":%d,"ack":0,"frames":[{"op":"send","channel":"x","args":[]}]}' % (WINDOW_FRAMES + 1))


def test_who_sends_more_bytes_than_may_be_under_way_is_refused() -> None:
    end = Session()
    end.holding = True
    frame = b'{"seq":%d,"ack":0,"frames":[{"op":"send","channel":"x","args":[],"buffers":1}]}'
    end.receive(frame % 1, [bytes(4 * WINDOW)])
    with pytest.raises(PeerError, match="bytes were not acknowledged"):
        end.receive(frame % 2, [b"x"])


def test_an_honest_sender_is_never_refused_whatever_it_sends() -> None:
    end, other = Session(), Session()
    end.holding = True
    for size in (10, WINDOW // 2, WINDOW // 4, LIMIT, 10, WINDOW, 100, WINDOW // 2, WINDOW // 2):
        other.push(Send("x", [], buffers=1), [bytes(size)]) if other.queued + size <= LIMIT else None
        while (out := other.flush()) is not None:
            end.receive(*out)
    end.holding = False
    for _ in range(10):
        if (ack := end.acknowledge()) is not None:
            other.receive(ack)
        while (out := other.flush()) is not None:
            end.receive(*out)
    assert other.unacknowledged == 0
