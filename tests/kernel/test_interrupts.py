"""An interrupt of the kernel ends the running calls of pages within a second, whatever the kernel does just then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from support.kernel import RealKernel

PROMISED = 1.0  # seconds; asserted at five times that
SETUP = """
import asyncio, concurrent.futures, signal, threading, time
import jupyterwin as jw
from jupyterwin.testing import HeadlessHost
%load_ext jupyterwin
app, hosts = jw.app, []
# The application that the notebook interrupts, its windows without a screen.
app._hosts._start = lambda _options, on_exit: hosts.append(HeadlessHost(on_exit, connect=True)) or hosts[-1]
win = app.open("a", expose={"ping": lambda: "pong"})
page = hosts[0].page(win.id)
seen, heard = [], []

def sync(event):
    seen.append(event)
    while not event.cancelled:
        time.sleep(0.01)
    seen.append("sync saw it")

async def coro(event):
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        seen.append("coro was cancelled")
        raise

future = concurrent.futures.Future()
win.ipc.handle("sync", sync); win.ipc.handle("coro", coro); win.ipc.handle("future", lambda event: future)
def ticks(event):
    yield from range(3)
win.ipc.handle("ticks", ticks)
win.ipc.on("note", lambda event, text: heard.append(text))
before = signal.getsignal(signal.SIGINT)
def start():
    global calls, stream, ended
    calls = [page.invoke(name) for name in ("sync", "coro", "future")]
    stream = page.invoke("ticks", stream=True)
    page.credit(stream, 1)
    page.wait_for(lambda: page.items)
    ended = []
    for call in calls:
        call.add_done_callback(lambda call: ended.append((time.time(), call.exception().code, str(call.exception()))))
    while len(win._document.running) < 4: time.sleep(0.001)
"""


@pytest.fixture
def kernel(real_kernel: RealKernel) -> Iterator[RealKernel]:
    real_kernel.run(SETUP).ok()
    yield real_kernel
    real_kernel.run("app.quit()")


def outcomes(kernel: RealKernel, interrupted: float) -> None:
    """All three calls ended as cancelled, in time; nothing else did."""
    end = time.monotonic() + 30
    while (ended := kernel.value("ended"))[2:] == [] and time.monotonic() < end:
        pass
    assert [one[1:] for one in ended] == [("cancelled", "the kernel was interrupted")] * 3
    assert max(one[0] for one in ended) - interrupted < 5 * PROMISED
    kernel.value("[time.sleep(0.01) for _ in iter(lambda: len(seen) < 3, False)] and None")
    assert sorted(kernel.value("seen[1:]")) == ["coro was cancelled", "sync saw it"]
    assert kernel.value("future.cancelled()") is True
    kernel.run("page.send('note', 'still heard'); page.credit(stream, 10); stream.result(10)").ok()
    assert kernel.value("page.items[stream.number]") == [0, 1, 2], "streams go on"
    assert kernel.value("page.call('ping')") == "pong"
    assert kernel.value("heard") == ["still heard"]
    assert kernel.value("win.status") == "ready"
    assert kernel.value("signal.getsignal(signal.SIGINT) is before"), "nobody's handler was touched"


def test_while_no_cell_runs(kernel: RealKernel) -> None:
    kernel.run("start()").ok()
    interrupted = time.time()
    kernel.interrupt()
    outcomes(kernel, interrupted)


def test_by_a_message_on_the_control_channel(kernel: RealKernel) -> None:
    kernel.run("start()").ok()
    interrupted = time.time()
    kernel.client.control_channel.send(kernel.client.session.msg("interrupt_request", {}))
    assert kernel.client.get_control_msg(timeout=20)["content"]["status"] == "ok"
    outcomes(kernel, interrupted)


@pytest.mark.parametrize("code", ["while True: pass", "time.sleep(60)"], ids=["python", "sleep"])
def test_while_a_cell_runs_which_it_ends_as_ever(kernel: RealKernel, code: str) -> None:
    kernel.run("start()").ok()
    request = kernel.running(code)
    interrupted = time.time()
    kernel.interrupt()
    outcome: Any = kernel.wait(request, timeout=30)
    assert outcome.error is not None
    assert outcome.error[0] == "KeyboardInterrupt"
    outcomes(kernel, interrupted)


def test_while_a_cell_awaits(kernel: RealKernel) -> None:
    """What becomes of that cell is ipykernel's; some versions cancel it and never say so."""
    kernel.run("start()").ok()
    kernel.running("await asyncio.sleep(60)")
    interrupted = time.time()
    kernel.interrupt()
    outcomes(kernel, interrupted)


def test_while_a_cell_is_busy_in_c_and_hears_no_interrupt(kernel: RealKernel) -> None:
    kernel.run("start()").ok()
    request = kernel.running(
        "import ctypes\nsleep = ctypes.CDLL(None).usleep\nfor _ in range(150): sleep(100_000) if not ended else None"
    )
    interrupted = time.time()
    kernel.interrupt()
    kernel.wait(request, timeout=30)
    outcomes(kernel, interrupted)


def test_a_cell_that_swallows_it_does_not_keep_it_from_the_calls(kernel: RealKernel) -> None:
    kernel.run("start()").ok()
    request = kernel.start(
        "try:\n    print('it is in there', flush=True)\n    while True: pass\n"
        "except KeyboardInterrupt:\n    swallowed = True\nprint('swallowed')"
    )
    kernel.hears("it is in there")
    interrupted = time.time()
    kernel.interrupt()
    assert kernel.wait(request, timeout=30).ok().stdout.endswith("swallowed\n")
    outcomes(kernel, interrupted)


def test_a_handler_on_the_idle_main_thread_is_ended_and_the_kernel_lives(kernel: RealKernel) -> None:
    kernel.run(
        "def stuck(event):\n    print('the handler runs', flush=True)\n    time.sleep(60)\n"
        "win.ipc.handle('stuck', stuck, thread='main');"
        "win.ipc.handle('main', lambda event: 'main', thread='main');"
        "made = []\n"
        # Called by the kernel's loop, so that the cell is over by then.
        "get_ipython().kernel.io_loop.add_callback(lambda: made.append(page.invoke('stuck')))"
    ).ok()
    kernel.hears("the handler runs")
    kernel.interrupt()
    assert kernel.value("made[0].exception(10).code") == "cancelled"
    kernel.run("call = page.invoke('main')").ok()
    end = time.monotonic() + 20
    while not kernel.value("call.done()"):
        assert time.monotonic() < end
    assert kernel.value("call.result()") == "main"
    assert kernel.alive


def test_unloading_gives_the_kernel_back_as_it_was(kernel: RealKernel) -> None:
    kernel.run("import threading").ok()
    assert kernel.value("get_ipython().kernel.saved_sigint_handler is signal.SIG_IGN") is False
    kernel.run("%unload_ext jupyterwin").ok()
    assert kernel.value("get_ipython().kernel.saved_sigint_handler is signal.SIG_IGN") is True
    assert kernel.value("(fd := signal.set_wakeup_fd(-1))") == -1
    assert kernel.value("[t.name for t in threading.enumerate() if 'interrupts' in t.name]") == []


def test_an_interrupted_child_interrupts_no_call_of_its_parent(kernel: RealKernel) -> None:
    kernel.run(
        "import multiprocessing, os\nstart()\n"
        "started = multiprocessing.Event()\n"
        "def child():\n    started.set(); time.sleep(60)\n"
        "process = multiprocessing.get_context('fork').Process(target=child); process.start(); started.wait(20)\n"
        "os.kill(process.pid, signal.SIGINT); process.join(20); code = process.exitcode"
    ).ok()
    assert kernel.value("code") == 1
    assert kernel.value("page.call('ping')") == "pong"
    assert kernel.value("ended") == []
    interrupted = time.time()
    kernel.interrupt()
    outcomes(kernel, interrupted)
