"""The pipe: order, bounds, closing, forks; the kernel's end and the host's."""

from __future__ import annotations

import os
import select
import socket
import threading

import pytest

from jupyterwin.carriers.pipe import PipeCarrier, PipePump, socket_pair
from jupyterwin.errors import Closed, Overflow, PeerError
from jupyterwin.wire.messages import Message


def message(number: int, size: int = 0) -> Message:
    return Message("comm_msg", "c", b'{"n":%d}' % number, [bytes([number % 256]) * size] if size else [])


@pytest.fixture
def ends():
    left, right = (PipeCarrier(end) for end in socket_pair())
    yield left, right
    left.close()
    right.close()


def read(carrier: PipeCarrier, count: int) -> list[Message]:
    got: list[Message] = []
    while len(got) < count:
        more = carrier.read()
        assert more is not None
        got += more
    return got


def test_a_message_arrives_as_it_was_sent(ends) -> None:
    left, right = ends
    left.write(Message("comm_open", "id", b'{"a":1}', [b"xy", memoryview(b"z" * 10)], "target"))
    (got,) = read(right, 1)
    assert (got.type, got.comm_id, got.data, got.target) == ("comm_open", "id", b'{"a":1}', "target")
    assert [bytes(part) for part in got.buffers] == [b"xy", b"z" * 10]


def test_order_is_kept_when_the_reader_is_slow(ends) -> None:
    left, right = ends
    for number in range(200):
        left.write(message(number, 300_000))  # 60 MB: far more than the socket takes
    assert [got.data for got in read(right, 200)] == [message(number).data for number in range(200)]


def test_the_writer_thread_lives_only_while_needed(ends) -> None:
    left, right = ends
    assert not writers()
    for number in range(60):
        left.write(message(number, 300_000))
    assert len(writers()) == 1
    read(right, 60)
    for thread in writers():
        thread.join(5)
    assert not writers()
    left.write(message(1))
    assert read(right, 1)


def writers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "jupyterwin-pipe-writer"]


def test_many_threads_write_whole_messages(ends) -> None:
    left, right = ends

    def write(start: int) -> None:
        for number in range(start, start + 200):
            left.write(message(number, 20_000))

    threads = [threading.Thread(target=write, args=(1000 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    got = [int(one.data[5:-1]) for one in read(right, 800)]
    for thread in threads:
        thread.join()
    for n in range(4):
        own = [number for number in got if number // 1000 == n]
        assert own == sorted(own)
        assert len(own) == 200


def test_a_full_queue_refuses_and_loses_nothing() -> None:
    ours, theirs = socket_pair()
    left, right = PipeCarrier(ours, limit=1_000_000), PipeCarrier(theirs)
    sent = 0
    with pytest.raises(Overflow):  # noqa: PT012 -- the one that overflows is not known beforehand
        for _ in range(1000):
            left.write(message(sent, 200_000))
            sent += 1
    assert len(read(right, sent)) == sent
    left.write(message(7))
    assert read(right, 1)[0].data == message(7).data
    left.close()
    right.close()


def test_closing_wakes_both_readers(ends) -> None:
    left, right = ends
    results: list[object] = []
    threads = [threading.Thread(target=lambda end=end: results.append(end.read())) for end in (left, right)]
    for thread in threads:
        thread.start()
    left.close()
    for thread in threads:
        thread.join(5)
    assert results == [None, None]
    with pytest.raises(Closed):
        left.write(message(1))
    with pytest.raises(Closed):
        right.write(message(1))


def test_closing_with_a_full_queue_does_not_hang(ends) -> None:
    left, _ = ends
    for number in range(100):
        left.write(message(number, 300_000))
    left.close()
    assert not writers()


def test_garbage_is_the_peers_error() -> None:
    ours, theirs = socket_pair()
    carrier = PipeCarrier(ours)
    theirs.sendall((5).to_bytes(8, "little") + b"hello")
    with pytest.raises(PeerError):
        carrier.read()
    carrier.close()
    theirs.close()


def test_a_forked_child_does_not_own_the_stream(ends) -> None:
    left, right = ends
    child = os.fork()
    if not child:
        try:
            left.write(message(1))
        except Closed:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    left.write(message(2))
    assert read(right, 1)[0].data == message(2).data


def test_the_ends_are_not_inherited_by_programs(ends) -> None:
    left, _ = ends
    assert not os.get_inheritable(left._end.fileno())


class Loop:
    """Drives a pump as an engine would."""

    def __init__(self, end: socket.socket) -> None:
        self.got: list[Message] = []
        self.ended = 0
        self.wants = False
        self.pump = PipePump(end, deliver=self.got.append, closed=self._closed, want_write=self._want)

    def _closed(self) -> None:
        self.ended += 1

    def _want(self, on: bool) -> None:  # noqa: FBT001
        self.wants = on

    def turn(self, timeout: float = 5) -> None:
        fd = self.pump.fileno()
        readable, writable, _ = select.select([fd], [fd] if self.wants else [], [], timeout)
        if readable:
            self.pump.receive()
        if writable:
            self.pump.flush()


def test_the_hosts_end_never_blocks() -> None:
    ours, theirs = socket_pair()
    kernel, host = PipeCarrier(ours), Loop(theirs)
    for number in range(100):
        host.pump.write(message(number, 300_000))
    assert host.wants
    assert host.pump.waiting > 0
    got: list[Message] = []
    reader = threading.Thread(target=lambda: got.extend(read(kernel, 100)))
    reader.start()
    while host.wants:
        host.turn()
    reader.join(10)
    assert [one.data for one in got] == [message(number).data for number in range(100)]
    kernel.write(message(5, 1_000_000))
    while not host.got:
        host.turn()
    assert host.got[0].data == message(5).data
    kernel.close()
    while not host.ended:
        host.turn()
    host.pump.write(message(1))  # dropped
    host.pump.receive()
    assert host.ended == 1
    host.pump.close()
