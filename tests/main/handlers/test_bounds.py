"""What a page may use up: threads, queues, memory, log. It is bounded, it costs that page alone, and it recovers."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jupyterwin.errors import NoHandler, NotGranted, Overflow, PeerError, WindowClosed
from jupyterwin.main.document import Document
from jupyterwin.main.handlers import running
from jupyterwin.main.handlers.running import MOST_QUEUED
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire.frames import Credit
from jupyterwin.wire.session import FRAME_LIMIT, WINDOW_FRAMES
from support.sleeping import asleep


def until(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.01)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """What blocked handlers of a test wait for; set at its end in any case."""
    event = threading.Event()
    yield event
    event.set()


def document(window: Window) -> Document:
    return window._document


def test_streams_that_nobody_reads_hold_no_thread(app: HeadlessApp) -> None:
    def ticks() -> Iterator[int]:
        yield from range(10)

    window = app.open("a", expose={"ticks": ticks, "ping": lambda: "pong"})
    page = app.page(window)
    streams = [page.invoke("ticks", stream=True) for _ in range(200)]
    assert page.call("ping") == "pong"
    for stream in streams:
        page.credit(stream, 100)
    for stream in streams:
        stream.result(DEADLINE)
        assert page.items[stream.number] == list(range(10))


def test_a_stream_whose_page_has_left_before_it_was_told_so_is_no_error(app: HeadlessApp) -> None:
    """The link to the page closes first, what runs for it is cancelled after: an item between the two goes nowhere."""
    ended = threading.Event()

    def leave() -> None:
        document(window)._connection.close(WindowClosed("the page was left"))

    async def ticks() -> AsyncIterator[int]:
        try:
            leave()
            yield 1
        finally:
            ended.set()

    window = app.open("a", expose=[ticks])
    page = app.page(window)
    page.credit(page.invoke("ticks", stream=True), 10)
    assert ended.wait(DEADLINE)
    until(lambda: len(document(window).running) == 0)
    assert [line.level for line in window.log] == ["warning"]


def test_streams_of_a_page_that_left_are_closed(app: HeadlessApp) -> None:
    closed = threading.Semaphore(0)

    def ticks() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.release()

    window = app.open("a", expose=[ticks])
    page = app.page(window)
    for _ in range(50):
        page.credit(page.invoke("ticks", stream=True), 1)
    page.wait_for(lambda: len(page.items) == 50)
    page.leave()
    for _ in range(50):
        assert closed.acquire(timeout=DEADLINE)


def test_one_windows_blocked_handlers_leave_threads_to_the_others(app: HeadlessApp, release: threading.Event) -> None:
    greedy, other = app.open("a"), app.open("b", expose={"ping": lambda: "pong"})
    greedy.ipc.handle("block", lambda _event: release.wait(DEADLINE), concurrent=True)
    page = app.page(greedy)
    calls = [page.invoke("block") for _ in range(200)]
    assert app.page(other).call("ping") == "pong"
    app.open("c").ready().result(DEADLINE)  # what keeps windows going finds a thread too
    release.set()
    assert all(call.result(DEADLINE) for call in calls)


def test_answers_arrive_while_every_thread_waits_for_one(app: HeadlessApp) -> None:
    windows = [app.open(f"{n}") for n in range(6)]
    calls = []
    for window in windows:
        window.ipc.handle("ask", lambda event: event.window.invoke("question").result(DEADLINE), concurrent=True)
        page = app.page(window)
        page.handle("question", lambda: "answer")
        calls += [page.invoke("ask") for _ in range(20)]
    assert [call.result(DEADLINE) for call in calls] == ["answer"] * len(calls)


def test_a_callback_of_the_users_does_not_stop_the_reading(app: HeadlessApp, release: threading.Event) -> None:
    window, other = app.open("a"), app.open("b", expose={"ping": lambda: "pong"})
    asked, called = threading.Event(), threading.Event()
    app.page(window).handle("question", lambda: asked.wait(DEADLINE))
    pending = window.invoke("question")
    pending.add_done_callback(lambda _done: (called.set(), release.wait(DEADLINE)))
    asked.set()
    assert called.wait(DEADLINE)
    assert app.page(other).call("ping") == "pong"


def test_more_calls_than_a_slow_handler_can_take_wait_in_the_page(app: HeadlessApp, release: threading.Event) -> None:
    got: list[int] = []

    def slow(n: int) -> None:
        release.wait(DEADLINE)
        got.append(n)

    window, other = app.open("a", expose=[slow]), app.open("b", expose={"ping": lambda: "pong"})
    page = app.page(window)
    for n in range(3 * WINDOW_FRAMES):
        page.invoke("slow", n)
    app.page(other).call("ping")
    time.sleep(0.3)
    assert document(window).running.queued <= MOST_QUEUED + WINDOW_FRAMES + 1
    release.set()
    until(lambda: len(got) == 3 * WINDOW_FRAMES)
    assert got == list(range(3 * WINDOW_FRAMES))


def test_more_messages_than_a_slow_listener_can_take_wait_in_the_page(
    app: HeadlessApp, release: threading.Event
) -> None:
    got: list[int] = []
    window = app.open("a")
    window.ipc.on("n", lambda _event, n: (release.wait(DEADLINE), got.append(n)))
    page = app.page(window)
    for n in range(3 * WINDOW_FRAMES):
        page.send("n", n)
    time.sleep(0.3)
    assert document(window).running.queued <= MOST_QUEUED + WINDOW_FRAMES + 1
    release.set()
    until(lambda: len(got) == 3 * WINDOW_FRAMES)
    assert got == list(range(3 * WINDOW_FRAMES))


def test_a_page_that_does_not_wait_is_cut_off(app: HeadlessApp, release: threading.Event) -> None:
    window, other = app.open("a"), app.open("b", expose={"ping": lambda: "pong"})
    window.ipc.on("n", lambda _event: release.wait(DEADLINE))
    page = app.page(window)
    until(lambda: window.status == "ready")
    page.receive = lambda _message: None  # type: ignore[method-assign]  # whatever it is told
    tiny = b",".join([b'{"op":"send","channel":"n","args":[]}'] * 1000)
    for n in range(20):
        page.push_raw(b'{"seq":%d,"ack":0,"frames":[%s]}' % (2 + 1000 * n, tiny))
    page.wait_for(lambda: page.closed)
    assert "more came than may be under way" in window.log
    assert app.page(other).call("ping") == "pong"


def test_calls_that_never_end_are_bounded(app: HeadlessApp, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 500  # the real bound's ten thousand streams take seconds to close on a busy machine
    monkeypatch.setattr(running, "MOST_RUNNING", most)

    def ticks() -> Iterator[int]:
        yield 1

    window = app.open("a", expose={"ticks": ticks, "ping": lambda: "pong"})
    page = app.page(window)
    calls = [page.invoke("ticks", stream=True) for _ in range(most)]
    with pytest.raises(Overflow, match="have not ended"):
        page.invoke("ticks", stream=True).result(3 * DEADLINE)
    page.cancel(calls[0])
    assert page.call("ping") == "pong"
    page.leave()


@pytest.mark.parametrize("count", [0, -1, 2**40])
def test_credit_that_no_reader_gives_cuts_the_page_off(app: HeadlessApp, count: int) -> None:
    window = app.open("a")
    page = app.page(window)
    page.push(Credit(1, count))
    page.wait_for(lambda: page.closed)
    with pytest.raises(PeerError):
        window.invoke("x").result(DEADLINE)


def test_what_a_page_calls_a_channel_is_shown_in_part(app: HeadlessApp) -> None:
    app.ipc.handle("y" * 1_000_000, lambda _event: 1)
    window = app.open("a")
    page = app.page(window)
    for name, error in (("x" * 1_000_000, NoHandler), ("y" * 1_000_000, NotGranted)):
        with pytest.raises(error) as caught:
            page.call(name)
        assert len(str(caught.value)) < 2000
        page.send(name)
    window.ipc.handle("sync", lambda _event: 1)
    page.call("sync")
    assert max(len(str(entry)) for entry in window.log) < 2000


def test_the_log_is_bounded_in_characters(app: HeadlessApp) -> None:
    window = app.open("a")
    for n in range(3000):
        window.log.add("error", f"{n} " + "x" * 100_000, "page.js")
    assert sum(len(entry.message) for entry in window.log) < 10_000_000
    assert max(len(entry.message) for entry in window.log) < 50_000
    assert window.log[-1].message.startswith("2999 ")
    assert window.log.dropped + len(window.log) >= 3000


def test_what_is_sent_is_what_was_there_at_the_call(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    window.ready().result(DEADLINE)
    frame = np.zeros(1_000_000)
    with asleep(page):
        for n in range(4):
            frame[:] = n
            window.send("frame", frame)
        frame[:] = -1
    page.wait_for(lambda: len(page.received) == 4)
    assert [set(args[0].tolist()) for _, args in page.received] == [{0.0}, {1.0}, {2.0}, {3.0}]


def test_a_slow_host_loses_nothing_of_many_large_messages(app: HeadlessApp) -> None:
    windows = [app.open(f"{n}", expose={"ping": lambda: "pong"}) for n in range(6)]
    pages: list[Page] = [app.page(window) for window in windows]
    go_on, blocked = threading.Event(), threading.Event()
    receive = pages[0].receive

    def slow(message: Any) -> None:
        blocked.set()
        go_on.wait(DEADLINE)
        receive(message)

    pages[0].receive = slow  # type: ignore[method-assign]
    windows[0].send("x")
    assert blocked.wait(DEADLINE)
    for window in windows:
        window.send("large", bytes(20_000_000))
        window.send("small")
    calls = [page.invoke("ping") for page in pages]
    go_on.set()
    for page, call in zip(pages, calls, strict=True):
        page.wait_for(lambda page=page: [name for name, _ in page.received][-2:] == ["large", "small"])  # type: ignore[misc]
        assert call.result(DEADLINE) == "pong"


def test_a_message_too_large_for_any_carrier_is_refused(app: HeadlessApp) -> None:
    window = app.open("a", expose={"ping": lambda: "pong", "large": lambda: bytes(FRAME_LIMIT)})
    page = app.page(window)
    with pytest.raises(Overflow, match="send it in parts"):
        window.send("x", bytes(FRAME_LIMIT))
    with pytest.raises(Overflow, match="send it in parts"):
        window.invoke("x", bytes(FRAME_LIMIT))
    with pytest.raises(Overflow, match="send it in parts"):
        page.call("large")
    with pytest.raises(Overflow):
        window.eval("x" * 300_000_000)
    assert page.call("ping") == "pong"
    assert not document(window)._calls


def test_a_file_too_large_is_refused_unread(app: HeadlessApp, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>")
    with (tmp_path / "large.bin").open("wb") as file:
        file.truncate(300_000_000)
    window = app.open("a", path=tmp_path)
    served = window.serve_file("large.bin")
    assert served.status != 200
    assert not served.body
    assert "too large" in served.message


def test_events_carry_whether_they_were_cancelled(app: HeadlessApp, release: threading.Event) -> None:
    window = app.open("a", expose={"ping": lambda: "pong"})
    seen: list[IpcEvent] = []
    window.ipc.handle("x", lambda event: (seen.append(event), release.wait(DEADLINE)), concurrent=True)
    page = app.page(window)
    for count in (1, 2):
        call = page.invoke("x")
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
    page.cancel(call)
    page.call("ping")
    assert [event.cancelled for event in seen] == [False, True]
