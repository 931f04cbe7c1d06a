"""However a call is given up, its handler sees it and its caller gets one outcome: both directions, a table each."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

import jupyterwin as jw
from jupyterwin.errors import JupyterWinError
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.screen import becomes

DEADLINE = 20


@pytest.fixture
def app(app_of_each_carrier: App) -> App:
    """Native windows, and those under cells."""
    return app_of_each_carrier


# ------------------------------------------------------------ calls of the page

CALLS = """<script>
    const stop = new AbortController(), outcomes = [], pause = () => new Promise(done => setTimeout(done, 20));
    const read = async stream => { for await (const item of stream) await pause(); };
    kernel.on("stop", () => stop.abort());
    kernel.on("call", options => {
        const given = options ?? { signal: stop.signal };
        for (const name of ["function", "coroutine", "future", "generator", "async_generator"]) {
            const made = kernel[name].with(given)();
            (name.endsWith("generator") ? read(made) : made)
                .then(() => "a value", error => error.code)
                .then(code => { outcomes.push([name, code]); kernel.send("outcome", name, code); });
        }
    });
</script>"""


class Handlers:
    """One of each kind; `begun` and `seen` say what became of them."""

    def __init__(self) -> None:
        self.begun: SimpleQueue[str] = SimpleQueue()
        self.seen: SimpleQueue[str] = SimpleQueue()

    def function(self, event: jw.IpcEvent) -> None:
        self.begun.put("function")
        while not event.cancelled:
            time.sleep(0.005)
        self.seen.put("function")

    async def coroutine(self) -> None:
        self.begun.put("coroutine")
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            self.seen.put("coroutine")
            raise

    def future(self) -> concurrent.futures.Future[None]:
        future: concurrent.futures.Future[None] = concurrent.futures.Future()
        future.add_done_callback(lambda done: self.seen.put("future") if done.cancelled() else None)
        self.begun.put("future")
        return future

    def generator(self) -> Iterator[int]:
        self.begun.put("generator")
        try:
            while True:
                yield 1
        except GeneratorExit:
            self.seen.put("generator")
            raise

    async def async_generator(self) -> AsyncIterator[int]:
        self.begun.put("async_generator")
        try:
            while True:
                yield 1
        finally:
            self.seen.put("async_generator")

    @property
    def all(self) -> list[Callable[..., Any]]:
        return [self.function, self.coroutine, self.future, self.generator, self.async_generator]


NAMES = sorted(["function", "coroutine", "future", "generator", "async_generator"])
ENDS: dict[str, tuple[dict[str, int] | None, Callable[[Window], object], str | None]] = {
    "its AbortSignal": (None, lambda window: window.send("stop"), "cancelled"),
    "its timeout": ({"timeout": 3000}, lambda _window: None, "deadline"),
    "the window is closed": (None, lambda window: window.destroy(), None),
    "the window is reloaded": (None, lambda window: window.reload(), None),
    "the page reloads itself": (None, lambda window: window.eval("location.reload()").cancel(), None),
}


def all_of(queue: SimpleQueue[str]) -> list[str]:
    return sorted(queue.get(timeout=DEADLINE) for _ in NAMES)


@pytest.mark.parametrize(("options", "end", "code"), ENDS.values(), ids=ENDS)
def test_a_call_of_the_page_is_given_up(
    app: App, options: dict[str, int] | None, end: Callable[[Window], object], code: str | None
) -> None:
    handlers, outcomes = Handlers(), SimpleQueue[tuple[str, str]]()
    window = open_ready(app, "a", html=CALLS, expose=handlers.all)
    window.ipc.on("outcome", lambda _event, *outcome: outcomes.put(outcome))
    window.send("call", options)
    assert all_of(handlers.begun) == NAMES
    document = window._document
    end(window)
    assert all_of(handlers.seen) == NAMES
    if code is not None:
        told = sorted(outcomes.get(timeout=DEADLINE) for _ in NAMES)
        assert told == [(name, code) for name in NAMES]
        assert sorted(map(tuple, window.eval("outcomes").result(DEADLINE))) == told
    becomes("none of them is left", lambda: len(document.running) == 0)
    assert handlers.begun.empty()
    assert handlers.seen.empty()
    assert [str(entry) for entry in window.log if entry.level == "error"] == []


# ------------------------------------------------------------ calls of the kernel

PRELOAD = """
const { ipcRenderer } = jupyterwin;
ipcRenderer.handle("wait", event => new Promise(done => {
    event.signal.addEventListener("abort", () => { ipcRenderer.send("seen"); done("too late"); });
    ipcRenderer.send("begun");
}));
"""
ASKS: dict[str, tuple[float, Callable[[Window, jw.Pending[Any]], object], str, bool]] = {
    "its timeout": (3, lambda _window, _asked: None, "deadline", True),
    "its Pending is cancelled": (60, lambda _window, asked: asked.cancel(), "cancelled", True),
    "the window is closed": (60, lambda window, _asked: window.destroy(), "window-gone", False),
    "the window is reloaded": (60, lambda window, _asked: window.reload(), "window-gone", False),
}


@pytest.mark.parametrize(("timeout", "end", "code", "page_lives"), ASKS.values(), ids=ASKS)
def test_a_call_of_the_kernel_is_given_up(
    app: App,
    tmp_path: Path,
    timeout: float,
    end: Callable[[Window, jw.Pending[Any]], object],
    code: str,
    page_lives: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(PRELOAD)
    begun, seen, outcomes = threading.Event(), threading.Event(), SimpleQueue[str]()
    window = open_ready(app, "a", html="<p>", preload=preload)
    window.ipc.on("begun", lambda _event: begun.set())
    window.ipc.on("seen", lambda _event: seen.set())
    asked = window.invoke("wait", timeout=timeout)
    asked.add_done_callback(lambda done: outcomes.put(outcome(done)))
    assert begun.wait(DEADLINE)
    end(window, asked)
    assert outcome(asked) == code
    if page_lives:
        assert seen.wait(DEADLINE), "the page's handler sees its signal abort"
        assert window.eval("1").result(DEADLINE) == 1  # its late answer has come before
    assert outcomes.get(timeout=DEADLINE) == code  # told after who waits for it has gone on
    assert outcomes.empty()


def outcome(asked: jw.Pending[Any]) -> str:
    error = asked.exception(DEADLINE)
    return error.code if isinstance(error, JupyterWinError) else repr(error)
