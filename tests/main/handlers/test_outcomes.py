"""How calls end: streams, cancelling, reloads, closed windows, and calls from the kernel to the page."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator

import pytest

from jupyterwin.errors import (
    BadArguments,
    Cancelled,
    DeadlineExceeded,
    PeerError,
    WindowClosed,
)
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire.frames import PROTOCOL, Hello


def quote(symbol: str, days: int = 30, *, currency: str = "USD") -> list[str]:
    return [symbol, str(days), currency]


def test_a_generator_is_a_stream_with_credit(app: HeadlessApp) -> None:
    made = []

    def ticks(count: int) -> Iterator[int]:
        for n in range(count):
            made.append(n)
            yield n

    page = app.page(app.open("a", expose={"ticks": ticks, "sync": lambda: None}))
    call = page.invoke("ticks", 10, stream=True)
    page.credit(call, 3)
    page.wait_for(lambda: len(page.items.get(call.number, [])) == 3)
    page.call("sync")
    assert made == [0, 1, 2]
    page.credit(call, 100)
    call.result(DEADLINE)
    assert page.items[call.number] == list(range(10))


def test_cancelling_a_stream_closes_its_generator(app: HeadlessApp) -> None:
    closed = threading.Event()

    async def ticks() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    page = app.page(app.open("a", expose=[ticks]))
    call = page.invoke("ticks", stream=True)
    page.credit(call, 2)
    page.wait_for(lambda: len(page.items.get(call.number, [])) == 2)
    page.cancel(call)
    assert closed.wait(DEADLINE)


def test_cancel_reaches_the_handler(app: HeadlessApp) -> None:
    seen, started = threading.Event(), threading.Event()

    def work(event: IpcEvent) -> None:
        started.set()
        while not event.cancelled:
            pass
        seen.set()

    page = app.page(app.open("a", expose=[work]))
    call = page.invoke("work")
    assert started.wait(DEADLINE)
    page.cancel(call)
    assert seen.wait(DEADLINE)


def test_closing_the_window_cancels_what_runs_for_it(app: HeadlessApp) -> None:
    cancelled, started = threading.Event(), threading.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    window = app.open("a", expose=[work])
    app.page(window).invoke("work")
    assert started.wait(DEADLINE)
    window.destroy()
    assert cancelled.wait(DEADLINE)


def test_the_kernel_calls_the_page(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    page.handle("selection", lambda scale: [scale, 2 * scale])
    assert window.invoke("selection", 3).result(DEADLINE) == [3, 6]


def test_a_call_to_the_page_ends_when_the_page_reloads(app: HeadlessApp) -> None:
    window = app.open("a")
    page, answer = app.page(window), threading.Event()
    page.handle("never", lambda: answer.wait(DEADLINE))
    pending = window.invoke("never")
    window.reload()
    with pytest.raises(WindowClosed, match="loaded again"):
        pending.result(DEADLINE)
    answer.set()


def test_a_result_timeout_leaves_the_call_alive(app: HeadlessApp) -> None:
    window = app.open("a")
    page, answer = app.page(window), threading.Event()
    page.handle("slow", lambda: (answer.wait(DEADLINE), "late")[1])
    pending = window.invoke("slow")
    with pytest.raises(DeadlineExceeded, match="it goes on"):
        pending.result(0.01)
    answer.set()
    assert pending.result(DEADLINE) == "late"


def test_what_is_sent_before_the_page_is_ready_waits_in_order() -> None:
    with HeadlessApp(connect=False) as app:
        window = app.open("a")
        for n in range(50):
            window.send("n", n)
        page = app.hosts[0].connect_page(window.id)
        page.wait_for(lambda: len(page.received) == 50)
        assert page.received == [("n", [n]) for n in range(50)]


def test_a_malformed_frame_ends_its_document_and_nothing_else(app: HeadlessApp) -> None:
    bad, good = app.open("bad"), app.open("good", expose=[quote])
    page = app.page(bad)
    page.push_raw(b'{"seq": 2, "ack": 0, "frames": [{"op": "exec"}]}')
    page.wait_for(lambda: page.closed)
    pending = bad.invoke("x")
    with pytest.raises(PeerError):
        pending.result(DEADLINE)
    assert app.page(good).call("quote", "MSFT")[0] == "MSFT"
    assert "cut off" in bad.log


@pytest.mark.parametrize(
    ("hello", "said"),
    [
        (Hello(PROTOCOL + 1, first=True), f"speaks protocol {PROTOCOL + 1}, this kernel {PROTOCOL}"),
        (Hello(PROTOCOL, first=False), "the preload did not run before the page's content"),
    ],
    ids=["of another protocol", "after the page's own scripts"],
)
def test_a_document_whose_preload_is_not_as_it_should_be_is_refused(app: HeadlessApp, hello: Hello, said: str) -> None:
    window = app.open("a", expose=[quote])
    page = app.page(window)
    page.push(hello)
    page.wait_for(lambda: page.closed)
    assert said in window.log
    with pytest.raises(PeerError):
        window.invoke("x").result(DEADLINE)


def test_a_cancelled_pending_is_cancelled(app: HeadlessApp) -> None:
    window, answer = app.open("a"), threading.Event()
    app.page(window).handle("never", lambda: answer.wait(DEADLINE))
    pending = window.invoke("never")
    assert pending.cancel()
    with pytest.raises(Cancelled):
        pending.result(DEADLINE)
    answer.set()


def test_a_page_that_never_answers_costs_the_caller_its_deadline(app: HeadlessApp) -> None:
    window, answer = app.open("a"), threading.Event()
    app.page(window).handle("never", lambda: answer.wait(DEADLINE))
    with pytest.raises(DeadlineExceeded, match=r"no answer within 0\.05 s"):
        window.invoke("never", timeout=0.05).result(DEADLINE)
    answer.set()


def test_an_answer_that_cannot_be_read_fails_its_own_call_alone(app: HeadlessApp) -> None:
    window = app.open("a", expose=[quote])
    page = app.page(window)
    page.handle("x", lambda: {(1, 2)})  # a Set of an array, as JavaScript may well have it
    pending = window.invoke("x")
    with pytest.raises(
        BadArguments, match=re.escape("result[0]: a list cannot be a key of a dict or an item of a set")
    ):
        pending.result(DEADLINE)
    assert page.call("quote", "MSFT")[0] == "MSFT"
