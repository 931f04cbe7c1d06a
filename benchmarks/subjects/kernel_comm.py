"""A plain Jupyter comm, without a window: a comm of an ipykernel echoes to a jupyter_client over ZMQ on this machine."""

from __future__ import annotations

import queue
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from measuring.kernel import Kernel

from subjects import BYTES, Options, Result

DEADLINE = 60.0
CELL = 1.0
"""Seconds that a cell keeps the main thread."""
WARM_UP = 50

_LOADED = """
import threading
from measuring.loads import LOADS
ended = threading.Event()
threading.Timer({seconds}, ended.set).start()
LOADS[{load!r}](ended)
"""


class Comm:
    """The front end's end of one comm."""

    def __init__(self, kernel: Kernel) -> None:
        self.client = kernel.client
        self.id = uuid.uuid4().hex
        kernel.run("from subjects import in_kernel_comm; in_kernel_comm.register()")
        self._send("comm_open", {"comm_id": self.id, "target_name": "echo", "data": {}})

    def post(self, text: str) -> None:
        """Send a message."""
        self._send("comm_msg", {"comm_id": self.id, "data": {"text": text}})

    def next(self) -> str:
        """The next message of the kernel. Raises `queue.Empty`."""
        while True:
            message = self.client.get_iopub_msg(timeout=DEADLINE)
            if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == self.id:
                return message["content"]["data"]["text"]

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        self.client.shell_channel.send(self.client.session.msg(kind, content))


def _round_trip(comm: Comm, text: str) -> float:
    started = time.perf_counter()
    comm.post(text)
    assert comm.next() == text
    return (time.perf_counter() - started) * 1000


def _idle(options: Options) -> Result:
    text = "x" * BYTES
    with Kernel() as kernel:
        comm = Comm(kernel)
        for _ in range(WARM_UP):
            _round_trip(comm, text)
        times = [_round_trip(comm, text) for _ in range(options.count)]
        number = 2 * options.count
        started = time.perf_counter()
        for _ in range(number):
            comm.post(text)
        for n in range(number):
            try:
                comm.next()
            except queue.Empty:
                raise RuntimeError(f"{number - n} of {number} answers never came") from None
        return Result({"call.idle": times, "rate.idle": [number / (time.perf_counter() - started)]})


def _loaded(load: str, _options: Options) -> Result:
    """Calls made 0.1 s after a cell of one second began: the kernel serves them when the cell has ended."""
    text = "x" * BYTES
    times = []
    with Kernel() as kernel:
        comm = Comm(kernel)
        _round_trip(comm, text)
        for _ in range(3):
            kernel.client.execute(_LOADED.format(seconds=CELL, load=load))
            time.sleep(0.1)
            times.append(_round_trip(comm, text))
    return Result({f"call.{load}": times})


MEASUREMENTS: dict[str, Callable[[Options], Result]] = {
    "calls-idle": _idle,
    **{f"calls-{load}": partial(_loaded, load) for load in ("sleep", "spin", "numpy")},
}
