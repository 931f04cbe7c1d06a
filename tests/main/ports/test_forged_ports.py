"""What a page that was taken over says of ports. It ends that document alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from jupyterwin.main.ports.of_document import AHEAD, AHEAD_MESSAGES, MOST
from jupyterwin.main.ports.port import MessageChannel
from jupyterwin.testing import HeadlessApp, Page
from jupyterwin.wire.frames import PortClose, PortCredit, PortMessage, Send


def message(port: int, text: bytes = b"1", **more: Any) -> PortMessage:
    return PortMessage(port, msgspec.Raw(text), **more)


FORGED = {
    "a port that never was": [message(1)],
    "a port of the kernel's that never was": [message(4)],
    "port zero": [message(0)],
    "a negative port": [message(-1)],
    "another document's port": [message(6)],
    "the end of a port that never was": [PortClose(7)],
    "a new port with a number of the kernel's": [Send("port", [], ports=[4])],
    "a new port with a number that was": [Send("port", [], ports=[1]), Send("port", [], ports=[1])],
    "a new port with a negative number": [Send("port", [], ports=[-1])],
    "new ports downwards": [Send("port", [], ports=[5, 3])],
    "a port of the kernel's sent back": [Send("port", [], ports=[2])],
    "a new port over a port, with a number that was": [message(2, ports=[1]), message(2, ports=[1])],
    "a new port over its own message": [message(1, ports=[1])],
    "credit": [PortCredit(2, 1)],
    "too many ports": [Send("keep", [], ports=list(range(1, 2 * MOST + 3, 2)))],
    "more messages than there is credit for": [Send("keep", [None], ports=[1]), *[message(1)] * (AHEAD_MESSAGES + 1)],
    "more bytes than there is credit for": [
        Send("keep", [None], ports=[1]),
        *[message(1, b'"%s"' % (b"x" * AHEAD))] * 4,
    ],
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forger_is_cut_off_and_nobody_else(app: HeadlessApp, name: str) -> None:
    forger, other = app.open("forger"), app.open("other")
    page, neighbour = app.page(forger), app.page(other)
    kept = []
    forger.ipc.on("keep", lambda event, *_: kept.extend(event.ports))
    between = MessageChannel(app=app)
    forger.post_message("port", None, [between.port1])
    channels = [MessageChannel(app=app) for _ in range(3)]
    for channel in channels:  # the neighbour's ports: 2, 4, 6
        other.post_message("port", None, [channel.port1])
    other.post_message("port", None, [between.port2])
    neighbour.wait_for(lambda: len(neighbour.received) == 4)
    page.wait_for(lambda: len(page.received) == 1)
    for frame in FORGED[name]:
        page.push(frame)
    page.wait_for(lambda: page.closed)
    assert "the document was cut off" in forger.log
    neighbour.wait_for(lambda: PortClose(8) in neighbour.frames)
    assert not neighbour.closed
    assert "cut off" not in other.log


def test_values_that_make_no_sense_are_reported_and_the_port_goes_on(app: HeadlessApp) -> None:
    window = app.open("a")
    page: Page = app.page(window)
    made = MessageChannel(app=app)
    got: list[Any] = []
    made.port1.on("message", lambda event: got.append(event.data))
    made.port1.start()
    window.post_message("port", None, [made.port2])
    page.wait_for(lambda: len(page.received) == 1)
    page.push(message(2, b'{"$":"buf","i":3,"t":"Int8Array"}'))
    page.push(message(2, b"1e999999"))
    page.push(message(2, b'"fine"'))
    page.wait_for(lambda: bool(got) or page.send("look again"))
    assert got == ["fine"]
    assert str(window.log).count("could not be read") == 2
