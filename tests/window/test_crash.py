"""Renderers and hosts that end: what follows is the window's ``on_crash``, others do not notice. Real windows."""

from __future__ import annotations

import io
import os
import signal
import time

import pytest
from PIL import Image

from jupyterwin.errors import HostGone
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from jupyterwin.main.window.crash import MOST
from support.real_app import all_heard, open_ready
from support.screen import becomes

BOUND = 30
YELLOW = "<title>yellow</title><body style='background:#ffcc00'>"


def hold_host(app: App) -> None:
    """It does nothing more of what it is told."""
    os.kill(app.host.process.outer_pid(app.host.ready.result(BOUND).pid), signal.SIGSTOP)


def kill_renderer(window: Window) -> float:
    """Kill it; when that was."""
    assert window.pid is not None
    os.kill(window.pid, signal.SIGKILL)
    return time.monotonic()


def test_a_page_comes_back_by_itself_and_its_neighbour_does_not_notice(app: App) -> None:
    window = open_ready(app, "a", html=YELLOW, expose={"ping": lambda: "pong"})
    other = open_ready(app, "b", html="<script>var mark = 'still here'</script>")
    before, gone, back = window.pid, window.next("render-process-gone"), window.next("ready")
    start = kill_renderer(window)
    assert gone.result(BOUND)[0] == "killed"
    assert time.monotonic() - start < 5 * 1
    back.result(BOUND)
    assert window.eval("kernel.ping()").result(BOUND) == "pong"
    assert window.pid != before
    assert other.eval("document.title + (typeof mark)").result(BOUND) == "string"


def test_a_page_that_crashes_again_and_again_says_so_and_reload_brings_it_back(app: App) -> None:
    window = open_ready(app, "a", html=YELLOW)
    for _ in range(MOST):
        back = window.next("ready")
        kill_renderer(window)
        back.result(BOUND)
    all_heard(window)
    shown = window.next("did-finish-load")
    kill_renderer(window)
    shown.result(BOUND)
    assert window.status == "crashed"
    until = time.monotonic() + BOUND
    while colour(window) == (0xFF, 0xCC, 0):  # a busy machine paints late
        assert time.monotonic() < until, "it still shows the page that crashed"
    assert window.reload().result(BOUND) is None
    window.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))").result(BOUND)
    assert colour(window) == (0xFF, 0xCC, 0)
    assert window.status == "ready"


def colour(window: Window) -> tuple[int, ...]:
    picture = Image.open(io.BytesIO(window.capture().result(BOUND).png)).convert("RGB")
    return picture.getpixel((picture.width - 5, picture.height - 5))


@pytest.mark.parametrize("on_crash", ["close", "show-error"])
def test_a_window_does_on_a_crash_what_it_was_told(app: App, on_crash: str) -> None:
    window = open_ready(app, "a", on_crash=on_crash)
    all_heard(window)
    follows = window.next("closed" if on_crash == "close" else "did-finish-load")
    gone = window.next("render-process-gone")
    kill_renderer(window)
    gone.result(BOUND)
    follows.result(BOUND)
    assert window.status == ("closed" if on_crash == "close" else "crashed")


def test_windows_come_back_in_place_when_their_host_dies(app: App) -> None:
    window = open_ready(
        app, "a", html="<title>page</title>", expose={"ping": lambda: "pong"}, x=120, y=140, width=500, height=300
    )
    hidden = open_ready(app, "b", show=False)
    still = [window.next(event) for event in ("moved", "resized")]
    window.bounds = {"x": 60, "y": 70, "width": 444, "height": 333}
    for event in still:
        event.result(BOUND)
    assert app.host is not None
    first, asked = app.host, window.eval("new Promise(() => 0)")
    gone, back = window.next("render-process-gone"), [one.next("ready") for one in (window, hidden)]
    start = time.monotonic()
    first.process.kill()
    assert gone.result(BOUND) == ("host-gone", 0)
    assert time.monotonic() - start < 5 * 1
    with pytest.raises(HostGone):
        asked.result(BOUND)
    for event in back:
        event.result(BOUND)
    assert app.host is not first
    assert app.windows["a"] is window
    assert window.eval("kernel.ping()").result(BOUND) == "pong"
    size = window.eval("[innerWidth, innerHeight]").result(BOUND)
    assert (size, hidden.visible) == ([444, 333], False)
    becomes("it is where it was", lambda: window.bounds == {"x": 60, "y": 70, "width": 444, "height": 333})


def test_a_window_comes_back_whose_host_died_while_it_was_made(app: App) -> None:
    open_ready(app, "a")
    hold_host(app)
    window = app.open("b", html=YELLOW)
    closed = window.next("closed")
    back = [one.next("ready") for one in app.windows]
    app.host.process.kill()
    for event in back:
        event.result(BOUND)
    assert window.eval("document.title").result(BOUND) == "yellow"
    assert app.windows["b"] is window
    assert not closed.done()


def test_a_host_that_dies_again_and_again_takes_its_windows(app: App) -> None:
    window = open_ready(app, "a")
    for _ in range(MOST):
        back = window.next("ready")
        app.host.process.kill()
        back.result(BOUND)
    closed = window.next("closed")
    app.host.process.kill()
    closed.result(BOUND)
    assert window.status == "closed"
    assert open_ready(app, "a").status == "ready"


def test_a_window_that_was_told_to_close_does_not_come_back(app: App) -> None:
    window = open_ready(app, "a")
    closed = window.next("closed")
    host = app.host
    hold_host(app)
    window.destroy()
    host.process.kill()
    closed.result(BOUND)
    assert len(app.windows) == 0
