"""How far handlers are, in real windows: the slim bar, what a page makes of it, tqdm, and the end."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from tqdm.auto import tqdm

from jupyterwin import IpcEvent
from jupyterwin.main.app import App
from support.panels import until
from support.real_app import open_ready

SECONDS = 20


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


BAR = "document.querySelector('html > [role=progressbar]')"


@pytest.mark.parametrize("ends", ["returns", "raises", "is cancelled"])
def test_a_handler_that_says_how_far_it_is_has_a_slim_bar_until_it_ends(app: App, ends: str) -> None:
    go = threading.Event()

    def work(event: IpcEvent) -> str:
        for n in range(1000):
            event.progress(n, 1000, "counting")
        event.progress(250, 1000, "counting")
        go.wait(SECONDS)
        if ends == "raises":
            raise ValueError("no")
        return "done"

    window = open_ready(app, "bar", html="<p>", expose=[work])
    called = window.eval(
        "abort = new AbortController(); void kernel.work.with({signal: abort.signal})().catch(() => 0)"
    )
    called.result(SECONDS)
    until(window, f"{BAR}?.ariaValueNow === '25' && {BAR}.ariaLabel === 'counting'")
    if ends == "is cancelled":
        window.eval("abort.abort()").result(SECONDS)
    else:
        go.set()
    until(window, f"{BAR} === null")
    go.set()


def test_a_page_hears_of_it_instead_and_bars_of_tqdm_too(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # no thread of tqdm's own
    go, more = threading.Event(), threading.Event()

    def other(event: IpcEvent) -> None:
        event.progress(1)
        more.wait(SECONDS)

    def work() -> int:
        for n in tqdm(range(4), desc="rows"):
            if n == 2:
                go.wait(SECONDS)
        return 4

    page = "<script>heard = []; kernel.progress.subscribe((jobs) => heard.push(jobs))</script>"
    window = open_ready(app, "heard", html=page, expose=[work, other])
    until(window, "heard.length === 1")
    answer: Any = window.eval("kernel.work()", timeout=SECONDS)
    until(window, "heard.at(-1)[0]?.total === 4 && heard.at(-1)[0].text === 'rows'")
    assert window.eval(f"{BAR} === null").result(SECONDS)
    go.set()
    assert answer.result(SECONDS) == 4
    until(window, "heard.at(-1).length === 0")
    window.eval("void kernel.other()").result(SECONDS)
    until(window, "heard.at(-1)[0]?.total === null")
    more.set()
    until(window, "heard.at(-1).length === 0")
