"""Every subscription gives back its disposer, and what was disposed of is called no more: both sides, one table."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from jupyterwin.errors import NoHandler, RemoteError
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready

DEADLINE = 20
PRELOAD = """
const { contextBridge, ipcRenderer } = jupyterwin;
const count = { on: 0, addListener: 0, once: 0 };
const kept = {};
contextBridge.exposeInMainWorld("preload", {
    listen: name => { kept[name] = ipcRenderer[name]("from kernel", () => { count[name]++; }); },
    handle: () => { kept.handle = ipcRenderer.handle("asked", () => "answered"); },
    dispose: name => kept[name](),
    counted: name => count[name],
    onTick: callback => ipcRenderer.on("from kernel", (_event, n) => callback(n)),
});
"""
PAGE = "<script>let heard = 0, dispose; const hear = () => { heard++; };</script>"


@pytest.fixture
def app(app_of_each_carrier: App) -> App:
    """Native windows, and those under cells: there what a preload exposes answers by promises."""
    return app_of_each_carrier


@pytest.fixture
def window(app: App, tmp_path: Path) -> Window:
    preload = tmp_path / "preload.js"
    preload.write_text(PRELOAD)
    return open_ready(app, "a", html=PAGE, preload=preload, grant=["global"])


class Row(NamedTuple):
    """Subscribe (and give the disposer), make it happen once, and say how often it was heard."""

    subscribe: Callable[..., Callable[[], object]]
    happen: Callable[[App, Window], object]


def from_page(channel: str) -> Callable[[App, Window], object]:
    """The page sends, and it has been heard when this returns: listeners of a channel are called one after another."""

    def happen(app: App, window: Window) -> None:
        done = threading.Event()
        ipc = app.ipc if channel == "global" else window.ipc
        stop = ipc.on(channel, lambda _event: done.set())
        window.eval(f"kernel.send({channel!r})").result(DEADLINE)
        assert done.wait(DEADLINE)
        stop()

    return happen


def emitted(_app: App, window: Window) -> None:
    """A change of title is an event of the window; when the next one is told, the last one has been."""
    for title in ("one", "two"):
        told = window.next("page-title-updated")
        window.eval(f"document.title = {title!r}").result(DEADLINE)
        told.result(DEADLINE)


def opened(app: App, _window: Window) -> None:
    created = app.next("window-created")
    other = open_ready(app, "other")
    created.result(DEADLINE)
    other.destroy().result(DEADLINE)


KERNEL = {
    "win.ipc.on": Row(lambda app, win, hear: win.ipc.on("x", hear), from_page("x")),
    "win.ipc.once": Row(lambda app, win, hear: win.ipc.once("x", hear), from_page("x")),
    "jw.ipc.on": Row(lambda app, win, hear: app.ipc.on("global", hear), from_page("global")),
    "win.on": Row(lambda app, win, hear: win.on("page-title-updated", hear), emitted),
    "win.once": Row(lambda app, win, hear: win.once("page-title-updated", hear), emitted),
    "app.on": Row(lambda app, win, hear: app.on("window-created", hear), opened),
    "app.once": Row(lambda app, win, hear: app.once("window-created", hear), opened),
    "trace.on_change": Row(lambda app, win, hear: win.ipc.trace().on_change(hear), from_page("x")),
}


@pytest.mark.parametrize("name", KERNEL)
def test_of_the_kernel(app: App, window: Window, name: str) -> None:
    row, heard = KERNEL[name], []
    dispose = row.subscribe(app, window, lambda *_args: heard.append(name))
    row.happen(app, window)
    assert heard, "it hears"
    dispose = row.subscribe(app, window, lambda *_args: heard.append("too late")) if "once" in name else dispose
    heard.clear()
    dispose()
    dispose()
    row.happen(app, window)
    assert heard == []


@pytest.mark.parametrize("register", ["handle", "handle_once"])
@pytest.mark.parametrize("scope", ["window", "global"])
def test_of_the_kernels_handlers(app: App, window: Window, register: str, scope: str) -> None:
    ipc = window.ipc if scope == "window" else app.ipc
    dispose = getattr(ipc, register)("global", lambda _event: "answered")
    ask = "jupyterwin.ipcRenderer.invoke('global')"
    if register == "handle":
        assert window.eval(ask, world="preload").result(DEADLINE) == "answered"
    dispose()
    dispose()
    error = window.eval(ask, world="preload").exception(DEADLINE)
    assert isinstance(error, NoHandler | RemoteError)
    assert "was removed" in str(error)


@pytest.mark.parametrize("name", ["on", "addListener", "once"])
def test_of_the_preloads_listeners(window: Window, name: str) -> None:
    window.eval(f"preload.listen({name!r})").result(DEADLINE)
    window.send("from kernel")
    counted = f"preload.counted({name!r})"
    turn = "await new Promise(done => setTimeout(done))"
    heard = f"return (async () => {{ while (await {counted} < 1) {turn}; return {counted} }})()"
    assert window.eval(heard).result(DEADLINE)
    if name == "once":
        window.eval("preload.listen('once')").result(DEADLINE)
    window.eval(f"preload.dispose({name!r}); preload.dispose({name!r})").result(DEADLINE)
    before = window.eval(counted).result(DEADLINE)
    after(window)
    assert window.eval(counted).result(DEADLINE) == before


def after(window: Window) -> None:
    """Another message has been delivered in the page, and so has all that was sent before it."""
    window.eval("window.marked = new Promise(resolve => kernel.once('mark', resolve)); 0").result(DEADLINE)
    window.send("from kernel")
    window.send("mark")
    window.eval("marked").result(DEADLINE)


def test_of_a_preloads_handler(window: Window) -> None:
    window.eval("preload.handle()").result(DEADLINE)
    assert window.invoke("asked").result(DEADLINE) == "answered"
    window.eval("preload.dispose('handle')").result(DEADLINE)
    assert isinstance(window.invoke("asked").exception(DEADLINE), NoHandler)


@pytest.mark.parametrize(
    "subscribe", ["kernel.on('from kernel', hear)", "kernel.once('from kernel', hear)", "preload.onTick(hear)"]
)
def test_of_the_page_also_by_a_function_that_a_preload_exposed(window: Window, subscribe: str) -> None:
    window.eval(f"dispose = await {subscribe}; return 0").result(DEADLINE)
    after(window)
    assert window.eval("heard").result(DEADLINE) == 1
    if "once" in subscribe:
        window.eval(f"dispose = await {subscribe}; return 0").result(DEADLINE)
    window.eval("dispose(); dispose()").result(DEADLINE)
    after(window)
    assert window.eval("heard").result(DEADLINE) == 1


def test_of_the_pages_handler(window: Window) -> None:
    window.eval("dispose = kernel.handle('asked', () => 'answered'); 0").result(DEADLINE)
    assert window.invoke("asked").result(DEADLINE) == "answered"
    window.eval("dispose()").result(DEADLINE)
    assert isinstance(window.invoke("asked").exception(DEADLINE), NoHandler)
