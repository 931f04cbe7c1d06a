"""Who waits while a window's queue is full: worker threads in line, others as long as they said, and nobody who reads."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest

from jupyterwin.errors import Overflow, TooLarge
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire.session import FRAME_LIMIT, LIMIT, WINDOW
from support.sleeping import asleep

BIG = bytes(4 << 20)


@pytest.fixture
def window(app: HeadlessApp) -> Window:
    return app.open("w", expose={"ping": lambda: "pong"})


@pytest.fixture
def page(app: HeadlessApp, window: Window) -> Page:
    page = app.page(window)
    page.call("ping")
    return page


def fill(window: Window) -> int:
    """Send until no more may wait; how many messages that were."""
    sent = 0
    for size in (len(BIG), 64 << 10, 1 << 10, 1):
        while window.traffic.waiting < LIMIT + 2 * WINDOW:
            try:
                window.send("fill", bytes(size))
            except Overflow:
                break
            sent += 1
    return sent


class Sender:
    """A worker thread that sends, and what became of it."""

    def __init__(self, window: Window, *args: Any, **how: Any) -> None:
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._send, args=(window, args, how), daemon=True)
        self._thread.start()

    def _send(self, window: Window, args: tuple[Any, ...], how: dict[str, Any]) -> None:
        try:
            window.send(*args, **how)
        except Exception as error:  # noqa: BLE001 -- looked at by the test
            self.error = error

    @property
    def waits(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive()


def in_line(window: Window, count: int) -> None:
    """Wait until so many senders wait for room."""
    end = time.monotonic() + DEADLINE
    while len(window._document._connection._line) < count:
        assert time.monotonic() < end
        time.sleep(0.005)


def sent(page: Page, channel: str) -> list[Any]:
    return [args[0] for name, args in page.received if name == channel]


# ------------------------------------------------------------ waiting for room


def test_the_main_thread_gets_overflow_at_once(window: Window, page: Page) -> None:
    with asleep(page):
        fill(window)
        with pytest.raises(Overflow, match="queue is full"):
            window.send("x", 1)
    window.drained().result(DEADLINE)
    window.send("x", 2)


def test_the_main_thread_waits_as_long_as_it_said(window: Window, page: Page) -> None:
    with asleep(page):
        fill(window)
        with pytest.raises(Overflow, match=r"full for 0\.05 s"):
            window.send("x", 1, timeout=0.05)
    window.drained().result(DEADLINE)
    assert sent(page, "x") == []


def test_the_main_thread_goes_on_when_there_is_room(window: Window, page: Page) -> None:
    with ExitStack() as stack:
        stack.enter_context(asleep(page))
        fill(window)
        waker = threading.Thread(target=lambda: (in_line(window, 1), stack.close()))
        waker.start()
        window.send("x", 2, timeout=DEADLINE)
        waker.join(DEADLINE)
    window.drained().result(DEADLINE)
    assert sent(page, "x") == [2]


def test_handlers_of_the_main_thread_run_while_it_waits_for_room(window: Window, page: Page) -> None:
    """A page may well wait for one of them before it takes anything more."""
    with ExitStack() as stack:
        stack.enter_context(asleep(page))
        window.ipc.handle("main", lambda _event: stack.close(), thread="main")
        fill(window)
        page.invoke("main")
        window.send("x", 1, timeout=DEADLINE)
    window.drained().result(DEADLINE)
    assert sent(page, "x") == [1]


def test_worker_threads_wait_in_line_and_nothing_is_lost(window: Window, page: Page) -> None:
    with asleep(page):
        filled = fill(window)
        senders = []
        for n in range(8):
            senders.append(Sender(window, "x", n, BIG))
            in_line(window, n + 1)
        with pytest.raises(Overflow, match="8 wait for room"):
            window.send("x", "main")
        assert all(sender.waits for sender in senders)
    for sender in senders:
        sender.join()
        assert sender.error is None
    window.drained().result(DEADLINE)
    assert sent(page, "x") == list(range(8))
    assert len(sent(page, "fill")) == filled
    assert window.traffic.waiting == 0


def test_a_worker_that_said_how_long_gets_overflow_then_and_its_message_is_not_sent(window: Window, page: Page) -> None:
    with asleep(page):
        fill(window)
        waits = Sender(window, "x", 1, timeout=0.05)
        waits.join()
        assert isinstance(waits.error, Overflow)
        in_line(window, 0)
    window.drained().result(DEADLINE)
    assert sent(page, "x") == []


def test_who_waits_for_room_ends_with_the_page(app: HeadlessApp, window: Window, page: Page) -> None:
    with asleep(page):
        fill(window)
        sender = Sender(window, "x", 1)
        in_line(window, 1)
        window.destroy().result(DEADLINE)
        sender.join()
    assert sender.error is None, "a closed window never ends a cell"
    assert window.dropped == window.traffic.dropped == 1


def test_a_message_that_no_queue_takes_is_refused_and_not_waited_for(window: Window, page: Page) -> None:
    sender = Sender(window, "x", bytes(FRAME_LIMIT + 1))
    sender.join()
    assert isinstance(sender.error, TooLarge)


def test_the_handlers_loop_gets_overflow_at_once(window: Window, page: Page) -> None:
    ended: Pending[str] = Pending("the handler")

    async def send(event: IpcEvent) -> None:
        await asyncio.sleep(0)
        try:
            event.window.send("x", BIG)
        except Overflow as error:
            ended.settle(str(error))
        else:
            ended.settle("sent")

    window.ipc.on("send", send)
    with asleep(page):
        fill(window)
        page.send("send")
        assert "queue is full" in ended.result(DEADLINE)


def test_senders_that_wait_hold_up_no_reading(app: HeadlessApp, window: Window, page: Page) -> None:
    """Handlers that wait for room hold threads of their window; every other one is served."""
    window.ipc.handle("push", lambda event: event.window.send("x", BIG), concurrent=True)
    other = app.open("other", expose={"ping": lambda: "pong"})
    with asleep(page):
        fill(window)
        calls = [page.invoke("push") for _ in range(30)]
        in_line(window, 16)
        assert app.page(other).call("ping") == "pong"
    for call in calls:
        call.result(DEADLINE)
    window.drained().result(DEADLINE)
