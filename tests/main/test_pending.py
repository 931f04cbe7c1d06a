"""The rules of `Pending`: one outcome, awaited or waited for, on any thread but one."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading

import pytest

from jupyterwin.errors import UsageError, WindowClosed
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.pending import Pending
from jupyterwin.testing import DEADLINE, HeadlessApp


def test_it_ends_once() -> None:
    pending: Pending[int] = Pending("x")
    assert pending.settle(1)
    assert not pending.settle(2)
    assert not pending.fail(ValueError())
    assert not pending.cancel()
    assert pending.result(0) == 1


def test_two_loops_may_await_it() -> None:
    pending: Pending[int] = Pending("x")
    results: list[int] = []

    async def wait() -> None:
        results.append(await pending)

    threads = [threading.Thread(target=lambda: asyncio.run(wait())) for _ in range(2)]
    for thread in threads:
        thread.start()
    pending.settle(7)
    for thread in threads:
        thread.join(DEADLINE)
    assert results == [7, 7]


def test_a_cancelled_waiter_leaves_it_alive() -> None:
    pending: Pending[int] = Pending("x")

    async def main() -> None:
        async def wait() -> int:
            return await pending

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not pending.done()

    asyncio.run(main())
    pending.settle(1)


def test_result_on_the_main_thread_runs_main_thread_handlers_while_it_waits(app: HeadlessApp) -> None:
    window = app.open("a")
    on: list[str] = []
    window.ipc.handle("ask", lambda _event: on.append(threading.current_thread().name), thread="main")
    page = app.page(window)

    def answer() -> str:
        asked = page.invoke("ask")
        # The page's answer needs the main thread first; this callback runs on the page's own thread.
        asked.add_done_callback(lambda _future: done.set())
        return "answered"

    done = threading.Event()
    page.handle("question", answer)
    assert window.invoke("question").result(DEADLINE) == "answered"
    waiting: Pending[None] = Pending("the handler")
    threading.Thread(target=lambda: (done.wait(DEADLINE), waiting.settle(None))).start()
    waiting.result(DEADLINE)
    assert on == ["MainThread"]


def test_result_on_the_handlers_loop_raises(app: HeadlessApp) -> None:
    window = app.open("a")

    async def bad(event: IpcEvent) -> str:
        try:
            event.window.invoke("x").result(1)
        except UsageError as error:
            return str(error)
        return "no error"

    window.ipc.handle("bad", bad)
    assert "use 'await' here" in app.page(window).call("bad")


def test_a_failure_nobody_looked_at_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    pending: Pending[int] = Pending("the thing")
    pending.fail(WindowClosed("gone"))
    with caplog.at_level(logging.WARNING, "jupyterwin"):
        del pending
        gc.collect()
    assert [r.getMessage() for r in caplog.records] == ["the thing failed and nobody looked: WindowClosed: gone"]


def test_a_failure_somebody_looked_at_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    pending: Pending[int] = Pending("the thing")
    pending.fail(WindowClosed("gone"))
    with pytest.raises(WindowClosed):
        pending.result(0)
    del pending
    gc.collect()
    assert not caplog.records


def test_its_repr_says_where_it_stands() -> None:
    pending: Pending[int] = Pending("x")
    assert repr(pending) == "<Pending x: pending>"
    pending.settle(3)
    assert repr(pending) == "<Pending x: done: 3>"
