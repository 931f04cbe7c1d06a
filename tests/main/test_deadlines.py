"""Deadlines: each is told once, in time; many that are met leave neither timers nor memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from jupyterwin.errors import DeadlineExceeded, UsageError
from jupyterwin.main.deadlines import Deadlines
from jupyterwin.testing import DEADLINE, HeadlessApp


class Timers:
    """Timers that a test fires."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], object]]] = []

    def later(self, seconds: float, fn: Callable[[], object]) -> None:
        self.set.append((seconds, fn))

    def fire(self) -> None:
        now, self.set = self.set, []
        for _, fn in now:
            fn()


def test_each_is_told_once_and_one_that_ended_is_not() -> None:
    timers, over = Timers(), list[int]()
    deadlines = Deadlines(timers.later, lambda number, _seconds: over.append(number))
    for number in range(5):
        deadlines.add(number, 0.01)
    deadlines.add(9, 1000)
    deadlines.drop(2)
    time.sleep(0.02)
    timers.fire()
    assert over == [0, 1, 3, 4]
    assert len(timers.set) == 1
    timers.fire()
    assert over == [0, 1, 3, 4]


def test_a_nearer_deadline_sets_a_nearer_timer() -> None:
    timers = Timers()
    deadlines = Deadlines(timers.later, lambda _number, _seconds: None)
    for number, seconds in enumerate((100, 200, 10, 50)):
        deadlines.add(number, seconds)
    assert [round(seconds) for seconds, _ in timers.set] == [100, 10]


def test_calls_that_were_answered_leave_nothing(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    page.handle("echo", lambda x: x)
    for n in range(2000):
        assert window.invoke("echo", n).result(DEADLINE) == n
    deadlines = window._document._deadlines
    assert len(deadlines._at) == 0
    assert len(deadlines._heap) < 200


def test_calls_that_were_answered_leave_nothing_behind_one_that_was_not() -> None:
    deadlines = Deadlines(Timers().later, lambda _number, _seconds: None)
    deadlines.add(0, 100)
    for number in range(1, 2000):
        deadlines.add(number, 200)
        deadlines.drop(number)
    assert len(deadlines._heap) < 200


def test_an_answer_that_is_there_before_its_deadline_is_set_leaves_nothing(
    app: HeadlessApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = app.open("a")
    app.page(window).handle("echo", lambda x: x)
    document = window._document
    add = document._deadlines.add

    def late(number: int, seconds: float) -> None:
        while number in document._calls:
            time.sleep(0.001)
        add(number, seconds)

    monkeypatch.setattr(document._deadlines, "add", late)
    assert window.invoke("echo", 1).result(DEADLINE) == 1
    assert len(document._deadlines._at) == 0


def test_polling_for_a_result_leaves_nothing(app: HeadlessApp) -> None:
    window, answer = app.open("a"), threading.Event()
    app.page(window).handle("slow", lambda: answer.wait(DEADLINE))
    pending = window.invoke("slow")
    for _ in range(200):
        with suppress(DeadlineExceeded):
            pending.result(0.0001)
    assert len(pending._future._done_callbacks) < 5
    answer.set()
    assert pending.result(DEADLINE) is True


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), "soon", True])
def test_a_timeout_that_is_none_is_refused(app: HeadlessApp, timeout: Any) -> None:
    window = app.open("a")
    for call in (window.invoke, window.eval):
        with pytest.raises(UsageError, match="timeout: "):
            call("x", timeout=timeout)
