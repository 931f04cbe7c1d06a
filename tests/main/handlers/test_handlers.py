"""Where handlers run and what becomes of what they return or raise."""

from __future__ import annotations

import asyncio
import concurrent.futures
import re
import threading

import pytest

from jupyterwin.errors import (
    RemoteError,
    Unserializable,
)
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.testing import DEADLINE, HeadlessApp


def quote(symbol: str, days: int = 30, *, currency: str = "USD") -> list[str]:
    return [symbol, str(days), currency]


def test_calls_of_one_channel_run_one_after_another_and_others_beside(app: HeadlessApp) -> None:
    running, most = 0, 0
    release = threading.Event()

    def slow(n: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        release.wait(DEADLINE)
        running -= 1
        return n

    page = app.page(app.open("a", expose={"slow": slow, "quick": lambda: "at once"}))
    calls = [page.invoke("slow", n) for n in range(5)]
    assert page.call("quick") == "at once"
    release.set()
    assert [c.result(DEADLINE) for c in calls] == list(range(5))
    assert most == 1


def test_reading_goes_on_when_every_thread_is_busy(app: HeadlessApp) -> None:
    release = threading.Event()
    window = app.open("a", expose={"ping": lambda: "pong"})
    window.ipc.handle("block", lambda _event: release.wait(DEADLINE), concurrent=True)

    async def alive(_event: IpcEvent) -> str:
        return "read"

    window.ipc.handle("alive", alive)
    page = app.page(window)
    calls = [page.invoke("block") for _ in range(100)]
    assert page.call("alive") == "read"
    release.set()
    assert all(c.result(DEADLINE) for c in calls)


def test_async_handlers_run_side_by_side(app: HeadlessApp) -> None:
    gate: list[asyncio.Event] = []

    async def wait() -> str:
        gate.append(asyncio.Event())
        await gate[0].wait()
        return "open"

    async def open_gate() -> None:
        gate[0].set()

    page = app.page(app.open("a", expose=[wait, open_gate]))
    waiting = page.invoke("wait")
    page.call("open_gate")
    assert waiting.result(DEADLINE) == "open"


def test_a_handler_may_return_a_future(app: HeadlessApp) -> None:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        page = app.page(app.open("a", expose={"work": lambda n: pool.submit(lambda: n * 2)}))
        assert page.call("work", 21) == 42


def test_errors_cross_as_records_and_are_logged_with_their_traceback(
    app: HeadlessApp, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise KeyError("gone")

    window = app.open("a", expose=[fail])
    with pytest.raises(RemoteError) as caught:
        app.page(window).call("fail")
    assert caught.value.name == "KeyError"
    assert caught.value.record.traceback == ""
    assert "Traceback" in window.log[-1].trace
    assert "window 'a': handler 'fail' raised KeyError" in capsys.readouterr().err


def test_debug_lets_the_traceback_cross(app: HeadlessApp, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(RemoteError) as caught:
        app.page(app.open("a", expose=[fail], debug=True)).call("fail")
    assert "in fail" in caught.value.record.traceback
    capsys.readouterr()


def test_an_unserializable_result_says_where(app: HeadlessApp) -> None:
    page = app.page(app.open("a", expose={"bad": lambda: {"rows": [1, object()]}}))
    with pytest.raises(Unserializable, match=re.escape("result.rows[1]")):
        page.call("bad")


def test_a_function_defined_again_is_the_one_called_next(app: HeadlessApp) -> None:
    page = app.page(app.open("a", expose=[quote]))
    original = quote
    globals()["quote"] = _redefined()
    try:
        assert page.call("quote", 7) == 8
    finally:
        globals()["quote"] = original


def _redefined():
    def quote(n: int) -> int:
        return n + 1

    quote.__qualname__ = "quote"
    return quote
