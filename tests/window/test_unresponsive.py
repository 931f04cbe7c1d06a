"""Pages that do not answer: told within five seconds, closed all the same; and no false alarm. Real windows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.standing import standing_still

BOUND = 60
SPIN = "setTimeout(() => {{ const end = performance.now() + {}; while (performance.now() < end); }}, 0)"


def alarms(*windows: Window) -> list[str]:
    told: list[str] = []
    for window in windows:
        window.on("unresponsive", lambda name=window.name: told.append(name))
    return told


def test_an_endless_loop_is_told_within_five_seconds_and_the_window_closes(app: App) -> None:
    window, other = open_ready(app, "a"), open_ready(app, "b")
    told = alarms(window, other)
    stuck, closed = window.next("unresponsive"), window.next("closed")
    start = time.monotonic()
    window.eval(SPIN.format("1e9")).result(BOUND)
    stuck.result(BOUND)
    assert time.monotonic() - start < 5 * 5
    assert other.eval("1 + 1").result(BOUND) == 2
    window.close()
    closed.result(BOUND)
    assert told == ["a"]


def test_a_page_that_comes_back_is_told_too(app: App) -> None:
    window = open_ready(app, "a")
    stuck, back = window.next("unresponsive"), window.next("responsive")
    with standing_still(window):
        stuck.result(BOUND)
        assert not back.done()
    back.result(BOUND)


def test_a_stuck_page_that_is_reloaded_answers_again(app: App) -> None:
    window = open_ready(app, "a", html="<title>fresh</title>")
    stuck = window.next("unresponsive")
    window.eval(SPIN.format("1e9")).result(BOUND)
    stuck.result(BOUND)
    assert window.pid is not None
    back = window.next("ready")
    os.kill(window.pid, signal.SIGKILL)
    back.result(BOUND)
    assert window.eval("document.title").result(BOUND) == "fresh"


def test_no_alarm_for_pages_that_are_hidden_stopped_or_starved(app: App) -> None:
    hidden, stopped, starved = open_ready(app, "h", show=False), open_ready(app, "s"), open_ready(app, "l")
    told = alarms(hidden, stopped, starved)
    hidden.eval(SPIN.format("6000")).result(BOUND)
    spinners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    try:
        assert stopped.pid is not None
        os.kill(stopped.pid, signal.SIGSTOP)  # what a debugger does
        # The page that spins says when it is over: six seconds, in which a beat would have found it twice.
        assert hidden.eval("'it answers'", timeout=BOUND).result(BOUND) == "it answers"
        os.kill(stopped.pid, signal.SIGCONT)
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()
    assert starved.eval("1", timeout=BOUND).result(BOUND) == 1
    assert told == []
