"""The budgets of a window: its console lines, its documents."""

from __future__ import annotations

from jupyterwin.host import budget
from jupyterwin.wire import control
from support.headless import HeadlessHost


def test_a_flood_is_bounded_and_counted() -> None:
    lines = budget.Budget(500)
    taken = [lines.take(5.1) for _ in range(530)]
    assert taken.count(True) == 500
    assert lines.dropped() == 0  # not before the second is over
    assert lines.take(6.0)
    assert lines.dropped() == 30
    assert lines.dropped() == 0


def test_a_long_line_is_cut() -> None:
    host = HeadlessHost()
    window = host.open()
    for line in ("short", "x" * 10**6):
        window.listener.console("info", line, "page.js", 1)
    short, long = [event.message for event in host.of(control.Console)]
    assert short == "short"
    assert len(long) < budget.LINE_LENGTH + 50
    assert long.endswith("… (1000000 characters)")


def test_a_page_that_outruns_the_kernel_is_cut_off() -> None:
    host = HeadlessHost()
    window = host.open()
    window.say('0123456789abcdefh{"protocol":1,"first":true}')
    host.link.waiting = 10**9
    window.say('0123456789abcdeff{"d":1}')
    assert [message.type for message in host.link.sent] == ["comm_open", "comm_close"]


def test_a_page_that_makes_up_documents_is_cut_off() -> None:
    host = HeadlessHost()
    window = host.open()
    for n in range(budget.DOCUMENTS_PER_SECOND * 3):
        window.say(f'{n:016x}h{{"protocol":1,"first":true}}')
    opened = [message for message in host.link.sent if message.type == "comm_open"]
    assert len(opened) <= 2 * budget.DOCUMENTS_PER_SECOND  # a second may have begun meanwhile
    assert not host.host.documents


def test_a_console_that_floods_is_cut_short_and_told_so() -> None:
    host = HeadlessHost()
    window = host.open()
    for n in range(3 * budget.LINES_PER_SECOND):
        window.listener.console("info", f"{n}", "page.js", 1)
    assert len(host.of(control.Console)) <= 2 * budget.LINES_PER_SECOND  # a second may have begun meanwhile
