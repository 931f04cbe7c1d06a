"""Progress that is told: ten times a second at most, the newest last."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jupyterwin.main import progress


class Clock:
    """A clock that a test moves, and what it was asked to call later."""

    def __init__(self) -> None:
        self.now = 0.0
        self.later: list[tuple[float, Callable[[], object]]] = []

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(progress, "time", one)
    return one


def test_of_many_reports_the_first_is_told_and_then_the_newest(clock: Clock) -> None:
    told: list[int] = []
    tell = progress.Throttle(told.append, lambda seconds, fn: clock.later.append((seconds, fn)))
    for number in range(1000):
        tell(number)
    assert told == [0]
    [(seconds, flush)] = clock.later
    assert seconds == progress.INTERVAL
    clock.now += seconds
    flush()
    assert told == [0, 999]
    tell(1000)
    assert len(clock.later) == 2
    clock.now += 5
    clock.later[1][1]()
    clock.now += progress.INTERVAL
    tell(1001)
    assert told == [0, 999, 1000, 1001]


def test_jobs_of_a_window_are_told_together_until_they_end(clock: Clock) -> None:
    told: list[list[tuple[object, object]]] = []
    all_of = progress.Progress(
        lambda rows: told.append([(row["done"], row["total"]) for row in rows]), lambda _seconds, fn: fn()
    )
    first, second = all_of.job(), all_of.job()
    for report in (
        lambda: first.report(1, 4),
        lambda: second.report(2),
        first.end,
        lambda: first.report(3),
        second.end,
    ):
        clock.now += 1
        report()
    assert told == [[(1, 4)], [(1, 4), (2, None)], [(2, None)], []]
