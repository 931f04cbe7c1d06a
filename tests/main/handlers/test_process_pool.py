"""Work in other processes: a handler returns the pool's future, and the answer arrives by itself when it is done."""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import resource_tracker

import pytest

from jupyterwin.errors import RemoteError
from jupyterwin.testing import DEADLINE, HeadlessApp


@pytest.fixture
def pool() -> Iterator[ProcessPoolExecutor]:
    one = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))
    yield one
    one.shutdown()
    del one
    gc.collect()  # what it made in the system is taken away by who made it
    resource_tracker._resource_tracker._stop()  # it would be left behind


def test_answers_of_a_process_pool(app: HeadlessApp, pool: ProcessPoolExecutor) -> None:
    window = app.open("a")
    threads: set[float] = set()

    def start(_event: object, n: int) -> Future[int]:
        threads.add(time.monotonic())
        return pool.submit(math.factorial, n)

    window.ipc.handle("factorial", start)
    window.ipc.handle("where", lambda _event: pool.submit(os.getpid))
    page = app.page(window)
    calls = [page.invoke("factorial", n) for n in range(50)]
    assert [call.result(3 * DEADLINE) for call in calls] == [math.factorial(n) for n in range(50)]
    assert page.call("where") != os.getpid()


def test_a_slow_job_in_a_pool_holds_up_no_call_of_its_channel(app: HeadlessApp, pool: ProcessPoolExecutor) -> None:
    """A handler is done when it has returned its future."""
    window = app.open("a")
    window.ipc.handle("sleep", lambda _event, seconds: pool.submit(time.sleep, seconds))
    page = app.page(window)
    slow, fast = page.invoke("sleep", 3), page.invoke("sleep", 0)
    assert fast.result(3 * DEADLINE) is None
    assert not slow.done()
    assert slow.result(3 * DEADLINE) is None


def test_errors_of_a_pool_are_the_calls(app: HeadlessApp, pool: ProcessPoolExecutor) -> None:
    window = app.open("a")
    window.ipc.handle("fail", lambda _event: pool.submit(math.factorial, -1))
    window.ipc.handle("unpicklable", lambda _event: pool.submit(lambda: 1))
    page = app.page(window)
    with pytest.raises(RemoteError, match="ValueError"):
        page.call("fail")
    with pytest.raises(RemoteError):
        page.call("unpicklable")


def test_an_end_of_the_worker_process_ends_its_call(app: HeadlessApp, pool: ProcessPoolExecutor) -> None:
    window = app.open("a")
    window.ipc.handle("die", lambda _event: pool.submit(os._exit, 1))
    with pytest.raises(RemoteError, match="BrokenProcessPool"):
        app.page(window).call("die")
