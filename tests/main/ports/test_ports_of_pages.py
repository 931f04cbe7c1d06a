"""Message ports between a kernel and its pages, and from page to page."""

from __future__ import annotations

import threading

import msgspec
import pytest

from jupyterwin.errors import WindowClosed
from jupyterwin.main.ports.port import MessagePort
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire.frames import PortClose, PortCredit, PortMessage, Send
from support.ports import Heard, channel, message, of, values, wait_for


def sent_by(app: HeadlessApp, page: Page, number: int) -> MessagePort:
    """The kernel's end of a channel that the page made."""
    got: list[MessagePort] = []
    there = threading.Event()
    page_window = next(window for window in app.windows if window.id == page.window)
    page_window.ipc.once("port", lambda event, _message: (got.extend(event.ports), there.set()))
    page.push(Send("port", [None], ports=[number]))
    assert there.wait(DEADLINE)
    return got[0]


def test_a_page_gets_a_port_and_both_ends_talk(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    mine, yours = channel(app)
    mine.post_message("early")
    window.post_message("port", {"x": 1}, [yours])
    mine.post_message("late")
    wait_for(page, PortMessage, 2)
    (sent,) = of(page, Send)
    assert (sent.channel, sent.args, sent.ports) == ("port", [{"x": 1}], [2])
    assert values(page) == ["early", "late"]
    page.push(message(2, {"$": "date", "v": 0}))
    assert Heard(mine).wait(1)[0].year == 1970


def test_a_page_makes_a_port_and_both_ends_talk(app: HeadlessApp) -> None:
    page = app.page(app.open("a"))
    port = sent_by(app, page, 1)
    page.push(message(1, "early"))
    heard = Heard(port)
    assert heard.wait(1) == ["early"]
    port.post_message(b"abc")
    wait_for(page, PortMessage)
    assert values(page) == [{"$": "buf", "i": 0, "t": "ArrayBuffer"}]


def test_ports_that_nobody_listens_for_are_closed(app: HeadlessApp) -> None:
    page = app.page(app.open("a"))
    page.push(Send("unheard", [], ports=[1, 3]))
    assert sorted(frame.port for frame in wait_for(page, PortClose, 2)) == [1, 3]


def test_what_two_pages_say_to_each_other_is_relayed_as_it_is(app: HeadlessApp) -> None:
    """Also what Python has no value for: undefined, and a number's kind."""
    pages = [app.page(app.open(name)) for name in ("a", "b")]
    for page, port in zip(pages, channel(app), strict=True):
        next(window for window in app.windows if window.id == page.window).post_message("port", None, [port])
        wait_for(page, Send)
    odd = [{"$": "undef"}, {"$": "num", "v": "-0"}, {"$": "set", "v": [1]}, {"$": "buf", "i": 0, "t": "Int8Array"}]
    pages[0].push(message(2, odd, buffers=1), [b"abc"])
    pages[1].push(message(2, "answer"))
    wait_for(pages[1], PortMessage)
    wait_for(pages[0], PortMessage)
    assert values(pages[1]) == [odd]
    assert values(pages[0]) == ["answer"]


def test_a_page_sends_a_port_to_another_page_over_a_port(app: HeadlessApp) -> None:
    windows = [app.open(name) for name in ("a", "b")]
    first, second = (app.page(window) for window in windows)
    for window, port in zip(windows, channel(app), strict=True):
        window.post_message("port", None, [port])
    wait_for(first, Send)
    wait_for(second, Send)
    first.push(message(2, "take it", ports=[1]))
    first.push(message(1, "through"))
    wait_for(second, PortMessage, 2)
    carrying, through = of(second, PortMessage)
    assert (carrying.port, carrying.ports) == (2, [4])
    assert (through.port, msgspec.json.decode(through.value)) == (4, "through")
    second.push(message(4, "back"))
    assert wait_for(first, PortMessage)[0].port == 1


def test_a_page_that_ends_closes_its_ports_at_the_other_ends(app: HeadlessApp) -> None:
    windows = [app.open(name) for name in ("a", "b")]
    pages = [app.page(window) for window in windows]
    mine, yours = channel(app)
    for window, port in zip(windows, channel(app), strict=True):
        window.post_message("port", None, [port])
    windows[0].post_message("port", None, [yours])
    heard = Heard(mine)
    wait_for(pages[0], Send, 2)
    wait_for(pages[1], Send)
    pages[0].leave()
    assert heard.closed.wait(DEADLINE)
    assert wait_for(pages[1], PortClose)[0].port == 2


def test_closing_a_window_closes_its_ports(app: HeadlessApp) -> None:
    window = app.open("a")
    mine, yours = channel(app)
    heard = Heard(mine)
    window.post_message("port", None, [yours])
    window.close()
    assert heard.closed.wait(DEADLINE)


def test_a_page_that_closes_its_port_is_heard_after_what_it_posted(app: HeadlessApp) -> None:
    page = app.page(app.open("a"))
    port = sent_by(app, page, 1)
    page.push(message(1, 1))
    page.push(PortClose(1))
    heard = Heard(port, start=False)
    port.start()
    assert heard.wait(1) == [1]
    assert heard.closed.wait(DEADLINE)
    page.push(message(1, "too late"))
    page.push(PortClose(1))
    page.push(Send("unheard", []))
    assert not app.page(next(iter(app.windows))).closed


def test_a_close_that_came_before_its_listener_is_heard_once(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    port = sent_by(app, page, 1)
    for number in range(2):
        after = threading.Event()
        window.ipc.once("after", lambda _event, after=after: after.set())
        if number == 0:
            page.push(PortClose(1))
        page.push(Send("after", []))
        assert after.wait(DEADLINE)
        assert port.closed
        heard = threading.Event()
        port.on("close", heard.set)
        assert heard.wait(DEADLINE if number == 0 else 0.2) == (number == 0)


def test_a_closed_window_closes_ports_that_are_sent_to_it(app: HeadlessApp) -> None:
    window = app.open("a")
    strict = app.open("b", on_closed="raise")
    mine, yours = channel(app)
    for one in (window, strict):
        app.page(one)
        one.close()
        one.next("closed").result(DEADLINE) if one.status != "closed" else None
    with pytest.raises(WindowClosed):
        strict.post_message("port", None, [yours])
    yours.post_message("still mine")
    heard = Heard(mine)
    assert heard.wait(1) == ["still mine"]
    window.post_message("port", None, [yours])
    assert heard.closed.wait(DEADLINE)
    assert window.dropped == 1


def test_a_port_sent_before_the_page_is_there_waits_for_it() -> None:
    with HeadlessApp(connect=False) as app:
        window = app.open("a")
        mine, yours = channel(app)
        window.post_message("port", None, [yours])
        mine.post_message(1)
        page = app.hosts[-1].connect_page(window.id)
        wait_for(page, PortMessage)
        assert values(page) == [1]


def test_credit_is_given_for_what_was_taken(app: HeadlessApp) -> None:
    page = app.page(app.open("a"))
    port = sent_by(app, page, 1)
    for n in range(64):
        page.push(message(1, n))
    heard = Heard(port, start=False)
    assert of(page, PortCredit) == []
    port.start()
    heard.wait(64)
    assert sum(frame.count for frame in wait_for(page, PortCredit, 4)) == 64


def test_a_port_whose_channel_was_closed_meanwhile_is_closed_where_it_arrives(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    mine, yours = channel(app)
    mine.close()
    window.post_message("port", None, [yours])
    assert wait_for(page, PortClose)[0].port == 2
