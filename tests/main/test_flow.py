"""How a window's messages go: policies, counters, and waiting until the page has taken all."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from jupyterwin.errors import Closed, UsageError, WindowClosed
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire.frames import Send
from jupyterwin.wire.session import LATEST_AHEAD
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


def sent(page: Page, channel: str) -> list[Any]:
    return [args[0] for name, args in page.received if name == channel]


# ------------------------------------------------------------ latest


@pytest.fixture
def missed(page: Page) -> list[tuple[str, int]]:
    """Channel and `missed` of each message that the page gets."""
    heard: list[tuple[str, int]] = []
    take = page._take

    def look(frame: Any, buffers: Any) -> None:
        if isinstance(frame, Send):
            heard.append((frame.channel, frame.missed))
        take(frame, buffers)

    page._take = look  # type: ignore[method-assign]
    return heard


def test_a_page_that_sleeps_gets_the_newest_and_is_told_how_many_it_missed(
    window: Window, page: Page, missed: list[tuple[str, int]]
) -> None:
    with asleep(page):
        for n in range(1000):
            window.send("price", n, policy="latest")
    window.drained().result(DEADLINE)
    assert sent(page, "price") == [*range(LATEST_AHEAD), 999]
    assert sum(count for _, count in missed) == 999 - LATEST_AHEAD
    assert window.traffic.conflated == 999 - LATEST_AHEAD
    assert window.traffic.sent == 1000


def test_what_arrives_keeps_the_order_in_which_it_was_sent(window: Window, page: Page) -> None:
    with asleep(page):
        window.send("all", BIG)  # as much as may be under way: from here on all waits
        for n in range(300):
            window.send("price", n, policy="latest")
            window.send("volume", n, policy="latest")
            window.send("trade", n)
    window.drained().result(DEADLINE)
    numbers = [args[0] for name, args in page.received if name != "all"]
    assert numbers == sorted(numbers)
    assert sent(page, "trade") == list(range(300))
    assert sent(page, "price")[-1] == sent(page, "volume")[-1] == 299
    assert len(sent(page, "price")) < 10


def test_a_lossless_message_of_the_same_channel_is_never_replaced(window: Window, page: Page) -> None:
    with asleep(page):
        window.send("all", BIG)
        window.send("x", "lossless")
        window.send("x", "latest", policy="latest")
        window.send("x", "newest", policy="latest")
    window.drained().result(DEADLINE)
    assert sent(page, "x") == ["lossless", "newest"]


def test_a_listener_is_told_how_many_the_page_left_out(app: HeadlessApp, window: Window, page: Page) -> None:
    heard: list[int] = []
    window.ipc.on("n", lambda event: heard.append(event.missed))
    page.push(Send("n", [], missed=41))
    page.push(Send("n", []))
    page.call("ping")
    page.wait_for(lambda: True)
    end = time.monotonic() + DEADLINE
    while len(heard) < 2:
        assert time.monotonic() < end
        time.sleep(0.005)
    assert heard == [41, 0]
    assert window.traffic.missed == 41


def test_a_policy_that_is_none_is_refused(window: Window) -> None:
    with pytest.raises(UsageError, match=r"policy.*lossless.*latest"):
        window.send("x", policy="newest")  # type: ignore[arg-type]  # that is the point
    for timeout in (0, -1, float("nan"), "1", True):
        with pytest.raises(UsageError, match="timeout"):
            window.send("x", timeout=timeout)  # type: ignore[arg-type]  # that is the point


# ------------------------------------------------------------ drained, and the counters


def test_drained_ends_when_the_page_has_taken_all_that_was_sent(window: Window, page: Page) -> None:
    window.drained().result(DEADLINE)
    with asleep(page):
        window.send("x", 1)
        first = window.drained()
        window.send("all", BIG)
        window.send("x", 2)
        second = window.drained()
        assert not first.done()
    first.result(DEADLINE)
    second.result(DEADLINE)
    assert sent(page, "x") == [1, 2]


def test_drained_does_not_wait_for_what_is_sent_later(window: Window, page: Page) -> None:
    with asleep(page):
        window.send("all", BIG)
        window.send("x", 1, policy="latest")
        first = window.drained()
        for n in range(2, 5):
            window.send("x", n, policy="latest")
    assert asyncio.run(_awaited(first)) is None
    window.drained().result(DEADLINE)
    assert sent(page, "x") == [4]


async def _awaited(pending: Pending[None]) -> None:
    return await pending


@pytest.mark.parametrize("end", ["close", "reload", "host"])
def test_drained_ends_with_the_page(app: HeadlessApp, window: Window, page: Page, end: str) -> None:
    with asleep(page):
        window.send("x", 1)
        pending = window.drained()
        if end == "close":
            window.destroy().result(DEADLINE)
        elif end == "reload":
            window.reload().result(DEADLINE)
        else:
            app.hosts[0].kill()
        with pytest.raises((WindowClosed, Closed) if end != "host" else Exception) as caught:
            pending.result(DEADLINE)
    assert caught.value.code == {"host": "host-gone"}.get(end, "window-gone")


def test_drained_before_the_page_is_there_waits_for_it() -> None:
    with HeadlessApp(connect=False) as app:
        window = app.open("w")
        window.send("x", 1)
        pending = window.drained()
        assert not pending.done()
        end = time.monotonic() + DEADLINE
        while not app.hosts[0].commands:
            assert time.monotonic() < end
        page = app.hosts[0].connect_page(window.id)
        pending.result(DEADLINE)
        assert sent(page, "x") == [1]


def test_drained_of_a_closed_window_fails(window: Window) -> None:
    closed = window.next("closed")
    window.destroy()
    closed.result(DEADLINE)
    with pytest.raises(WindowClosed):
        window.drained().result(DEADLINE)


def test_the_counters_count(window: Window, page: Page) -> None:
    before = window.traffic.received
    page.handle("echo", lambda value: value)
    window.invoke("echo", 1).result(DEADLINE)
    page.call("ping")
    page.send("unheard")
    page.call("ping")
    assert window.traffic.sent == 1
    assert window.traffic.received == before + 3
    with asleep(page):
        window.send("x", BIG)
        assert window.traffic.waiting > len(BIG)
    window.drained().result(DEADLINE)
    assert window.traffic.waiting == 0
    assert "waiting" in repr(window.traffic)
    assert "<table>" in window.traffic._repr_html_()
