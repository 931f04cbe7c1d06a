"""`sendSync` with a real kernel: while a cell computes, and when the kernel ends or restarts under a page that stands still."""

from __future__ import annotations

import time

import psutil
import pytest

from support.kernel import RealKernel
from support.leaks import alive

BOUND = 2.0

OPEN = """
import threading, time
import jupyterwin as jw

done = threading.Event()
got = []
asked = threading.Event()

win = jw.open("a", preload="PRELOAD", html="<p>hello")

@win.ipc.on("echo")
def echo(event, n):
    event.return_value = n

@win.ipc.on("never")
def never(event):
    print("asked", flush=True)
    time.sleep(30)

@win.ipc.on("done")
def finish(event, value):
    got.append(value)
    done.set()

win.ready().result(20)
"""
SCRIPT = """
const { ipcRenderer } = jupyterwin;
ipcRenderer.on("go", (_event, count) => {
    let wrong = 0;
    for (let n = 0; n < count; n++) if (ipcRenderer.sendSync("echo", n) !== n) wrong++;
    ipcRenderer.send("done", wrong);
});
ipcRenderer.on("never", () => ipcRenderer.sendSync("never"));
"""


@pytest.fixture
def kernel(real_kernel: RealKernel, tmp_path: object) -> RealKernel:
    preload = tmp_path / "preload.js"  # type: ignore[operator]  # a Path
    preload.write_text(SCRIPT)
    real_kernel.run(OPEN.replace("PRELOAD", str(preload))).ok()
    return real_kernel


@pytest.mark.parametrize("work", ["time.sleep(0.05)", "sum(range(1000))"], ids=["sleep", "pure Python"])
def test_it_is_answered_while_a_cell_runs(kernel: RealKernel, work: str) -> None:
    cell = f"win.send('go', 100)\nend = time.monotonic() + 30\nwhile not done.is_set() and time.monotonic() < end:\n    {work}"
    kernel.run(cell).ok()
    assert kernel.value("got") == [0]


@pytest.mark.parametrize("end", ["kill", "restart"])
def test_the_end_of_the_kernel_ends_it(kernel: RealKernel, end: str) -> None:
    """With the kernel goes the host, and the renderer that stands still."""
    host = psutil.Process(kernel.value("jw.app.host.process.pid"))
    left = [host, *host.children(recursive=True)]
    kernel.start("win.send('never')")
    kernel.hears("asked")
    start = time.monotonic()
    getattr(kernel, end)()
    while left := [process for process in left if alive(process.pid)]:
        assert time.monotonic() - start < 5 * BOUND, f"still there: {left}"
        psutil.wait_procs(left, timeout=0.1)
