"""Calls between page and kernel: who may call what, in which order, and how each ends. No screen, all else real."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from queue import SimpleQueue

import pytest

from jupyterwin.errors import (
    BadArguments,
    NoHandler,
    NotGranted,
    UsageError,
)
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.testing import DEADLINE, HeadlessApp


@dataclass
class Trade:
    symbol: str
    size: int = 1


def quote(symbol: str, days: int = 30, *, currency: str = "USD") -> list[str]:
    return [symbol, str(days), currency]


def test_an_exposed_function_answers(app: HeadlessApp) -> None:
    page = app.page(app.open("a", expose=[quote]))
    assert page.call("quote", "MSFT") == ["MSFT", "30", "USD"]
    assert page.call("quote", "MSFT", 5, {"currency": "EUR"}) == ["MSFT", "5", "EUR"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((), "args[0]: quote needs 'symbol'"),
        ((3,), "args[0]: expected str, got int"),
        (("MSFT", "x"), "args[1]: expected int, got str"),
        (("MSFT", 1, 2), "quote takes 2 arguments, 3 were given"),
        (("MSFT", 1, {"curency": "EUR"}), "quote has no option ['curency']; its options are ['currency']"),
    ],
)
def test_wrong_arguments_are_refused_before_the_function_runs(
    app: HeadlessApp, args: tuple[object, ...], says: str
) -> None:
    page = app.page(app.open("a", expose=[quote]))
    with pytest.raises(BadArguments, match=re.escape(says)):
        page.call("quote", *args)


def test_the_path_leads_to_the_bad_field(app: HeadlessApp) -> None:
    def book(trades: list[Trade]) -> int:
        return sum(t.size for t in trades)

    page = app.page(app.open("a", expose=[book]))
    assert page.call("book", [{"symbol": "A", "size": 2}, {"symbol": "B"}]) == 3
    with pytest.raises(BadArguments, match=re.escape("args[0][1].size: expected int, got str")):
        page.call("book", [{"symbol": "A"}, {"symbol": "B", "size": "many"}])


def test_an_event_parameter_is_given_and_not_the_pages_to_fill(app: HeadlessApp) -> None:
    def who(name: str, event: IpcEvent) -> list[str]:
        return [name, event.window.name]

    window = app.open("a", expose=[who])
    assert app.page(window).call("who", "x") == ["x", "a"]
    assert [p.name for p in window.exposures["who"].exposed().parameters] == ["name"]


def test_nothing_is_reachable_by_default(app: HeadlessApp) -> None:
    app.ipc.handle("secret", lambda _event: 1)
    page = app.page(app.open("a"))
    with pytest.raises(NoHandler):
        page.call("quote", "MSFT")
    with pytest.raises(NotGranted, match=re.escape("grant=['secret']")):
        page.call("secret")


def test_a_grant_opens_a_global_channel_to_that_window_alone(app: HeadlessApp) -> None:
    app.ipc.handle("secret", lambda event: event.window.name)
    granted, other = app.open("a", grant=["secret"]), app.open("b")
    assert app.page(granted).call("secret") == "a"
    with pytest.raises(NotGranted):
        app.page(other).call("secret")


def test_a_listener_of_all_windows_hears_those_alone_that_were_granted_its_channel(app: HeadlessApp) -> None:
    heard: SimpleQueue[str] = SimpleQueue()
    app.ipc.on("note", lambda event: heard.put(event.window.name))
    granted, other = app.open("a", grant=["note"]), app.open("b", expose=[quote])
    app.page(other).send("note")
    app.page(other).call("quote", "MSFT")
    assert "grant=['note']" in other.log
    app.page(granted).send("note")
    assert heard.get(timeout=DEADLINE) == "a"
    other.ipc.on("note", lambda event: heard.put(f"own of {event.window.name}"))
    app.page(other).send("note")
    assert heard.get(timeout=DEADLINE) == "own of b"
    assert heard.empty()


def test_calls_of_a_concurrent_channel_run_beside_each_other(app: HeadlessApp) -> None:
    window, both = app.open("a"), threading.Barrier(2)
    window.ipc.handle("meet", lambda _event: both.wait(DEADLINE) >= 0, concurrent=True)
    page = app.page(window)
    assert [call.result(DEADLINE) for call in [page.invoke("meet"), page.invoke("meet")]] == [True, True]


def test_a_stream_that_takes_its_time_holds_up_no_other_of_its_channel(app: HeadlessApp) -> None:
    go = threading.Event()

    def ticks(waits: bool) -> Iterator[int]:  # noqa: FBT001 -- as a page calls it
        if waits:
            go.wait(3 * DEADLINE)
        yield 1

    page = app.page(app.open("a", expose=[ticks]))
    slow, quick = [page.invoke("ticks", waits, stream=True) for waits in (True, False)]
    for stream in (slow, quick):
        page.credit(stream, 5)
    assert quick.result(DEADLINE) is None
    assert not slow.done()
    go.set()
    assert slow.result(DEADLINE) is None
    assert page.items == {slow.number: [1], quick.number: [1]}


def test_the_windows_own_handler_comes_first(app: HeadlessApp) -> None:
    app.ipc.handle("who", lambda _event: "global")
    window = app.open("a", grant=["who"])
    window.ipc.handle("who", lambda _event: "own")
    assert app.page(window).call("who") == "own"
    window.ipc.remove_handler("who")
    assert app.page(window).call("who") == "global"


def test_a_second_handler_from_elsewhere_raises(app: HeadlessApp) -> None:
    app.ipc.handle("x", lambda _event: 1)
    with pytest.raises(UsageError, match="a second handler for 'x'"):
        app.ipc.handle("x", lambda _event: 2)


def test_handle_once_answers_once(app: HeadlessApp) -> None:
    window = app.open("a")
    window.ipc.handle_once("x", lambda _event: 1)
    assert app.page(window).call("x") == 1
    with pytest.raises(NoHandler):
        app.page(window).call("x")


def test_listeners_hear_sends_in_order_until_disposed(app: HeadlessApp) -> None:
    window, heard = app.open("a"), []
    done = threading.Event()
    dispose = window.ipc.on("n", lambda _event, n: (heard.append(n), n == 99 and done.set()))
    page = app.page(window)
    for n in range(100):
        page.send("n", n)
    assert done.wait(DEADLINE)
    assert heard == list(range(100))
    dispose()
    window.ipc.handle("sync", lambda _event: None)
    page.send("n", 100)
    page.call("sync")
    assert heard[-1] == 99


@pytest.mark.parametrize("name", ["on", "then", "store", "_private", "not an identifier"])
def test_names_that_kernel_uses_are_refused_at_once(app: HeadlessApp, name: str) -> None:
    with pytest.raises(UsageError, match="no function can be called"):
        app.open("a", expose={name: lambda: None})
