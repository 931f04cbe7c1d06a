"""The console's budget."""

from __future__ import annotations

from jupyterwin.host import lines
from support.headless import HeadlessHost


def test_a_flood_is_bounded_and_counted() -> None:
    budget = lines.Lines()
    taken = [budget.take(5.1) for _ in range(lines.PER_SECOND + 30)]
    assert taken.count(True) == lines.PER_SECOND
    assert budget.dropped() == 0  # not before the second is over
    assert budget.take(6.0)
    assert budget.dropped() == 30
    assert budget.dropped() == 0


def test_a_long_line_is_cut() -> None:
    assert lines.cut("short") == "short"
    assert len(lines.cut("x" * 10**6)) < lines.LENGTH + 50


def test_a_page_that_outruns_the_kernel_is_cut_off() -> None:
    host = HeadlessHost()
    window = host.open()
    window.say('0123456789abcdefh{"protocol":1,"first":true}')
    host.link.waiting = 10**9
    window.say('0123456789abcdeff{"d":1}')
    assert [message.type for message in host.link.sent] == ["comm_open", "comm_close"]
