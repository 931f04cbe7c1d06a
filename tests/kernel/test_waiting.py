"""Waiting in cells of a real kernel: awaited, blocked, interrupted, forked. Pages are doubles, all else is real."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from support.kernel import RealKernel

SETUP = """
import asyncio, multiprocessing, os, threading, time
import jupyterwin as jw
from jupyterwin.testing import HeadlessApp
%load_ext jupyterwin
app = HeadlessApp()
win = app.open("a", expose={"ping": lambda: "pong"})
page = app.page(win)
answer = threading.Event()
page.handle("slow", lambda: (answer.wait(30), "late")[1])
def where(event):
    return threading.current_thread() is threading.main_thread()
win.ipc.handle("main", where, thread="main");
"""


@pytest.fixture
def kernel(real_kernel: RealKernel) -> Iterator[RealKernel]:
    real_kernel.run(SETUP).ok()
    yield real_kernel
    real_kernel.run("answer.set(); app.quit()")


def test_handlers_of_the_main_thread_run_while_a_cell_awaits(kernel: RealKernel) -> None:
    assert kernel.value("await asyncio.wrap_future(page.invoke('main'))") is True
    assert kernel.value("[await asyncio.wrap_future(page.invoke('main')) for _ in range(20)]") == [True] * 20


def test_handlers_of_the_main_thread_run_between_cells_and_after_a_busy_one(kernel: RealKernel) -> None:
    for cell in ("call = page.invoke('main')", "call = page.invoke('main')\ntime.sleep(0.5)\nassert not call.done()"):
        kernel.run(cell).ok()
        end = time.monotonic() + 20
        while not kernel.value("call.done()"):
            assert time.monotonic() < end
        assert kernel.value("call.result(0)") is True


def test_an_interrupt_of_result_leaves_the_call_alive(kernel: RealKernel) -> None:
    kernel.run("pending = win.invoke('slow')").ok()
    request = kernel.running("pending.result()")
    kernel.interrupt()
    outcome = kernel.wait(request, timeout=20)
    assert outcome.error is not None
    assert outcome.error[0] == "KeyboardInterrupt"
    kernel.run("answer.set()").ok()
    assert kernel.value("pending.result(5)") == "late"
    assert kernel.value("page.call('ping')") == "pong"


def test_an_interrupt_of_a_handler_cancels_its_call_and_ends_the_cell(kernel: RealKernel) -> None:
    kernel.run("def long(event): print('the handler runs', flush=True); time.sleep(60)").ok()
    kernel.run("win.ipc.handle('long', long, thread='main');").ok()
    request = kernel.running("call = page.invoke('long')\njw.Pending('what never comes').result()")
    kernel.hears("the handler runs")
    kernel.interrupt()
    outcome = kernel.wait(request, timeout=20)
    assert outcome.error is not None
    assert outcome.error[0] == "KeyboardInterrupt"
    assert kernel.value("str(call.exception(5))") == "the kernel was interrupted"
    assert kernel.value("page.call('ping')") == "pong"


def test_a_cell_that_awaits_twice_and_from_two_loops_gets_one_answer(kernel: RealKernel) -> None:
    kernel.run(
        "pending = win.invoke('slow')\n"
        "async def wait(): return await pending\n"
        "other = []\n"
        "thread = threading.Thread(target=lambda: other.append(asyncio.run(wait())))\n"
        "thread.start()\n"
        "asyncio.get_running_loop().call_later(0.3, answer.set)\n"
        "mine = await asyncio.gather(wait(), wait())\n"
        "thread.join(10)"
    ).ok()
    assert kernel.value("[*mine, *other]") == ["late"] * 3


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_processes_of_a_cell_disturb_no_window(kernel: RealKernel, how: str) -> None:
    kernel.run(f"with multiprocessing.get_context({how!r}).Pool(2) as pool: got = pool.map(abs, [-1, -2, -3])").ok()
    assert kernel.value("got") == [1, 2, 3]
    assert kernel.value("page.call('ping')") == "pong"


def test_a_forked_child_that_uses_windows_and_exits_in_order_disturbs_none(kernel: RealKernel) -> None:
    kernel.run(
        "def child():\n"
        "    win.send('x', 1)\n"
        "    win.invoke('y').exception(2)\n"
        "    assert len(jw.app.windows) == 0\n"
        "process = multiprocessing.get_context('fork').Process(target=child)\n"
        "process.start(); process.join(20)\n"
        "code = process.exitcode"
    ).ok()
    assert kernel.value("code") == 0
    assert kernel.value("page.call('ping')") == "pong"
    assert kernel.value("page.received") == []
