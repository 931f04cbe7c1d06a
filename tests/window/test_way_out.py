"""Ways out of a window besides plain http: https and whose certificate is taken, real-time connections."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.launch import spawn
from support.real_app import open_ready
from support.web import WebServer, web_server

SECONDS = 30
FETCH = "return fetch({url!r}).then((answer) => answer.text(), (error) => error.name)"


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


@pytest.fixture(scope="module")
def secure() -> Iterator[WebServer]:
    with web_server(secure=True) as one:
        yield one


def test_a_certificate_that_is_not_valid_is_refused_and_told_until_its_switch_is_on(
    app: App, secure: WebServer
) -> None:
    window = open_ready(app, "w", network=[secure.origin])
    refused = window.next("refused")
    assert window.eval(FETCH.format(url=f"{secure.origin}/data")).result(SECONDS) == "TypeError"
    told = refused.result(SECONDS)
    assert (told.switch, told.origin) == ("certificates", secure.origin)
    assert told.message in window.log
    assert secure.asked == []

    window.allow = {"certificates": [secure.origin]}
    assert window.eval(FETCH.format(url=f"{secure.origin}/data")).result(SECONDS) == "hello from /data"
    assert secure.asked == ["/data"]


GATHER = """
const peer = new RTCPeerConnection({{iceServers: [
  {{urls: "stun:127.0.0.1:{udp}"}},
  {{urls: ["turn:127.0.0.1:{udp}", "turn:127.0.0.1:{tcp}?transport=tcp"], username: "a", credential: "b"}},
]}});
peer.createDataChannel("x");
const over = new Promise((done) => (peer.onicecandidate = (event) => event.candidate || done("over")));
await peer.setLocalDescription(await peer.createOffer());
return over;
"""


def test_a_real_time_connection_reaches_nothing(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where no namespace keeps the host off the network."""
    monkeypatch.setattr(spawn.shutil, "which", lambda _program: None)
    with (
        socket.socket(type=socket.SOCK_DGRAM) as packets,
        socket.create_server(("127.0.0.1", 0)) as connections,
        web_server() as web,
    ):
        packets.bind(("127.0.0.1", 0))
        for network in ([], [web.origin]):
            window = open_ready(app, f"rtc {len(network)}", min_sandbox="none", partition="rtc", network=network)
            assert window.sandbox.effective == "none"
            script = GATHER.format(udp=packets.getsockname()[1], tcp=connections.getsockname()[1])
            assert window.eval(script).result(SECONDS) == "over"
        for heard in (lambda: packets.recv(1), connections.accept):
            packets.setblocking(False)
            connections.setblocking(False)
            with pytest.raises(BlockingIOError):
                heard()
