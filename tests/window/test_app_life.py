"""The application's life with real processes: what they use, and the end of a real kernel."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jupyterwin.main.app import App
from support.kernel import RealKernel
from support.real_app import open_ready


def test_metrics_tell_the_processes_apart_and_which_window_each_serves(app: App) -> None:
    one, two = (open_ready(app, name) for name in ("one", "two"))
    first = app.metrics()
    assert {process.type for process in first} >= {"kernel", "host", "renderer", "sandbox", "zygote"}
    (kernel,) = [process for process in first if process.type == "kernel"]
    assert kernel.pid == os.getpid()
    assert sum(process.type == "host" for process in first) == 1
    renderer = first.of("one")
    assert (renderer.pid, renderer.windows) == (one.pid, ("one",))
    assert first.of("two").pid == two.pid
    assert all(process.cpu == 0 for process in first)
    statm = Path(f"/proc/{one.pid}/statm").read_text().split()
    assert renderer.working_set == pytest.approx(int(statm[1]) * os.sysconf("SC_PAGE_SIZE"), rel=0.3)
    assert renderer.private is not None
    assert 1_000_000 < renderer.private < renderer.working_set
    with pytest.raises(KeyError, match="three"):
        first.of("three")


def test_metrics_measure_the_cpu_since_the_last_reading(app: App) -> None:
    busy, idle = open_ready(app, "busy"), open_ready(app, "idle")
    app.metrics()
    start = time.monotonic()
    work = "let sum = 0; for (let n = 0; n < 1e9; n++) sum = (sum + n) | 0; return sum"
    busy.eval(work, timeout=60).result(60)  # half a second of a processor, however long that takes here
    second, elapsed = app.metrics(), time.monotonic() - start
    assert second.of("busy").cpu > second.of("idle").cpu
    assert second.of("busy").cpu > 100 * 0.1 / elapsed
    assert idle.status == "ready"


def test_metrics_show_themselves_as_a_table(app: App) -> None:
    window = open_ready(app, "a <b>")
    metrics = app.metrics()
    assert f"{window.pid}" in repr(metrics)
    html = metrics._repr_html_()
    assert "a &lt;b&gt;" in html
    assert html.count("<tr>") == len(metrics) + 1


@pytest.mark.parametrize("how", ["shutdown", "restart"])
def test_the_end_of_a_kernel_is_told_while_its_windows_still_work(
    real_kernel: RealKernel, tmp_path: Path, how: str
) -> None:
    said = tmp_path / "said"
    real_kernel.run(f"""
import jupyterwin as jw, pathlib
win = jw.open("a", html="<title>draft</title>")
win.ready().result(20)
@jw.app.on("before-quit")
def save(event):
    pathlib.Path({str(said)!r}).write_text(event.reason + " " + win.eval("document.title").result(5))
""").ok()
    getattr(real_kernel, how)()
    assert said.read_text() == "shutdown draft"


def test_a_listener_that_never_ends_does_not_keep_a_kernel(real_kernel: RealKernel) -> None:
    real_kernel.run("""
import jupyterwin as jw, time
win = jw.open("a")
win.ready().result(20)
jw.app.on("before-quit", lambda event: time.sleep(600))
jw.every(0.05, lambda: None)
""").ok()
    start = time.monotonic()
    real_kernel.shutdown()
    assert time.monotonic() - start < 5 * 2
    assert not real_kernel.alive
