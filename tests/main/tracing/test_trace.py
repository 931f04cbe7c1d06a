"""The inspector as an object: what one row is, what is waited for, what is kept, who is watched, and that it is off."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from jupyterwin.errors import Closed, NoHandler, RemoteError, UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.main.ports.port import MessageChannel
from jupyterwin.main.tracing.trace import Trace
from jupyterwin.main.window.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire.frames import PortMessage
from support.ports import Heard


@pytest.fixture
def window(app: HeadlessApp) -> Window:
    def quote(symbol: str, days: int = 30) -> list[float]:
        if symbol == "none":
            raise ValueError("no such symbol")
        return [1.5] * days

    def ticks(n: int) -> Iterator[int]:
        yield from range(n)

    return app.open("prices", expose=[quote, ticks])


@pytest.fixture
def page(app: HeadlessApp, window: Window) -> Page:
    window.ready().result(DEADLINE)
    page = app.page(window)
    page.call("quote", "", 0)  # its hello has been read: no trace of a test sees it
    return page


def ended(trace: Trace, channel: str) -> Any:
    return trace.wait_for(channel).result(DEADLINE)


def test_a_call_and_its_answer_are_one_row(window: Window, page: Page) -> None:
    with window.ipc.trace(values=True) as trace:
        assert page.call("quote", "MSFT", 2) == [1.5, 1.5]
    [row] = trace.calls
    assert list(trace) == [row]
    assert (row.window, row.direction, row.kind, row.channel) == ("prices", "to-kernel", "call", "quote")
    assert (row.args, row.outcome, row.answer) == ('"MSFT", 2', "value", "[1.5, 1.5]")
    assert row.ended
    assert not row.failed
    assert row.seconds is not None
    assert 0 < row.seconds < DEADLINE
    assert trace.bytes == {"to-kernel": row.size, "to-page": row.answer_size}


def test_messages_go_both_ways_with_their_sizes(window: Window, page: Page) -> None:
    window.ipc.on("picked", lambda _event, _row: None)
    with window.ipc.trace() as trace:
        window.send("tick", b"x" * 5000)
        page.send("picked", {"row": 3})
        ended(trace, "picked")
    tick, picked = trace.sends
    assert (tick.direction, tick.channel) == ("to-page", "tick")
    assert (picked.direction, picked.channel) == ("to-kernel", "picked")
    assert 5000 < tick.size < 5200
    assert (tick.outcome, tick.seconds, picked.outcome) == ("", None, "")


@pytest.mark.parametrize(
    ("channel", "args", "outcome", "error"),
    [("nobody", (), "no-handler", NoHandler), ("quote", ("none",), "handler-raised", RemoteError)],
)
def test_an_error_is_an_outcome_by_its_code(
    window: Window, page: Page, channel: str, args: tuple[Any, ...], outcome: str, error: type[Exception]
) -> None:
    with window.ipc.trace() as trace, pytest.raises(error):
        page.call(channel, *args)
    [row] = trace.filter(outcome=outcome)
    assert row.failed
    assert trace.failed == 1


def test_a_call_of_the_kernel_ends_as_its_caller_heard(window: Window, page: Page) -> None:
    page.handle("double", lambda n: 2 * n)
    with window.ipc.trace(values=True) as trace:
        assert window.invoke("double", 21).result(DEADLINE) == 42
    [row] = trace.calls
    assert (row.direction, row.args, row.outcome, row.answer) == ("to-page", "21", "value", "42")


def test_a_call_that_no_page_answers_ends_as_its_caller_heard() -> None:
    with HeadlessApp(connect=False) as app:
        window = app.open("a")
        with window.ipc.trace() as trace:
            window.invoke("late", timeout=0.01).exception(DEADLINE)
            assert ended(trace, "late").outcome == "deadline"
            window.invoke("given up").cancel()
            assert ended(trace, "given up").outcome == "cancelled"
            window.invoke("never")
            window.reload()
            assert ended(trace, "never").outcome == "window-gone"


def test_a_stream_is_one_row_with_its_items_and_bytes(window: Window, page: Page) -> None:
    with window.ipc.trace() as trace:
        stream = page.invoke("ticks", 5, stream=True)
        page.credit(stream, 10)
        stream.result(DEADLINE)
        row = ended(trace, "ticks")
    assert trace.streams == [row] == list(trace)
    assert (row.kind, row.items, row.outcome) == ("stream", 5, "end")
    assert row.answer_size > 5 * len('{"op":"item","id":1,"value":0}') - 1


def test_a_stream_that_the_page_leaves_has_ended(window: Window, page: Page) -> None:
    with window.ipc.trace() as trace:
        stream = page.invoke("ticks", 500, stream=True)
        page.credit(stream, 1)
        page.wait_for(lambda: page.items.get(stream.number) == [0])
        page.cancel(stream)
        assert ended(trace, "ticks").outcome == "cancelled"


def test_what_a_reload_ends_ends_here_and_the_next_document_has_another_number(
    app: HeadlessApp, window: Window, page: Page
) -> None:
    going, go = threading.Event(), threading.Event()

    def slow(_event: Any) -> None:
        going.set()
        go.wait(DEADLINE)

    window.ipc.handle("slow", slow)
    with window.ipc.trace() as trace:
        page.invoke("slow")
        assert going.wait(DEADLINE)
        window.reload()
        assert ended(trace, "slow").outcome == "window-gone"
        go.set()
        assert ended(trace, "").kind == "document"
    assert [row.document for row in trace] == [1, 2]


def test_jw_ipc_watches_all_windows_also_those_opened_later(app: HeadlessApp, window: Window) -> None:
    window.ready().result(DEADLINE)
    with app.ipc.trace() as everything, window.ipc.trace() as one:
        later = app.open("later")
        later.send("x", 1)
        window.send("x", 1)
    assert {row.window for row in everything.sends} == {"prices", "later"}
    assert {row.window for row in one} == {"prices"}
    window.send("x", 2)
    assert len(everything.sends) == 2


def test_messages_of_ports_are_rows_and_large_ones_are_sizes(app: HeadlessApp, window: Window, page: Page) -> None:
    channel = MessageChannel(app=app)
    heard = Heard(channel.port1)
    with window.ipc.trace(values=True) as trace:
        window.post_message("port", None, [channel.port2])
        channel.port1.post_message({"n": 1})
        channel.port1.post_message(list(range(20_000)))
        page.wait_for(lambda: page.received and page.received[-1][0] == "port")
        page.push(PortMessage(2, msgspec.Raw(b'"back"')))
        assert heard.wait(1) == ["back"]
        channel.port1.close()
        trace.wait_for("port 2", after=trace.filter(channel="port 2", direction="to-kernel")[0]).result(DEADLINE)
    rows = trace.filter(kind="port")
    assert [(row.direction, row.args, row.outcome, row.failed) for row in rows] == [
        ("to-page", "{n: 1}", "", False),
        ("to-page", "", "", False),
        ("to-kernel", '"back"', "", False),
        ("to-page", "", "closed", False),
    ]
    assert rows[1].size > 100_000
    assert {row.channel for row in rows} == {"port 2"}


def test_a_frame_of_a_kind_that_came_later_is_a_row_of_its_own(window: Window, page: Page) -> None:
    class Later(msgspec.Struct, tag_field="op", tag="later.thing"):
        channel: str
        args: list[Any]

    with window.ipc.trace() as trace:
        window.ipc.tap.frame(window._document, "to-page", Later("x", [1, "two"]), ())
    assert [(row.kind, row.channel, row.args) for row in trace] == [("later", "x", "number, string of 3")]


def test_values_are_left_out_unless_asked_for(window: Window, page: Page) -> None:
    with window.ipc.trace() as trace, window.ipc.trace(values=True) as full:
        with pytest.raises(RemoteError):
            page.call("quote", "none")
        window.send("login", {"password": "hunter2"}, "hunter2", 12345)
    for shown in (repr(trace), trace._repr_html_(), str([(row.args, row.answer) for row in trace])):
        assert "hunter2" not in shown
        assert "12345" not in shown
        assert "no such symbol" not in shown
    assert trace.sends[0].args == "object of 1, string of 7, number"
    assert full.sends[0].args == '{password: "hunter2"}, "hunter2", 12345'
    assert "no such symbol" in full._repr_html_()


def test_only_so_many_rows_are_kept_and_the_counters_go_on(window: Window, page: Page) -> None:
    with window.ipc.trace(most=10) as trace:
        window.invoke("never").add_done_callback(lambda _done: None)
        for n in range(25):
            window.send("tick", n)
    assert len(trace) == 10
    assert trace.dropped == 16
    assert trace.counts == {"call": 1, "send": 25}
    assert [row.number for row in trace] == list(range(17, 27))
    assert "16 older" in trace._repr_html_()


def test_who_waits_for_a_row_gets_it_also_when_it_was_there_first(window: Window, page: Page) -> None:
    with window.ipc.trace() as trace:
        page.call("quote", "a", 1)
        first = trace.wait_for("quote").result(0)
        second = trace.wait_for("quote", after=first)
        assert not second.done()
        # Whoever is told may use the window: no lock of the path is held then.
        second.add_done_callback(lambda _row: window.send("told"))
        page.call("quote", "b", 1)
        assert second.result(DEADLINE).number > first.number
        never = trace.wait_for("never")
    with pytest.raises(Closed, match="the trace was stopped"):
        never.result(DEADLINE)
    with pytest.raises(Closed):
        trace.wait_for("never").result(0)


def test_it_stops_with_its_block_its_cell_and_its_window(app: HeadlessApp, window: Window) -> None:
    with window.ipc.trace() as block:
        assert block.active
    cells.begin("one", identified=True)
    by_cell, by_window, by_hand = window.ipc.trace(), None, app.ipc.trace()
    cells.begin("two", identified=True)
    by_window = window.ipc.trace()
    by_hand.stop()
    by_hand.stop()
    assert [trace.active for trace in (block, by_cell, by_window, by_hand)] == [False, True, True, False]
    cells.begin("one", identified=True)
    assert not by_cell.active
    window.close()
    with pytest.raises(Closed):
        by_window.wait_for("x").result(DEADLINE)
    assert not by_window.active


def test_nobody_watches_unless_asked(app: HeadlessApp, window: Window) -> None:
    assert window.ipc.tap.watchers == app.ipc.tap.watchers == ()
    with app.ipc.trace(), window.ipc.trace():
        assert len(window.ipc.tap.watchers) == 2
    assert window.ipc.tap.watchers == app.ipc.tap.watchers == ()


def test_a_watcher_that_fails_breaks_no_message(
    window: Window, page: Page, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise LookupError("in the inspector")

    with window.ipc.trace() as trace:
        monkeypatch.setattr(trace, "frame", fail)
        assert page.call("quote", "a", 1) == [1.5]
    assert "an inspector failed" in caplog.text


def test_mistakes_are_told(window: Window) -> None:
    with pytest.raises(UsageError, match="most: a number of rows"):
        window.ipc.trace(most=0)
    with window.ipc.trace() as trace:
        window.send("x")
    with pytest.raises(UsageError, match="'colour' is no field of a row"):
        trace.filter(colour="red")


def test_it_reads_as_text_and_as_a_table(window: Window, page: Page) -> None:
    with window.ipc.trace(values=True) as trace:
        assert repr(trace) == "(no traffic yet)"
        assert "no traffic yet" in trace._repr_html_()
        page.call("quote", "<b>", 1)
        with pytest.raises(RemoteError):
            page.call("quote", "none")
        assert "● live" in trace._repr_html_()
    first, second = repr(trace).splitlines()
    assert 'quote("<b>", 1)  value [1.5]' in first
    assert "handler-raised" in second
    table = trace._repr_html_()
    assert "■ stopped" in table
    assert "&lt;b&gt;" in table
    assert "<b>&quot;" not in table
    assert "1 failed" in table
