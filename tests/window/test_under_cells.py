"""What is asked for in another way under a cell, where the bridge answers by promises and a preload has its own document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from traitlets import Int, Unicode

from jupyterwin import Store
from jupyterwin.main.app import App
from jupyterwin.main.ports.port import MessageChannel
from support.browser_app import BrowserFrontEnd, browser_app
from support.panels import until
from support.ports import Heard
from support.real_app import open_ready

SECONDS = 20


class Params(Store):
    """What the windows share."""

    symbol = Unicode("MSFT")
    days = Int(30, max=90)


@pytest.fixture
def app(front_end: BrowserFrontEnd) -> Iterator[App]:
    """Windows under cells."""
    with browser_app(front_end) as one:
        yield one


def test_a_store_is_shared_by_windows_and_python(app: App) -> None:
    store = Params()
    page = "<p id=shown></p><script>kernel.store.subscribe('symbol', (s) => { shown.textContent = s; })</script>"
    one, two = (open_ready(app, name, html=page, store=store) for name in ("one", "two"))
    assert one.eval("[await kernel.store.symbol, await kernel.store.days]").result(SECONDS) == ["MSFT", 30]
    store.symbol = "AAPL"
    for window in (one, two):
        until(window, "shown.textContent === 'AAPL'")
    one.eval("kernel.store.set('symbol', 'NVDA')").result(SECONDS)
    until(two, "shown.textContent === 'NVDA'")
    assert store.symbol == "NVDA"
    refused = "kernel.store.set('days', 91).then(() => 'taken', (error) => error.name)"
    assert one.eval(refused).result(SECONDS) == "TraitError"
    adds = "Promise.all(Array.from({ length: 20 }, () => kernel.store.update('days', (n) => n + 1))).then(() => 1)"
    for pending in [window.eval(adds) for window in (one, two)]:
        pending.result(SECONDS)
    assert store.days == 70


def test_no_script_stands_still_there(app: App, tmp_path: Path) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(
        "jupyterwin.contextBridge.exposeInMainWorld('ask', () => jupyterwin.ipcRenderer.sendSync('add', 1, 2));"
    )
    window = open_ready(app, "a", html="<p>", preload=preload)
    said = window.eval("ask().then(String, (error) => error.message)").result(SECONDS)
    assert "sendSync" in said


def test_the_kernel_and_a_preload_share_a_port(app: App, tmp_path: Path) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(
        "jupyterwin.ipcRenderer.on('port', ({ ports: [port] }) => {"
        "  port.onmessage = ({ data }) => port.postMessage(data); });"
    )
    window = open_ready(app, "a", html="<p>", preload=preload)
    channel = MessageChannel(app=app)
    heard = Heard(channel.port1)
    window.post_message("port", None, [channel.port2])
    for n in range(1000):
        channel.port1.post_message(n)
    assert heard.wait(1000) == list(range(1000))
    window.reload().result(SECONDS)
    assert heard.closed.wait(SECONDS), "its other end went with the document"
