"""The handlers' loop: started when it is needed, and not by what comes too late."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable

import pytest

from jupyterwin.main.handlers.loop import HandlersLoop


def loops() -> int:
    return sum(thread.name == "jupyterwin-loop" for thread in threading.enumerate())


def test_what_comes_after_the_end_does_not_start_it_again() -> None:
    loop, ran = HandlersLoop(), threading.Event()
    loop.call_later(0, ran.set)
    assert ran.wait(10)
    loop.stop()

    async def late() -> None:
        raise AssertionError

    loop.call_later(0, ran.clear)
    loop.start_task(late, contextvars.copy_context(), lambda _task: None)
    loop.start()
    assert loops() == 0
    assert ran.is_set()

    loop.revive()
    again = threading.Event()
    loop.call_later(0, again.set)
    assert again.wait(10)
    loop.stop()
    assert loops() == 0


@pytest.mark.parametrize("how", ["task", "later"])
def test_what_begins_while_it_ends_ends_too(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The end does not come between taking the loop and handing it a task: that would fail, or never be over."""
    loop, tasks = HandlersLoop(), list[asyncio.Task[None]]()
    loop.start()
    enders: list[threading.Thread] = []
    hand = asyncio.BaseEventLoop.call_soon_threadsafe

    def end_first(
        running: asyncio.AbstractEventLoop, fn: Callable[..., object], *args: object, **how: object
    ) -> object:
        if not enders:
            enders.append(threading.Thread(target=loop.stop))
            enders[0].start()
            enders[0].join(0.2)
        return hand(running, fn, *args, **how)  # type: ignore[arg-type]  # whatever it was given

    async def task() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.BaseEventLoop, "call_soon_threadsafe", end_first)
    if how == "task":
        loop.start_task(task, contextvars.copy_context(), tasks.append)
    else:
        loop.call_later(0, tasks.clear)
    enders[0].join(10)
    assert loops() == 0
    assert all(task.cancelled() for task in tasks)
