"""Synchronous calls at the host: each id is answered once, in time, and only where it was announced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from jupyterwin.errors import PeerError
from jupyterwin.host.sync import GRACE, MOST, MOST_EARLY, SyncCalls
from jupyterwin.wire.frames import SYNC_DEADLINE, ErrorRecord, SyncOutcome

KEY, OTHER = "a" * 32, "b" * 32


class Clock:
    """Stands where the engine's timers are."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self._due.append((self.now + seconds, call))

    def pass_(self, seconds: float) -> None:
        self.now += seconds
        due = [call for at, call in self._due if at <= self.now]
        self._due = [(at, call) for at, call in self._due if at > self.now]
        for call in due:
            call()


class Request:
    def __init__(self) -> None:
        self.said: list[Any] = []

    def answer(self, mime: str, body: Any, _headers: Any) -> None:
        assert mime == "application/json"
        self.said.append(msgspec.json.decode(body, type=SyncOutcome))

    def refuse(self, reason: str) -> None:
        self.said.append(reason)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def calls(clock: Clock) -> SyncCalls:
    return SyncCalls(clock.later)


def body(value: Any) -> bytes:
    return msgspec.json.encode(SyncOutcome(value))


def codes(request: Request) -> list[str | None]:
    return [one.error.code if one.error else None for one in request.said]


@pytest.mark.parametrize("order", ["announced asked answered", "announced answered asked", "asked announced answered"])
def test_the_answer_comes_in_whatever_order_the_three_arrive(calls: SyncCalls, order: str) -> None:
    request = Request()
    steps: dict[str, Callable[[], None]] = {
        "announced": lambda: calls.announced(KEY),
        "asked": lambda: calls.requested(KEY, request),
        "answered": lambda: calls.answered(KEY, body(1)),
    }
    for step in order.split():
        steps[step]()
    assert request.said == [SyncOutcome(1)]


def test_an_id_is_good_for_one_request(calls: SyncCalls, clock: Clock) -> None:
    first, second, third = Request(), Request(), Request()
    calls.announced(KEY)
    calls.requested(KEY, first)
    calls.requested(KEY, second)
    calls.answered(KEY, body(1))
    calls.answered(KEY, body(2))
    calls.requested(KEY, third)
    clock.pass_(GRACE)
    assert (first.said, second.said, third.said) == ([SyncOutcome(1)], ["not-found"], ["not-found"])


def test_what_was_never_announced_is_refused_after_a_moment(calls: SyncCalls, clock: Clock) -> None:
    requests = [Request() for _ in range(MOST_EARLY + 2)]
    for number, request in enumerate(requests):
        calls.requested(f"{number:032}", request)
    assert [request.said for request in requests[MOST_EARLY:]] == [["not-found"]] * 2, "and more than that at once"
    clock.pass_(GRACE)
    assert all(request.said == ["not-found"] for request in requests)


def test_the_deadline_is_the_hosts(calls: SyncCalls, clock: Clock) -> None:
    request = Request()
    calls.announced(KEY)
    calls.requested(KEY, request)
    clock.pass_(SYNC_DEADLINE / 1000)
    calls.answered(KEY, body("too late"))
    assert codes(request) == ["deadline"]


def test_an_answer_that_nobody_fetches_is_forgotten(calls: SyncCalls, clock: Clock) -> None:
    request = Request()
    calls.announced(KEY)
    calls.answered(KEY, body(1))
    clock.pass_(SYNC_DEADLINE / 1000)
    calls.requested(KEY, request)
    clock.pass_(GRACE)
    assert request.said == ["not-found"]


def test_all_end_with_their_document(calls: SyncCalls) -> None:
    waiting, early = Request(), Request()
    calls.announced(KEY)
    calls.requested(KEY, waiting)
    calls.requested(OTHER, early)
    calls.end(ErrorRecord("window-gone", "gone"))
    assert codes(waiting) == ["window-gone"]
    assert early.said == ["not-found"]


def test_announcements_that_no_preload_makes_are_refused(calls: SyncCalls) -> None:
    calls.announced(KEY)
    for key in (KEY, "", "short", "a" * 33):
        with pytest.raises(PeerError):
            calls.announced(key)
    for number in range(MOST - 1):
        calls.announced(f"{number:032}")
    with pytest.raises(PeerError):
        calls.announced(OTHER)
