"""The pair in memory behaves as the pipe does."""

from __future__ import annotations

import threading

import pytest

from jupyterwin.carriers.memory import pair
from jupyterwin.errors import Closed, Overflow
from jupyterwin.wire.messages import Message


def test_what_one_writes_the_other_reads_in_order() -> None:
    left, right = pair()
    for number in range(3):
        left.write(Message("comm_msg", "c", b"%d" % number, [b"x"]))
    got = right.read()
    assert got is not None
    assert [one.data for one in got] == [b"0", b"1", b"2"]
    assert bytes(got[0].buffers[0]) == b"x"
    assert right.read_now() == []


def test_closing_wakes_the_reader_after_the_rest() -> None:
    left, right = pair()
    left.write(Message("comm_msg", "c"))
    left.close()
    assert right.read()
    assert right.read() is None
    with pytest.raises(Closed):
        right.write(Message("comm_msg", "c"))


def test_a_blocked_reader_is_woken() -> None:
    left, right = pair()
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(right.read()))
    thread.start()
    left.close()
    thread.join(5)
    assert got == [None]


def test_it_is_bounded() -> None:
    left, right = pair(limit=100)
    left.write(Message("comm_msg", "c", b"1", [bytes(200)]))
    with pytest.raises(Overflow):
        left.write(Message("comm_msg", "c", b"2"))
    right.read()
    left.write(Message("comm_msg", "c", b"2"))


def test_an_end_without_a_reader_is_told() -> None:
    left, right = pair()
    told: list[int] = []
    right.on_arrival = lambda: told.append(len(right.read_now()))
    left.write(Message("comm_msg", "c"))
    assert told == [1]
