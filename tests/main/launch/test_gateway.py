"""The gateway over real sockets: which addresses it connects to, and its end."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from jupyterwin.host import gateway as host_gateway
from jupyterwin.main.launch.gateway import Gateway

SECONDS = 10


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(SECONDS)
        yield listening


def port_of(server: socket.socket) -> int:
    port: int = server.getsockname()[1]
    return port


@contextmanager
def gateway(*network: str) -> Iterator[int]:
    """The port of one that leads to these origins."""
    ours, theirs = socket.socketpair()
    one = Gateway(ours, network)
    end = theirs.detach()
    try:
        yield host_gateway.listen(end)
    finally:
        socket.socket(fileno=end).close()
        one.close()
        assert "jupyterwin-gateway" not in {thread.name for thread in threading.enumerate()}


def ask(port: int, address: bytes, target: int) -> tuple[socket.socket, int]:
    """A connection through the gateway, and its answer."""
    client = socket.create_connection(("127.0.0.1", port), SECONDS)
    client.sendall(b"\5\1\0")
    assert client.recv(2) == b"\5\0"
    client.sendall(b"\5\1\0" + address + struct.pack("!H", target))
    answer = client.recv(10, socket.MSG_WAITALL)
    return client, answer[1]


def name(text: str) -> bytes:
    return b"\3" + bytes([len(text)]) + text.encode()


@pytest.mark.parametrize("address", [name("127.0.0.1"), b"\1\x7f\0\0\1"])
def test_it_carries_both_ways_until_both_are_done(server: socket.socket, address: bytes) -> None:
    with gateway(f"http://127.0.0.1:{port_of(server)}") as port:
        client, answer = ask(port, address, port_of(server))
        far, _ = server.accept()
        with client, far:
            assert answer == 0
            client.sendall(b"question")
            client.shutdown(socket.SHUT_WR)
            assert far.makefile("rb").read() == b"question"
            far.sendall(b"answer")
            far.shutdown(socket.SHUT_WR)
            assert client.makefile("rb").read() == b"answer"


def test_it_connects_to_exactly_the_granted_host_and_port(server: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, gateway(f"http://127.0.0.1:{port_of(server)}") as port:
        for address, target in (
            (name("127.0.0.1"), port_of(other)),
            (name("localhost"), port_of(server)),
            (b"\4" + bytes(15) + b"\1", port_of(server)),
        ):
            client, answer = ask(port, address, target)
            with client:
                assert answer == 2
                assert client.recv(1) == b""
        for listening in (server, other):
            listening.setblocking(False)
            with pytest.raises(BlockingIOError):
                listening.accept()


def test_where_nobody_listens_it_says_so(server: socket.socket) -> None:
    target = port_of(server)
    server.close()
    with gateway(f"ws://127.0.0.1:{target}") as port:
        client, answer = ask(port, name("127.0.0.1"), target)
        with client:
            assert answer == 4


@pytest.mark.parametrize("said", [b"GET / HTTP/1.1\r\n\r\n", b"\4\1\0\x50\x7f\0\0\1\0", b"\5\1\2"])
def test_what_is_no_such_greeting_is_cut_off(server: socket.socket, said: bytes) -> None:
    with gateway(f"http://127.0.0.1:{port_of(server)}") as port:
        with socket.create_connection(("127.0.0.1", port), SECONDS) as client:
            client.sendall(said)
            client.shutdown(socket.SHUT_WR)
            with suppress(ConnectionResetError):  # it did not read all that was said
                assert client.recv(10) == b""
        client, answer = ask(port, name("127.0.0.1"), port_of(server))
        with client:
            assert answer == 0


def test_a_host_that_never_listens_leaves_nothing() -> None:
    ours, theirs = socket.socketpair()
    one = Gateway(ours, ["https://example.org"])
    theirs.close()
    one.close()
    assert "jupyterwin-gateway" not in {thread.name for thread in threading.enumerate()}
