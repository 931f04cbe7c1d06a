"""Nothing needs a free main thread: pages are served while a cell runs, whatever the cell does."""

from __future__ import annotations

import pytest

from support.kernel import DEADLINE, RealKernel

OPEN = """
import threading, time
import jupyterwin as jw

answered = threading.Event()

def echo(n: int) -> int:
    return n

def done() -> None:
    answered.set()

win = jw.open("a", expose=[echo, done], html='''<script>
    kernel.on("go", async count => {
        for (let n = 0; n < count; n++) if (await kernel.echo(n) !== n) throw new Error("wrong echo");
        kernel.done();
    });
</script>''')
win.ready().result(20)
"""
BUSY = {
    "sleep": "time.sleep(0.05)",
    "pure Python": "sum(range(1000))",
}


@pytest.mark.parametrize("work", BUSY.values(), ids=BUSY.keys())
def test_calls_of_a_page_and_sends_to_it_work_while_a_cell_runs(real_kernel: RealKernel, work: str) -> None:
    real_kernel.run(OPEN).ok()
    # The cell ends only when the page has been sent to, has called 200 times, and was answered each time.
    cell = f"win.send('go', 200)\nend = time.monotonic() + 30\nwhile not answered.is_set() and time.monotonic() < end:\n    {work}"
    real_kernel.run(cell).ok()
    assert real_kernel.value("answered.is_set()")
    assert real_kernel.value("[str(entry) for entry in win.log if entry.level in {'warning', 'error'}]") == []


def test_an_interrupt_ends_the_cell_and_leaves_the_windows(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN).ok()
    host = real_kernel.value("jw.app.host.process.pid")
    request = real_kernel.running("while True: pass")
    real_kernel.interrupt()
    assert real_kernel.wait(request).error == ("KeyboardInterrupt", "")
    assert real_kernel.value("win.status") == "ready"
    assert real_kernel.value("win.eval('kernel.echo(7)').result(5)") == 7
    assert real_kernel.value("jw.app.host.process.pid") == host


def test_a_handler_prints_under_the_cell_that_registered_it(real_kernel: RealKernel) -> None:
    registered = real_kernel.start(OPEN + "\nwin.ipc.handle('say', lambda event: print('from the handler'))")
    real_kernel.wait(registered).ok()
    other = real_kernel.run("win.eval('1').result(5); import jupyterwin").ok()
    del other
    real_kernel.run("x = jw.open('b', preload=[], html='')").ok()
    real_kernel.start("win.ipc._handlers['say'].context.copy().run(win.ipc._handlers['say'].fn, None)")
    while (said := real_kernel.client.get_iopub_msg(timeout=DEADLINE))["msg_type"] != "stream":
        pass
    assert said["content"]["text"].strip() == "from the handler"
    assert said["parent_header"]["msg_id"] == registered
