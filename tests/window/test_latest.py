"""Policies in a real window: a page that stands still gets the newest, is told what it missed, and loses nothing else."""

from __future__ import annotations

import threading

import pytest

from jupyterwin.errors import Overflow
from jupyterwin.main.app import App
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.standing import standing_still

DEADLINE = 30
MEGABYTE = bytes(1 << 20)
PAGE = """<script>
    const heard = [];
    let missed = 0, lossless = 0;
    kernel.on("price", n => { heard.push(n); missed += kernel.missed("price"); });
    kernel.on("trade", () => { lossless++; });
    kernel.on("flood", count => {
        const send = kernel.send.with({ policy: "latest" });
        for (let n = 0; n < count; n++) send("mine", n);
    });
</script>"""


NATIVE = pytest.mark.parametrize("app_of_each_carrier", ["native"], indirect=True)
"""What makes a page stand still is an answer of the kernel's that a script waits for: under a cell none can."""


@pytest.fixture
def window(app_of_each_carrier: App) -> Window:
    return open_ready(app_of_each_carrier, "a", html=PAGE, expose=[print])


@NATIVE
def test_a_page_that_stands_still_gets_the_newest_and_is_told_how_many_it_missed(window: Window) -> None:
    before = window.traffic.sent
    with standing_still(window):
        for n in range(20_000):
            window.send("price", n, policy="latest")
    window.drained().result(DEADLINE)
    heard, missed = window.eval("[heard, missed]").result(DEADLINE)
    assert heard == sorted(set(heard)), "in order, none twice"
    assert heard[-1] == 19_999
    assert len(heard) + missed == 20_000
    assert missed == window.traffic.conflated > 10_000
    assert window.traffic.sent == before + 20_000
    assert window.traffic.dropped == 0
    assert window.traffic.waiting == 0


@NATIVE
def test_lossless_messages_wait_on_a_worker_and_are_refused_on_the_main_thread(window: Window) -> None:
    """More than may wait is sent from both; the worker's all arrive."""
    sent, refused = 0, 0
    worker = threading.Thread(target=lambda: [window.send("trade", MEGABYTE) for _ in range(20)])
    with standing_still(window):
        for _ in range(100):
            try:
                window.send("trade", MEGABYTE)
                sent += 1
            except Overflow:
                refused += 1
                break
        assert sent >= 60, "the bound is 64 MiB"
        assert refused == 1
        worker.start()
        while not window._document._connection._line:  # it waits for room, in line
            assert worker.is_alive()
    worker.join(60)
    assert not worker.is_alive()
    window.drained().result(60)
    assert window.eval("lossless").result(DEADLINE) == sent + 20
    assert window.traffic.conflated == 0


def test_a_page_that_sends_the_latest_tells_how_many_the_kernel_missed(window: Window) -> None:
    heard: list[int] = []
    missed: list[int] = []
    newest = threading.Event()

    def hear(event: IpcEvent, n: int) -> None:
        heard.append(n)
        missed.append(event.missed)
        if n == 19_999:
            newest.set()

    window.ipc.on("mine", hear)
    window.send("flood", 20_000)
    assert newest.wait(DEADLINE)
    assert heard == sorted(set(heard))
    assert len(heard) + sum(missed) == 20_000
    assert sum(missed) == window.traffic.missed > 10_000
