"""The headless engine's loop over a real socket: the whole host in one thread."""

from __future__ import annotations

import os
import threading

import msgspec

from jupyterwin.carriers.pipe import PipeCarrier, socket_pair
from jupyterwin.host import lifetime
from jupyterwin.wire import control
from jupyterwin.wire.messages import Message

_decode = msgspec.json.Decoder(list[control.Event]).decode


def test_a_host_says_ready_answers_and_leaves() -> None:
    ours, theirs = socket_pair()
    kernel = os.pidfd_open(os.getpid())
    startup = control.Startup(theirs.detach(), kernel, "none", "none", "headless")
    status: list[int] = []
    thread = threading.Thread(target=lambda: status.append(lifetime.run(startup)))
    thread.start()
    carrier = PipeCarrier(ours)
    opened, ready = messages(carrier, 2)
    assert (opened.type, opened.comm_id, opened.target) == ("comm_open", control.HOST_COMM, control.HOST_TARGET)
    assert isinstance(_decode(ready.data)[0], control.Ready)
    carrier.write(Message("comm_msg", control.HOST_COMM, msgspec.json.encode([control.Reload(7, "none")])))
    (reply,) = messages(carrier, 1)
    assert _decode(reply.data)[0].id == 7
    carrier.write(Message("comm_msg", control.HOST_COMM, b"[1]"))  # nonsense: reported, survived
    (line,) = messages(carrier, 1)
    assert isinstance(_decode(line.data)[0], control.Console)
    carrier.close()
    thread.join(5)
    assert status == [0]
    os.close(kernel)


def messages(carrier: PipeCarrier, count: int) -> list[Message]:
    got: list[Message] = []
    while len(got) < count:
        more = carrier.read()
        assert more is not None
        got += more
    return got
