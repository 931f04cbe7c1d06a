"""App: its events, the end of it, policies and timers, without a screen."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main import applife
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.timers import until_next
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control


@pytest.fixture
def in_cell() -> Iterator[Callable[[str], None]]:
    """Begin a run of a cell of this name."""

    def begin(key: str) -> None:
        cells.end()
        cells.begin(key, identified=True)

    yield begin
    cells.end()
    for key in ("one", "two"):
        begin(key)


# ---------------------------------------------------------------- windows


def test_a_window_is_among_the_others_when_something_can_be_asked_of_it(
    app: HeadlessApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host takes its time to start: the watch over files, an interrupt and other threads go on meanwhile."""
    first, there = app.open("first"), []
    start = app._host_of

    def slow_start(options: object) -> object:
        app.windows.interrupt()
        there.extend(app.windows)
        return start(options)

    monkeypatch.setattr(app, "_host_of", slow_start)
    second = app.open("second")
    assert there == [first]
    assert list(app.windows) == [first, second]


# ---------------------------------------------------------------- quit


def test_a_listener_of_before_quit_may_keep_the_application(app: HeadlessApp) -> None:
    window = app.open("a")
    told: list[str] = []
    veto = app.on("before-quit", lambda event: event.prevent_default())
    for name in ("will-quit", "quit"):
        app.on(name, functools.partial(told.append, name))
    assert app.quit() is False
    assert (window.status != "closed", told) == (True, [])
    veto()
    assert app.quit() is True
    assert window.status == "closed"
    assert told == ["will-quit", "quit"]


def test_the_end_of_the_kernel_is_told_and_cannot_be_prevented(app: HeadlessApp) -> None:
    window, told = app.open("a"), []

    @app.on("before-quit")
    def refuse(event: applife.QuitEvent) -> None:
        event.prevent_default()
        told.append((event.reason, window.status != "closed"))

    app._shut_down()
    assert told == [("shutdown", True)]
    assert window.status == "closed"


def test_the_end_waits_no_longer_for_a_listener_than_it_promised(
    app: HeadlessApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applife, "NOTICE", 0.2)
    window, release = app.open("a"), threading.Event()
    app.on("before-quit", lambda _event: release.wait(DEADLINE))
    start = time.monotonic()
    app._shut_down()
    assert time.monotonic() - start < 5 * (0.2 + 0.2)
    assert window.status == "closed"
    release.set()


def test_a_listener_may_quit_itself(app: HeadlessApp) -> None:
    over = app.next("quit")
    app.on("window-all-closed", app.quit)
    app.open("a").destroy()
    over.result(DEADLINE)
    assert app.host is None


def test_a_listener_may_open_another_window(app: HeadlessApp) -> None:
    opened = app.next("window-created")
    app.once("window-all-closed", lambda: app.open("b"))
    app.open("a")
    assert opened.result(DEADLINE).name == "a"
    again = app.next("window-created")
    app.windows["a"].destroy()
    assert again.result(DEADLINE).name == "b"
    assert app.windows["b"].ready().result(DEADLINE).status == "ready"


def test_windows_of_one_profile_share_a_host_and_wait_ends_with_the_last(app: HeadlessApp) -> None:
    windows = [app.open(name) for name in "ab"]
    assert len(app.hosts) == 1
    threading.Timer(0.05, lambda: [window.destroy() for window in windows]).start()
    app.wait(DEADLINE)
    assert len(app.windows) == 0


# ---------------------------------------------------------------- policies


def test_a_policy_sees_windows_there_are_and_each_to_come_before_it_loads(app: HeadlessApp) -> None:
    seen: list[tuple[str, int]] = []

    def loads() -> int:
        return sum(isinstance(c, control.CreateWindow) for c in app.hosts[0].commands) if app.hosts else 0

    first = app.open("a")
    first.ready().result(DEADLINE)
    dispose = app.policy(lambda window: seen.append((window.name, loads())))
    app.open("b").ready().result(DEADLINE)
    assert seen == [("a", 1), ("b", 1)]
    dispose()
    app.open("c")
    assert len(seen) == 2


def test_a_policy_that_raises_is_the_end_of_that_window_alone(app: HeadlessApp) -> None:
    def refuse(window: object) -> None:
        raise PermissionError(f"not {window}")

    dispose = app.policy(refuse)
    with pytest.raises(PermissionError, match="not <Window 'a' starting>"):
        app.open("a")
    assert len(app.windows) == 0
    dispose()
    assert app.open("a").ready().result(DEADLINE)
    with pytest.raises(UsageError, match="policy: 3 is not a function"):
        app.policy(3)  # type: ignore[arg-type]  # what is wrong here


def test_a_policy_belongs_to_its_cell(app: HeadlessApp, in_cell: Callable[[str], None]) -> None:
    seen: list[str] = []
    for _ in range(2):
        in_cell("one")
        app.policy(lambda window: seen.append(window.name))
    app.open("a")
    assert seen == ["a"]


# ---------------------------------------------------------------- timers


def test_a_timer_ticks_until_it_is_disposed_of(app: HeadlessApp) -> None:
    ticks = threading.Semaphore(0)
    dispose = app.every(0.01, ticks.release)
    for _ in range(3):
        assert ticks.acquire(timeout=DEADLINE)
    dispose()


def test_a_timer_never_overlaps_itself(app: HeadlessApp) -> None:
    running, most = 0, 0
    three = threading.Semaphore(0)

    def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.05)
        running -= 1
        three.release()

    dispose = app.every(0.01, slow)
    for _ in range(3):
        assert three.acquire(timeout=DEADLINE)
    dispose()
    assert most == 1


def test_a_timer_leaves_out_what_it_missed_and_keeps_its_phase() -> None:
    assert until_next(100.0, 10, 100.0) == 10
    assert until_next(100.0, 10, 103.0) == 7
    assert until_next(100.0, 10, 134.0) == 6


@pytest.mark.parametrize("wrap", [lambda fn: fn, functools.partial])
def test_an_async_timer_runs_on_the_handlers_loop(app: HeadlessApp, wrap: Callable[..., Callable[[], object]]) -> None:
    named: Pending[str] = Pending("name")
    cancelled: Pending[bool] = Pending("cancelled")

    async def tick() -> None:
        named.settle(threading.current_thread().name)
        try:
            await asyncio.sleep(DEADLINE)
        except asyncio.CancelledError:
            cancelled.settle(True)
            raise

    dispose = app.every(0.01, wrap(tick))
    assert named.result(DEADLINE) == "jupyterwin-loop"
    dispose()
    assert cancelled.result(DEADLINE)


def test_each_different_error_of_a_timer_is_told_once(app: HeadlessApp, capsys: pytest.CaptureFixture[str]) -> None:
    calls, enough = 0, threading.Event()

    def fails() -> None:
        nonlocal calls
        calls += 1
        if calls == 7:
            enough.set()
        raise ValueError("odd" if calls % 2 else "even")

    dispose = app.every(0.01, fails)
    assert enough.wait(DEADLINE)
    dispose()
    said = capsys.readouterr().err
    assert (said.count("ValueError: odd"), said.count("ValueError: even")) == (1, 1)
    assert "fails(), called every 0.01 s" in said


def test_a_timer_ends_with_its_window(app: HeadlessApp) -> None:
    window = app.open("a")
    app.every(1000, lambda: None, window=window)
    closed = window.next("closed")
    assert timers() == 1
    window.destroy()
    closed.result(DEADLINE)
    until(lambda: timers() == 0)
    app.every(1000, lambda: None, window=window)
    until(lambda: timers() == 0)


def test_a_timer_ends_with_its_cell_and_with_the_application(app: HeadlessApp, in_cell: Callable[[str], None]) -> None:
    for _ in range(3):
        in_cell("one")

        @app.every(1000)
        def tick() -> None: ...

    in_cell("two")
    app.every(1000, lambda: None)
    until(lambda: timers() == 2)
    in_cell("one")
    until(lambda: timers() == 1)
    app.quit()
    until(lambda: timers() == 0)


@pytest.mark.parametrize("seconds", [0, -1, True, "1", float("nan"), float("inf")])
def test_a_timer_needs_seconds_and_a_function(app: HeadlessApp, seconds: object) -> None:
    with pytest.raises(UsageError, match="seconds: a number above 0"):
        app.every(seconds, lambda: None)  # type: ignore[arg-type]  # what is wrong here
    with pytest.raises(UsageError, match="every: 3 is not a function"):
        app.every(1, 3)  # type: ignore[arg-type]  # what is wrong here


def timers() -> int:
    return sum(thread.name == "jupyterwin-every" for thread in threading.enumerate())


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "never came true"
        time.sleep(0.01)
