"""Message ports between ends of the kernel's own, and over one another."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from jupyterwin.errors import Overflow, Unserializable, UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.testing import DEADLINE, HeadlessApp
from support.ports import Heard, channel


def test_messages_wait_for_start_and_keep_their_order(app: HeadlessApp) -> None:
    one, other = channel(app)
    for n in range(100):
        one.post_message(n)
    heard = Heard(other, start=False)
    assert heard.data == []
    other.start()
    one.post_message("last")
    assert heard.wait(101) == [*range(100), "last"]


def test_values_are_copies_with_their_types(app: HeadlessApp) -> None:
    one, other = channel(app)
    heard = Heard(other)
    array = np.arange(5)
    one.post_message({"a": array, "n": float("nan"), "b": b"xy"})
    array[:] = 0
    (got,) = heard.wait(1)
    assert got["a"].tolist() == [0, 1, 2, 3, 4]
    assert got["n"] != got["n"]
    assert got["b"] == b"xy"


def test_both_ends_hear_the_close_after_what_was_posted(app: HeadlessApp) -> None:
    one, other = channel(app)
    first, second = Heard(one), Heard(other, start=False)
    other.post_message("never heard")
    one.post_message(1)
    assert first.wait(1) == ["never heard"]
    one.close()
    assert first.closed.wait(DEADLINE)
    assert second.closed.wait(DEADLINE), "also one that was never started"
    other.start()
    assert second.wait(1) == [1]
    assert one.closed
    assert other.closed
    one.post_message("into the void")
    one.close()


def test_a_started_port_hears_what_was_posted_before_the_close(app: HeadlessApp) -> None:
    one, other = channel(app)
    order: list[Any] = []
    over = threading.Event()
    other.on("message", lambda event: order.append(event.data))
    other.on("close", lambda: (order.append("close"), over.set()))
    other.start()
    for n in range(50):
        one.post_message(n)
    one.close()
    assert over.wait(DEADLINE)
    assert order == [*range(50), "close"]


def test_a_port_that_nobody_has_any_more_closes_the_channel(app: HeadlessApp) -> None:
    one, other = channel(app)
    heard = Heard(one)
    del other
    gc.collect()
    assert heard.closed.wait(DEADLINE)


def test_a_port_that_listens_is_kept(app: HeadlessApp) -> None:
    one, other = channel(app)
    heard = Heard(other)
    del other
    gc.collect()
    one.post_message("still there")
    assert heard.wait(1) == ["still there"]


def test_what_a_cell_registered_is_gone_when_it_runs_again_and_then_the_port(app: HeadlessApp) -> None:
    one, other = channel(app)
    heard = Heard(one)
    cells.begin("cell")
    other.on("message", lambda _event: None)
    other.start()
    del other
    gc.collect()
    assert not heard.closed.is_set()
    cells.begin("cell")
    cells.end()
    gc.collect()
    assert heard.closed.wait(DEADLINE)


def test_a_port_goes_over_a_port_with_what_waits_in_it(app: HeadlessApp) -> None:
    one, other = channel(app)
    inner, sent = channel(app)
    heard = Heard(other)
    inner.post_message("before")
    one.post_message("take it", [sent])
    inner.post_message("after")
    heard.wait(1)
    got = Heard(heard.ports[0])
    assert got.wait(2) == ["before", "after"]
    heard.ports[0].post_message("back")
    assert Heard(inner).wait(1) == ["back"]


def test_a_port_in_a_message_that_nobody_gets_is_closed(app: HeadlessApp) -> None:
    one, other = channel(app)
    inner, sent = channel(app)
    heard = Heard(inner)
    one.post_message(None, [sent])
    other.close()
    assert heard.closed.wait(DEADLINE)


def test_listeners_run_one_message_after_another_in_the_order_of_registration(app: HeadlessApp) -> None:
    one, other = channel(app)
    order: list[Any] = []
    done = threading.Event()

    async def second(event: Any) -> None:
        order.append(("async", event.data))
        if event.data == 9:
            done.set()

    other.on("message", lambda event: order.append(("sync", event.data)))
    other.on("message", second)
    other.start()
    for n in range(10):
        one.post_message(n)
    assert done.wait(DEADLINE)
    assert [n for kind, n in order if kind == "sync"] == list(range(10))
    assert [n for kind, n in order if kind == "async"] == list(range(10))


def test_a_listener_on_the_main_thread(app: HeadlessApp) -> None:
    one, other = channel(app)
    seen: Pending[bool] = Pending("main")
    main = threading.main_thread()
    other.on("message", lambda _event: seen.settle(threading.current_thread() is main), thread="main")
    other.start()
    one.post_message()
    assert seen.result(DEADLINE) is True


def test_a_listener_that_raises_is_reported_and_the_next_still_runs(
    app: HeadlessApp, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = channel(app)

    @other.on("message")
    def broken(_event: object) -> None:
        raise ValueError("no")

    heard = Heard(other)
    one.post_message(1)
    one.post_message(2)
    assert heard.wait(2) == [1, 2]
    assert "a listener of a port raised ValueError: no" in capsys.readouterr().err


def test_once_and_off(app: HeadlessApp) -> None:
    one, other = channel(app)
    first: list[Any] = []
    other.once("message", lambda event: first.append(event.data))
    off = other.on("message", first.append)
    off()
    other.on("message", first.extend)
    other.off("message", first.extend)
    heard = Heard(other)
    one.post_message(1)
    one.post_message(2)
    heard.wait(2)
    assert first == [1]


def test_more_than_may_wait_is_refused_and_nothing_is_lost(app: HeadlessApp) -> None:
    one, other = channel(app)
    inner, sent = channel(app)
    block = bytes(30_000_000)
    one.post_message(block)
    one.post_message(block)
    with pytest.raises(Overflow):
        one.post_message(block, [sent])
    sent.post_message("still mine")
    assert Heard(inner).wait(1) == ["still mine"]
    assert [len(data) for data in Heard(other).wait(2)] == [30_000_000] * 2


@pytest.mark.parametrize(
    ("transfer", "problem"),
    [
        (lambda one, _other: [one], "its own channel"),
        (lambda _one, other: [other], "its own channel"),
        (lambda _one, _other: ["port"], "a list of ports is needed"),
        (lambda _one, _other: [None], "a list of ports is needed"),
    ],
)
def test_what_cannot_be_sent_is_refused(app: HeadlessApp, transfer: Callable[..., Any], problem: str) -> None:
    one, other = channel(app)
    with pytest.raises(UsageError, match=problem):
        one.post_message(None, transfer(one, other))
    one.post_message("as before")
    assert Heard(other).wait(1) == ["as before"]


def test_a_port_is_sent_once(app: HeadlessApp) -> None:
    one, other = channel(app)
    inner, sent = channel(app)
    with pytest.raises(UsageError, match="twice"):
        one.post_message(None, [sent, sent])
    one.post_message(None, [sent])
    with pytest.raises(UsageError, match="sent away already"):
        one.post_message(None, [sent])
    for use in (sent.post_message, sent.start, lambda: sent.on("message", print)):
        with pytest.raises(UsageError, match="sent away"):
            use()
    sent.close()
    assert not inner.closed, "it is somebody else's now"
    inner.close()
    with pytest.raises(UsageError, match="closed"):
        one.post_message(None, [inner])
    other.close()


def test_bad_events_and_values_are_refused(app: HeadlessApp) -> None:
    one, _other = channel(app)
    with pytest.raises(UsageError, match="the events are: message, close"):
        one.on("massage", print)
    with pytest.raises(Unserializable) as refused:
        one.post_message({"f": print})
    assert refused.value.path == "message.f"
