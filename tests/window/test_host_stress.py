"""The window host under stress: commands in every wrong moment. Each is answered once, and the host lives on."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from jupyterwin.errors import Cancelled, JupyterWinError, WindowClosed
from jupyterwin.main.app import App
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.screen import Screen, becomes

RED = "<body style='background:#c00;margin:0'><p style='color:#fff'>red"


def ended(pending: Pending[Any]) -> str:
    """How it ended: ``value`` or the name of its error."""
    try:
        pending.result(20)
    except JupyterWinError as error:
        return type(error).__name__
    return "value"


def colour(window: Window) -> tuple[int, ...]:
    """The colour of a corner of the window's picture."""
    picture = Image.open(BytesIO(window.capture().result(20).png)).convert("RGB")
    return picture.getpixel((picture.width - 5, picture.height - 5))


def shows(window: Window, expected: tuple[int, ...]) -> bool:
    """Whether a picture shows that colour soon: a busy machine paints late."""
    until = time.monotonic() + 10
    while colour(window) != expected:
        if time.monotonic() > until:
            return False
    return True


def test_a_script_runs_in_the_document_that_was_asked_for_last(app: App) -> None:
    script = "document.title + document.querySelector('p').textContent"
    for n in range(12):
        window = app.open(
            "w",
            html=f"<title>{n}</title><script>let t = performance.now() + 30; while (performance.now() < t);</script><p>!",
        )
        assert window.eval(script).result(20) == f"{n}!"
        if n % 3 == 0:
            window.eval("document.title = 'changed'").result(20)
            window.reload()
            assert window.eval(script).result(20) == f"{n}!"


def test_pictures_come_to_show_the_document_that_was_asked_for_last(app: App) -> None:
    window = app.open("w", html="<body style='background:#0a0'>", width=300, height=200)
    assert shows(window, (0, 170, 0))
    app.open("w", html=RED)
    assert shows(window, (204, 0, 0))


BUSY = "<script>onload = () => setTimeout(() => { for (const end = Date.now() + 1000; Date.now() < end; ); })</script>"


def test_a_picture_waits_for_a_page_that_is_slow_to_paint(app: App) -> None:
    window = open_ready(app, "w", html=RED + BUSY, width=300, height=200)
    assert colour(window) == (204, 0, 0)


def test_a_script_for_a_page_that_is_not_there_is_told_so_at_once(app: App, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<p>text")
    window = open_ready(app, "w", path=tmp_path)
    page.unlink()
    window.reload()
    with pytest.raises(Cancelled, match=r"there is no page to run the script in: .*NOT_FOUND"):
        window.eval("1", timeout=100).result(20)
    page.write_text("<p>back")
    window.reload()
    assert window.eval("document.body.textContent").result(20) == "back"


def test_a_window_shown_while_its_picture_is_taken_stays_shown(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", html="<title>shown</title>", show=False, width=300, height=200)
    pictures = [window.capture(), window.capture()]
    window.show()
    assert [ended(one) for one in pictures] == ["value", "value"]
    screen.window("shown")
    assert ended(window.capture()) == "value"  # what the pictures had still to do is done
    assert screen.windows("shown")


def test_pictures_of_hidden_and_minimised_windows_show_the_page(app: App, screen: Screen) -> None:
    hidden = open_ready(app, "hidden", html=f"<title>hidden</title>{RED}", show=False, width=300, height=200)
    small = open_ready(app, "small", html=RED, width=300, height=200)
    assert shows(small, (204, 0, 0))  # what was never painted has no picture
    small.mode = "minimized"
    together = [hidden.capture() for _ in range(4)]
    assert {ended(one) for one in together} == {"value"}
    assert shows(hidden, (204, 0, 0))
    assert shows(small, (204, 0, 0))
    assert not screen.windows("hidden")
    until = time.monotonic() + 20
    while not hidden.eval("document.hidden").result(20):
        assert time.monotonic() < until, "it is left painting beside the screen"


def test_closing_answers_what_was_asked_before(app: App) -> None:
    for n in range(6):
        window = open_ready(app, f"w{n}", show=n % 2 == 0)
        asked = [
            window.capture(),
            window.eval("new Promise(() => 0)"),
            window.reload(),
            window.eval("1"),
            window.capture(),
        ]
        closing = [window.destroy(), window.close()]
        after = [window.capture(), window.eval("1")]
        with suppress(WindowClosed):  # at once, when it is closed by now
            after.append(window.focus())
        outcomes = [ended(one) for one in asked]
        assert set(outcomes) <= {"value", "WindowClosed", "Cancelled"}
        assert outcomes[1] != "value", "what never comes came"
        assert {ended(one) for one in closing} == {"value"}
        assert {ended(one) for one in after} == {"WindowClosed"}
    assert app.open("last").eval("1 + 1").result(20) == 2
    host = app.host
    assert host is not None
    assert "Traceback" not in host.process.words.text()


def test_closing_while_opening_closes(app: App) -> None:
    windows = [app.open(f"w{n}") for n in range(6)]
    for window in windows:
        window.close()
    for window in windows:
        window.next("closed").result(20)
        assert ended(window.ready()) in {"WindowClosed", "value"}
    assert app.open("last").eval("1 + 1").result(20) == 2


def test_a_window_may_be_opened_again_while_it_closes(app: App) -> None:
    windows: list[Window] = []
    for n in range(5):
        window = app.open("w", html=f"<title>{n}</title>")
        assert window.eval("document.title").result(20) == str(n)
        window.close()
        windows.append(window)
    for window in windows:
        window.next("closed").result(20)
    assert len(app.windows) == 0


def test_a_renderer_that_dies_ends_what_was_asked_of_it(app: App) -> None:
    window, other = open_ready(app, "w", on_crash="show-error"), open_ready(app, "other")
    asked = [window.eval("new Promise(() => 0)"), window.eval("new Promise(() => 0)", world="preload")]
    for world in ("page", "preload"):
        window.eval("1", world=world).result(20)  # those before are under way
    gone = window.next("render-process-gone")
    pid = window.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    picture = window.capture()
    assert {ended(one) for one in asked} == {"Cancelled"}
    gone.result(20)
    assert ended(picture) == "value"
    assert other.eval("1").result(20) == 1
    window.reload()
    assert window.eval("1 + 1").result(20) == 2


def test_developer_tools_may_be_closed_in_any_order(app: App, screen: Screen) -> None:
    for n in range(3):
        window = open_ready(app, f"w{n}", html=f"<title>inspected {n}</title>", debug=True)
        window.devtools().result(20)
        tools = screen.window(f"inspected {n} .developer tools.")
        if n == 1:
            window.title = "another"
            screen.window("another .developer tools.")
        if n == 0:
            tools.destroy()
            becomes("they are gone", lambda: not screen.windows("inspected 0 .developer tools."))
            window.devtools().result(20)
        window.close().result(20)
        window.next("closed").result(20)
    assert app.open("last").eval("1").result(20) == 1


def test_many_windows_open_at_once_and_close(app: App) -> None:
    windows = [app.open(f"w{n}", html=f"<title>{n}</title>", width=200, height=150) for n in range(20)]
    assert [window.eval("document.title", timeout=60).result(60) for window in windows] == [str(n) for n in range(20)]
    for window in windows:
        window.ready().result(20)  # from then on its process is known
    pids = [window.pid for window in windows]
    assert None not in pids
    assert len(set(pids)) == 20, pids
    for window in windows:
        window.close()
    for window in windows:
        window.next("closed").result(30)
    assert len(app.windows) == 0


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_hundred_windows_leave_nothing(app: App) -> None:
    """Descriptors, threads and memory of kernel and host come back; an id is never used twice."""
    ids: set[str] = set()

    def round_trip(n: int) -> None:
        window = open_ready(app, f"w{n}", expose={"ping": lambda: "pong"}, width=300, height=200)
        assert window.id not in ids
        ids.add(window.id)
        assert window.eval("kernel.ping()").result(20) == "pong"
        window.next("closed") if n % 2 else None
        window.close()
        with pytest.raises(WindowClosed):
            window.next("resize").result(20)

    def resources() -> tuple[int, int, int, int]:
        time.sleep(3)
        host = app.host
        assert host is not None
        inner = host.process.outer_pid(2) or host.process.pid
        status = {pid: Path(f"/proc/{pid}/status").read_text() for pid in (os.getpid(), inner)}
        rss = [int(text.partition("VmRSS:")[2].split()[0]) for text in status.values()]
        threads = int(status[os.getpid()].partition("Threads:")[2].split()[0])
        return len(list(Path("/proc/self/fd").iterdir())), threads, rss[0], rss[1]

    for n in range(10):
        round_trip(n)
    before = resources()
    for n in range(10, 110):
        round_trip(n)
    after = resources()
    assert after[0] <= before[0], (before, after)
    assert after[1] <= before[1] + 8, (before, after)
    assert after[2] <= before[2] * 1.05, (before, after)
    assert after[3] <= before[3] * 1.05, (before, after)
