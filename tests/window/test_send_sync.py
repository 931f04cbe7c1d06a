"""`ipcRenderer.sendSync` in real windows: the page stands still until the answer is there, and never for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jupyterwin.errors import DeadlineExceeded, RemoteError
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready

DEADLINE = 30
BOUND = 5.0
"""Seconds for which a page stands still at most: what the product promises."""

PRELOAD = """
const { contextBridge, ipcRenderer } = jupyterwin;
const tell = ({ code, name, message }) => ({ code, name, message });
contextBridge.exposeInMainWorld("api", {
    ask: (channel, ...args) => ipcRenderer.sendSync(channel, ...args),
    tryIt: (channel, ...args) => { try { return { value: ipcRenderer.sendSync(channel, ...args) }; } catch (error) { return tell(error); } },
    send: (channel, ...args) => ipcRenderer.send(channel, ...args),
    later: (channel) => { setTimeout(() => ipcRenderer.sendSync(channel)); },
});
"""


@pytest.fixture
def opened(app: App, tmp_path: Path) -> Callable[..., Window]:
    preload = tmp_path / "preload.js"
    preload.write_text(PRELOAD)
    return lambda name="a", **options: open_ready(app, name, html="<p>hello", preload=preload, **options)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """What blocked handlers of a test wait for; set at its end in any case."""
    event = threading.Event()
    yield event
    event.set()


def ask(window: Window, call: str) -> Any:
    return window.eval(call, timeout=DEADLINE).result(DEADLINE)


def test_a_listener_answers_by_return_value(opened: Callable[..., Window]) -> None:
    window = opened()

    @window.ipc.on("add")
    def add(event: Any, a: int, b: int) -> None:
        event.return_value = a + b
        event.return_value = "too late"

    assert ask(window, "api.ask('add', 1, 2)") == 3
    assert ask(window, "api.ask('add', 'x', 'y')") == "xy"


def test_a_handler_answers_where_nobody_listens_and_so_does_an_exposed_function(opened: Callable[..., Window]) -> None:
    def quote(symbol: str) -> str:
        return symbol.lower()

    window = opened(expose=[quote])
    window.ipc.handle("up", lambda _event, text: text.upper())

    @window.ipc.handle("slow")
    async def slow(_event: object) -> str:
        return "async"

    assert ask(window, "api.ask('up', 'abc')") == "ABC"
    assert ask(window, "api.ask('slow')") == "async"
    assert ask(window, "api.ask('quote', 'MSFT')") == "msft"
    assert ask(window, "api.tryIt('quote', 5)")["code"] == "bad-arguments"


def test_values_and_binary_data_cross_both_ways(opened: Callable[..., Window]) -> None:
    window = opened()
    got: list[Any] = []

    @window.ipc.on("echo")
    def echo(event: Any, value: Any) -> None:
        got.append(value)
        event.return_value = {"array": np.arange(3, dtype="float32"), "bytes": b"ab", "big": 2**70, "n": float("nan")}

    shown = """(() => { const { array, bytes, big, n } = api.ask('echo', { a: new Int16Array([1, -2]), m: new Map([[1, 2]]) });
        return [array instanceof Float32Array && array[2] === 2, new Uint8Array(bytes)[1] === 98, big === 2n ** 70n, Number.isNaN(n)]; })()"""
    assert ask(window, shown) == [True] * 4
    assert got[0]["a"].tolist() == [1, -2]
    assert got[0]["m"] == {1: 2}
    window.ipc.on("size", lambda event, data: setattr(event, "return_value", bytes(data)))
    assert ask(window, "api.ask('size', new Uint8Array(3e6).fill(7)).byteLength") == 3_000_000


def test_it_comes_after_what_was_sent_before(opened: Callable[..., Window]) -> None:
    window = opened()
    order: list[Any] = []

    async def hear(_event: object, n: int) -> None:
        order.append(n)

    async def last(event: Any) -> None:
        order.append("last")
        event.return_value = True

    window.ipc.on("n", hear)
    window.ipc.on("last", last)
    assert ask(window, "for (let n = 0; n < 500; n++) api.send('n', n); return api.ask('last')") is True
    assert order == [*range(500), "last"]


def test_what_goes_wrong_is_told_at_once(opened: Callable[..., Window]) -> None:
    window = opened()

    def wrong(_event: object) -> None:
        raise ValueError("no such thing")

    window.ipc.on("raises", wrong)
    window.ipc.on("forgets", lambda _event: None)
    window.ipc.on("unserializable", lambda event: setattr(event, "return_value", print))
    window.ipc.on("large", lambda event: setattr(event, "return_value", bytes(40_000_000)))
    assert ask(window, "api.tryIt('nobody')")["code"] == "no-handler"
    assert ask(window, "api.tryIt('raises')") == {
        "code": "handler-raised",
        "name": "ValueError",
        "message": "no such thing",
    }
    forgets = ask(window, "api.tryIt('forgets')")
    assert forgets["code"] == "no-handler"
    assert "event.return_value" in forgets["message"]
    assert ask(window, "api.tryIt('unserializable')")["code"] == "unserializable"
    assert ask(window, "api.tryIt('large')")["code"] == "overflow"
    with pytest.raises(RemoteError, match="no such thing"):
        ask(window, "api.ask('raises')")


def test_a_global_channel_needs_a_grant(app: App, opened: Callable[..., Window]) -> None:
    app.ipc.on("global", lambda event: setattr(event, "return_value", event.window.name))
    assert ask(opened("without"), "api.tryIt('global')")["code"] == "not-granted"
    assert ask(opened("with", grant=["global"]), "api.ask('global')") == "with"


def test_the_host_keeps_a_deadline_and_the_page_goes_on(
    opened: Callable[..., Window], release: threading.Event
) -> None:
    window, other = opened("a"), opened("b")
    cancelled = threading.Event()

    @window.ipc.on("never")
    def never(event: Any) -> None:
        release.wait(DEADLINE)
        if event.cancelled:
            cancelled.set()
        event.return_value = "too late"

    other.ipc.on("ping", lambda event: setattr(event, "return_value", "pong"))
    start = time.monotonic()
    answer = window.eval("api.tryIt('never')", timeout=DEADLINE)
    assert ask(other, "api.ask('ping')") == "pong", "another window does not wait"
    assert answer.result(DEADLINE)["code"] == "deadline"
    assert 0.9 * BOUND < time.monotonic() - start < 5 * BOUND
    assert ask(window, "1 + 1") == 2
    window.ipc.on("ping", lambda event: setattr(event, "return_value", "pong"))
    assert ask(window, "api.ask('ping')") == "pong"
    release.set()
    assert cancelled.wait(DEADLINE)


ENDINGS: dict[str, Callable[[App, Window], object]] = {
    "reload": lambda _app, window: window.reload(),
    "close": lambda _app, window: window.close(),
    "destroy": lambda _app, window: window.destroy(),
    "other content": lambda app, window: app.open(window.name, html="<p>other"),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_page_that_is_to_go_does_not_stand_still_until_the_deadline(
    app: App, opened: Callable[..., Window], ending: Callable[[App, Window], object], release: threading.Event
) -> None:
    window = opened()
    asked = threading.Event()
    window.ipc.on("never", lambda _event: (asked.set(), release.wait(DEADLINE)))
    window.eval("api.later('never')")
    assert asked.wait(DEADLINE)
    gone = window.next("closed" if ending in (ENDINGS["close"], ENDINGS["destroy"]) else "ready")
    start = time.monotonic()
    ending(app, window)
    gone.result(DEADLINE)
    assert time.monotonic() - start < BOUND - 1, "it waited for the deadline"


def test_it_is_answered_in_the_first_line_of_a_preload(app: App, tmp_path: Path) -> None:
    """Before any script of the page, also after reloads: what a preload cannot begin without is there."""
    preload = tmp_path / "early.js"
    preload.write_text(
        'jupyterwin.contextBridge.exposeInMainWorld("config", jupyterwin.ipcRenderer.sendSync("config"));'
    )
    window = app.open("a", html="<script>window.seen = config.theme</script>", preload=preload)
    window.ipc.on("config", lambda event: setattr(event, "return_value", {"theme": "dark"}))
    window.ready().result(DEADLINE)
    assert ask(window, "seen") == "dark"
    for _ in range(20):
        loaded = window.next("did-finish-load")
        window.reload()
        loaded.result(DEADLINE)
        assert ask(window, "seen") == "dark"


def test_the_pages_own_world_gets_nothing(app: App, opened: Callable[..., Window]) -> None:
    """Not by an id that it makes up, and not by one that it saw afterwards."""
    window = opened()
    window.ipc.on("secret", lambda event: setattr(event, "return_value", "secret"))
    assert ask(window, "api.ask('secret')") == "secret"
    got = ask(
        window,
        """const seen = performance.getEntriesByType("resource").map(({ name }) => name).filter(name => name.includes("/.jw/"));
        const made = ["/.jw/sync/" + "0".repeat(32), "/.jw/sync/", "/.jw/sync/x", ...seen];
        const said = await Promise.all(made.map(async url => { try { return (await fetch(url)).status; } catch { return "refused"; } }));
        return [said, typeof ipcRenderer, typeof jupyterwin, 'serviceWorker' in navigator
            && await navigator.serviceWorker.register("/sw.js").then(() => "registered", () => "refused")];""",
    )
    assert set(got[0]) == {404}
    assert got[1:3] == ["undefined", "undefined"]
    assert got[3] in (False, "refused")


def test_a_page_that_asks_for_many_made_up_ids_is_refused_and_stands_in_nobodys_way(
    opened: Callable[..., Window],
) -> None:
    window = opened()
    window.ipc.on("ping", lambda event: setattr(event, "return_value", "pong"))
    ask(
        window,
        """for (let n = 0; n < 500; n++) fetch("/.jw/sync/" + String(n).padStart(32, "0")).catch(() => 0); return 1""",
    )
    assert ask(window, "api.ask('ping')") == "pong"


def test_a_waiter_in_the_kernel_is_not_blocked_by_a_page_that_stands_still(opened: Callable[..., Window]) -> None:
    """Who asks the page that asks the kernel waits for its own deadline, and not for ever."""
    window = opened()

    @window.ipc.on("ask back")
    def ask_back(event: Any) -> None:
        try:
            window.invoke("anything", timeout=0.5).result(DEADLINE)
        except DeadlineExceeded:
            event.return_value = "as expected"

    assert ask(window, "api.ask('ask back')") == "as expected"
