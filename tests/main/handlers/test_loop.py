"""The handlers' loop: started when it is needed, and not by what comes too late."""

from __future__ import annotations

import contextvars
import threading

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
