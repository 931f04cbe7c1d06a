"""A page that stands still for an answer: who gives it, which one counts, and what forgers get."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import msgspec
import pytest

from jupyterwin.main.ipc import IpcEvent
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from jupyterwin.wire import sync
from jupyterwin.wire.control import AnswerSync
from jupyterwin.wire.frames import Cancel, Failure, Invoke, Result, SyncOutcome

_ids = itertools.count(1)


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> Outcomes:
    return Outcomes(monkeypatch)


class Outcomes:
    """What goes to the host, by id; looked at where it is made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by_key: dict[str, list[SyncOutcome]] = {}
        self._changed = threading.Condition()
        real = sync.sync_answer

        def seen(document: str, key: str, frame: Result | Failure, buffers: Any) -> Any:
            message = real(document, key, frame, buffers)
            (command,) = msgspec.json.decode(message.data, type=list[AnswerSync])
            with self._changed:
                outcome = msgspec.json.decode(message.buffers[0], type=SyncOutcome)
                self.by_key.setdefault(command.sync, []).append(outcome)
                self._changed.notify_all()
            return message

        monkeypatch.setattr("jupyterwin.main.document.sync_answer", seen)

    def of(self, key: str) -> SyncOutcome:
        with self._changed:
            assert self._changed.wait_for(lambda: key in self.by_key, DEADLINE), self.by_key
        return self.by_key[key][0]


def ask(page: Page, channel: str, *args: Any) -> tuple[int, str]:
    number = next(_ids)
    key = f"{number:032}"
    page.push(Invoke(number, channel, list(args), sync=key))
    return number, key


def test_the_first_value_counts_and_goes_out_at_once(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a")
    release = threading.Event()

    @window.ipc.on("ask")
    def first(event: IpcEvent) -> None:
        event.return_value = 1
        event.return_value = 2
        release.wait(DEADLINE)

    @window.ipc.on("ask")
    def second(event: IpcEvent) -> None:
        event.return_value = 3

    page = app.page(window)
    _, key = ask(page, "ask")
    assert outcomes.of(key).value == 1
    release.set()
    _, other = ask(page, "ask")
    outcomes.of(other)
    assert len(outcomes.by_key[key]) == 1
    assert not [frame for frame in page.frames if isinstance(frame, Result | Failure)]


@pytest.mark.parametrize("kind", ["plain", "async", "future"])
def test_listeners_that_all_end_without_a_value_are_told_of(app: HeadlessApp, outcomes: Outcomes, kind: str) -> None:
    window = app.open("a")

    async def nothing(_event: object) -> None:
        pass

    for _ in range(2):
        window.ipc.on("ask", nothing if kind == "async" else lambda _event: None)
    error = outcomes.of(ask(app.page(window), "ask")[1]).error
    assert error is not None
    assert error.code == "no-handler"
    assert "event.return_value" in error.message


def test_an_error_of_a_listener_is_the_answer_unless_a_value_came_first(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a")

    def ask_one(event: IpcEvent, *, early: bool) -> None:
        if early:
            event.return_value = "first"
        raise ValueError("no")

    window.ipc.on("early", lambda event: ask_one(event, early=True))
    window.ipc.on("late", lambda event: ask_one(event, early=False))
    page = app.page(window)
    assert outcomes.of(ask(page, "early")[1]).value == "first"
    error = outcomes.of(ask(page, "late")[1]).error
    assert error is not None
    assert (error.name, error.message) == ("ValueError", "no")


def test_an_answer_that_is_too_large_or_cannot_cross_is_an_error(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a")
    window.ipc.on("large", lambda event: setattr(event, "return_value", bytes(sync.LIMIT)))
    window.ipc.on("function", lambda event: setattr(event, "return_value", print))
    page = app.page(window)
    codes = [outcomes.of(ask(page, channel)[1]).error for channel in ("large", "function")]
    assert [error and error.code for error in codes] == ["overflow", "unserializable"]


def test_listeners_come_before_handlers(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a", expose={"ask": lambda: "exposed"})
    page = app.page(window)
    assert outcomes.of(ask(page, "ask")[1]).value == "exposed"
    window.ipc.handle("ask", lambda _event: "handler")
    assert outcomes.of(ask(page, "ask")[1]).value == "handler"
    window.ipc.on("ask", lambda event: setattr(event, "return_value", "listener"))
    assert outcomes.of(ask(page, "ask")[1]).value == "listener"


def test_a_plain_message_is_not_answered(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a")
    set_there = threading.Event()
    window.ipc.on("ask", lambda event: (setattr(event, "return_value", 1), set_there.set()))
    app.page(window).send("ask")
    assert set_there.wait(DEADLINE)
    assert outcomes.by_key == {}


def test_a_page_that_gave_up_is_seen_by_its_listeners(app: HeadlessApp, outcomes: Outcomes) -> None:
    window = app.open("a")
    seen: list[IpcEvent] = []
    heard, gave_up, done = threading.Event(), threading.Event(), threading.Event()

    @window.ipc.on("ask")
    def slow(event: IpcEvent) -> None:
        seen.append(event)
        heard.set()
        gave_up.wait(DEADLINE)
        event.return_value = "too late"
        done.set()

    page = app.page(window)
    window.ipc.handle("ping", lambda _event: "pong")
    number, key = ask(page, "ask")
    assert heard.wait(DEADLINE)
    page.push(Cancel(number, "deadline"))
    assert page.call("ping") == "pong"
    assert seen[0].cancelled
    gave_up.set()
    assert done.wait(DEADLINE)
    assert key not in outcomes.by_key


def test_many_that_were_given_up_leave_nothing(app: HeadlessApp) -> None:
    window = app.open("a")
    release = threading.Event()
    window.ipc.handle("slow", lambda _event: release.wait(DEADLINE), concurrent=True)
    window.ipc.handle("ping", lambda _event: "pong")
    page = app.page(window)
    for _ in range(200):
        number, _key = ask(page, "slow")
        page.push(Cancel(number, "deadline"))
    assert page.call("ping") == "pong"
    assert not page.closed
    release.set()


def test_a_page_that_stands_still_for_many_calls_is_cut_off(app: HeadlessApp) -> None:
    window = app.open("a")
    release = threading.Event()
    window.ipc.handle("slow", lambda _event: release.wait(DEADLINE), concurrent=True)
    page = app.page(window)
    for _ in range(100):
        ask(page, "slow")
    page.wait_for(lambda: page.closed)
    assert "stand still for one call alone" in window.log
    release.set()
