"""The rules of `Pending`: one outcome, awaited or waited for, on any thread but one."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading

import pytest

from jupyterwin.errors import DeadlineExceeded, UsageError, WindowClosed
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


def test_result_on_the_main_thread_while_the_page_first_asks_a_function_of_the_main_thread(app: HeadlessApp) -> None:
    """The page answers only when that function has answered: nothing would ever end if the main thread only waited."""
    window = app.open("a")
    on: list[str] = []

    def ask(_event: IpcEvent) -> str:
        on.append(threading.current_thread().name)
        return "asked first"

    window.ipc.handle("ask", ask, thread="main")
    page = app.page(window)
    first: Pending[str] = Pending("what the page answers")
    page.handle("question", lambda: page.invoke("ask").add_done_callback(lambda done: first.settle(done.result())))
    assert window.invoke("question").result(DEADLINE) is None
    assert first.result(DEADLINE) == "asked first"
    assert on == ["MainThread"]


def test_result_on_the_handlers_loop_raises(app: HeadlessApp) -> None:
    window = app.open("a")
    never: Pending[None] = Pending("what never comes")

    async def bad(_event: IpcEvent) -> str:
        try:
            never.result(1)
        except UsageError as error:
            return str(error)
        return "no error"

    window.ipc.handle("bad", bad)
    assert "use 'await' here" in app.page(window).call("bad")


def test_result_on_the_handlers_loop_gives_what_has_ended(app: HeadlessApp) -> None:
    """A deadline ends calls there, and so calls their callbacks."""
    window = app.open("a")
    got: list[object] = []
    done = threading.Event()
    app.page(window).handle("late", lambda: done.wait(DEADLINE))
    asked = window.invoke("late", timeout=0.01)
    asked.add_done_callback(lambda ended: (got.append(ended.exception()), done.set()))
    assert done.wait(DEADLINE)
    assert [type(error) for error in got] == [DeadlineExceeded]


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
