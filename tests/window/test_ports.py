"""Message ports in real windows: between a kernel and a page, between two pages, and how a channel ends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.ports.port import MessageChannel
from jupyterwin.main.window import Window
from support.ports import Heard
from support.real_app import open_ready

DEADLINE = 30

PRELOAD = """
const { ipcRenderer } = jupyterwin;
// The page gets each port that the kernel sends, and the kernel each that the page hands over.
ipcRenderer.on("port", (event, message) => window.postMessage({ to: "page", message }, "*", event.ports));
window.addEventListener("message", ({ data, ports }) => {
    if (data?.to === "kernel") ipcRenderer.postMessage("port", data.message, ports);
});
"""
PAGE = """<script>
const heard = [];
window.ports = [];
window.addEventListener("message", ({ data, ports: [port] }) => {
    if (data?.to !== "page") return;
    window.port = port;
    ports.push(port);
    port.addEventListener("message", ({ data, ports }) => { heard.push(data); window.along = ports[0]; });
    port.addEventListener("close", () => heard.push("close"));
    arrived(data.message);
});
window.there = new Promise(resolve => { window.arrived = resolve; });
function give() {
    const { port1, port2 } = new MessageChannel();
    window.port = port1;
    port1.addEventListener("message", ({ data }) => heard.push(data));
    port1.addEventListener("close", () => heard.push("close"));
    window.postMessage({ to: "kernel", message: "mine" }, "*", [port2]);
}
async function until(done) { while (!done()) await new Promise(resolve => setTimeout(resolve, 5)); return heard; }
</script>"""


@pytest.fixture
def opened(app: App, tmp_path: Path) -> Callable[[str], Window]:
    preload = tmp_path / "preload.js"
    preload.write_text(PRELOAD)
    return lambda name: open_ready(app, name, html=PAGE, preload=preload)


def given(app: App, window: Window) -> Heard:
    """A channel whose other end the page has."""
    channel = MessageChannel(app=app)
    heard = Heard(channel.port1)
    heard.port = channel.port1
    before = window.eval("ports.length").result(DEADLINE)
    window.post_message("port", "yours", [channel.port2])
    window.eval(f"until(() => ports.length > {before})").result(DEADLINE)
    return heard


def heard_by(window: Window, count: int) -> Any:
    return window.eval(f"until(() => heard.length >= {count})", timeout=DEADLINE).result(DEADLINE)


def test_a_page_uses_a_port_of_the_kernels(app: App, opened: Callable[[str], Window]) -> None:
    window = opened("a")
    kernel = given(app, window)
    for n in range(100):
        kernel.port.post_message({"n": n, "bytes": b"x" * n})
    window.eval("port.postMessage([new Date(0), new Uint8Array([1, 2]), undefined])")
    (got,) = kernel.wait(1)
    assert got[0].year == 1970
    assert bytes(got[1]) == b"\x01\x02"
    assert window.eval("heard.length").result(DEADLINE) == 0, "what is not started waits"
    window.eval("port.start()")
    assert [one["n"] for one in heard_by(window, 100)] == list(range(100))


def test_the_kernel_uses_a_port_of_the_pages(app: App, opened: Callable[[str], Window]) -> None:
    window = opened("a")
    got: list[Any] = []
    there = threading.Event()
    window.ipc.on("port", lambda event, message: (got.extend([message, *event.ports]), there.set()))
    window.eval("give(); for (let n = 0; n < 1000; n++) port.postMessage(n)")
    assert there.wait(DEADLINE)
    message, port = got
    assert message == "mine"
    heard = Heard(port)
    assert heard.wait(1000) == list(range(1000))
    port.post_message("back")
    window.eval("port.start()")
    assert heard_by(window, 1) == ["back"]


@pytest.fixture
def pair(app: App, opened: Callable[[str], Window]) -> tuple[Window, Window]:
    """Two windows that share a channel."""
    first, second = opened("a"), opened("b")
    channel = MessageChannel(app=app)
    for window, port in ((first, channel.port1), (second, channel.port2)):
        window.post_message("port", None, [port])
        window.eval("there").result(DEADLINE)
    return first, second


def test_two_windows_talk_and_nothing_is_lost_on_the_way(pair: tuple[Window, Window]) -> None:
    first, second = pair
    first.eval(
        """port.postMessage({ u: undefined, z: -0, m: new Map([[1, new Set([2n])]]), b: new Uint16Array([7]) })"""
    )
    second.eval("port.start()")
    heard_by(second, 1)
    shown = """(() => { const [{ u, z, m, b }] = heard; const [[k, s]] = m;
        return [u === undefined, Object.is(z, -0), k === 1 && s.has(2n), b instanceof Uint16Array && b[0] === 7]; })()"""
    assert second.eval(shown).result(DEADLINE) == [True] * 4
    second.eval("for (let n = 0; n < 2000; n++) port.postMessage(n)")
    first.eval("port.start()")
    assert heard_by(first, 2000) == list(range(2000))


def test_a_page_sends_a_port_to_another_page(pair: tuple[Window, Window]) -> None:
    first, second = pair
    second.eval("port.start()")
    first.eval(
        "window.c = new MessageChannel(); port.postMessage('take it', [c.port2]); c.port1.postMessage('through')"
    )
    heard_by(second, 1)
    second.eval("along.onmessage = ({ data }) => { heard.push(data); along.postMessage('back') }")
    assert heard_by(second, 2) == ["take it", "through"]
    assert (
        first.eval("new Promise(resolve => { c.port1.onmessage = ({ data }) => resolve(data) })").result(20) == "back"
    )


def crash(window: Window) -> None:
    gone = window.next("render-process-gone")
    os.kill(window.pid or 0, signal.SIGKILL)
    gone.result(DEADLINE)


ENDINGS: dict[str, Callable[[Window], object]] = {
    "closed by the page": lambda window: window.eval("for (const each of ports) each.close()"),
    "reloaded by the kernel": lambda window: window.reload(),
    "reloaded by the page": lambda window: window.eval("location.reload()"),
    "window closed": lambda window: window.close(),
    "window destroyed": lambda window: window.destroy(),
    "renderer crashed": crash,
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_the_other_end_hears_the_close_after_what_was_sent(app: App, pair: tuple[Window, Window], ending: str) -> None:
    first, second = pair
    second.eval("port.start()")
    kernel = given(app, first)
    first.eval("for (const each of ports) each.postMessage('last words')").result(DEADLINE)
    kernel.wait(1)
    heard_by(second, 1)
    ending(first)
    assert heard_by(second, 2) == ["last words", "close"]
    assert kernel.closed.wait(DEADLINE)
    assert kernel.data == ["last words"]


def test_the_page_hears_the_close_of_the_kernels_end(app: App, opened: Callable[[str], Window]) -> None:
    window = opened("a")
    kernel = given(app, window)
    window.eval("port.start()")
    kernel.port.post_message("last words")
    kernel.port.close()
    assert heard_by(window, 2) == ["last words", "close"]


def test_a_slow_page_holds_up_neither_the_kernel_nor_who_sends_to_it(pair: tuple[Window, Window]) -> None:
    """What it does not take waits in the page that sends."""
    first, second = pair
    second.eval("port.start()")
    second.send("ignored")
    second.eval("setTimeout(() => { const end = performance.now() + 4000; while (performance.now() < end); })").result(
        20
    )
    first.eval("for (let n = 0; n < 40; n++) port.postMessage(new Uint8Array(1e6).fill(n))").result(DEADLINE)
    assert first.eval("1 + 1").result(DEADLINE) == 2
    for n in range(50):  # its own queue is free: 50 MB of the bound of 64
        second.send("ignored", bytes(1_000_000) + bytes([n]))
    heard_by(second, 40)
    assert second.eval("heard.every((a, n) => a.length === 1e6 && a[0] === n)").result(DEADLINE) is True
