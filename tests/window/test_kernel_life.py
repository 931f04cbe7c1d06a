"""However the kernel ends, its windows end with it: no host, no renderer, no file is left within two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
import pytest

from support.kernel import RealKernel
from support.leaks import alive

BOUND = 2.0
OPEN = """
import jupyterwin as jw
windows = [jw.open(name, html="<p>hello", expose={"ping": lambda: "pong"}, on_crash="close") for name in "ab"]
for win in windows:
    win.ready().result(20)
"""
FORK = "import os, time\nchild = os.fork()\nif not child:\n    time.sleep(60)\n    os._exit(0)"


def _processes(kernel: RealKernel) -> list[psutil.Process]:
    """The host and all its descendants: zygotes, renderers, the sandbox's own."""
    host = psutil.Process(kernel.value("jw.app.host.process.pid"))
    return [host, *host.children(recursive=True)]


def _gone_after(end: Callable[[], None], processes: list[psutil.Process]) -> float:
    """Seconds until all are gone; asserted to be within five times the bound: the machine may be busy."""
    start = time.monotonic()
    end()
    left = processes
    while left := [p for p in left if alive(p.pid)]:
        assert time.monotonic() - start < 5 * BOUND, f"still there: {left}"
        psutil.wait_procs(left, timeout=0.1)
    return time.monotonic() - start


@pytest.mark.parametrize("how", ["kill", "shutdown", "restart"])
def test_the_end_of_the_kernel_is_the_end_of_its_windows(real_kernel: RealKernel, how: str) -> None:
    real_kernel.run(OPEN).ok()
    processes = _processes(real_kernel)
    assert len(processes) >= 4
    _gone_after(getattr(real_kernel, how), processes)


def test_also_when_a_forked_child_holds_the_kernels_descriptors(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN).ok()
    processes = _processes(real_kernel)
    real_kernel.run(FORK).ok()
    child = psutil.Process(real_kernel.value("child"))
    try:
        _gone_after(real_kernel.kill, processes)
        assert alive(child.pid)
    finally:
        child.kill()


def test_after_a_restart_windows_open_again(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN).ok()
    real_kernel.restart()
    real_kernel.run(OPEN).ok()
    assert real_kernel.value("windows[0].eval('kernel.ping()').result(20)") == "pong"


def test_a_killed_host_closes_its_windows_and_the_next_open_starts_another(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN).ok()
    real_kernel.run("closed = [w.next('closed') for w in windows]\njw.app.host.process.kill()").ok()
    assert real_kernel.value("[c.result(20) for c in closed]") == [None, None]
    real_kernel.run(OPEN).ok()
    assert real_kernel.value("windows[0].eval('kernel.ping()').result(20)") == "pong"


def test_a_killed_renderer_is_seen_and_its_neighbour_is_not_touched(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN.replace('"close"', '"show-error"')).ok()
    real_kernel.run(
        "gone = windows[0].next('render-process-gone')\nimport os, signal\nos.kill(windows[0].pid, signal.SIGKILL)"
    ).ok()
    assert real_kernel.value("gone.result(20)")[0] in {"killed", "crashed", "abnormal-exit"}
    assert real_kernel.value("windows[0].status") == "crashed"
    assert real_kernel.value("windows[1].eval('kernel.ping()').result(20)") == "pong"
    real_kernel.run("back = windows[0].next('ready')\nwindows[0].reload()\nback.result(10)").ok()
    assert real_kernel.value("windows[0].eval('kernel.ping()').result(20)") == "pong"


def test_neither_kernel_nor_host_listens_for_windows(real_kernel: RealKernel) -> None:
    listening = "sorted(c.laddr.port for c in psutil.Process().net_connections() if c.status == psutil.CONN_LISTEN)"
    real_kernel.run("import psutil").ok()
    before = real_kernel.value(listening)
    real_kernel.run(OPEN).ok()
    assert real_kernel.value(listening) == before
    for process in _processes(real_kernel):
        with_net = [c for c in process.net_connections("inet") if c.status in {psutil.CONN_LISTEN, psutil.CONN_NONE}]
        assert with_net == [], f"{process} has {with_net}"


def test_two_windows_are_two_renderers_and_one_host(real_kernel: RealKernel) -> None:
    real_kernel.run(OPEN).ok()
    pids = real_kernel.value("[w.pid for w in windows]")
    assert len(set(pids)) == 2
    host = real_kernel.value("jw.app.host.process.pid")
    for pid in pids:
        assert host in [parent.pid for parent in psutil.Process(pid).parents()]


def test_importing_starts_nothing(real_kernel: RealKernel) -> None:
    real_kernel.run(
        "import threading\nbefore = threading.active_count()\nimport jupyterwin as jw\n%load_ext jupyterwin"
    ).ok()
    assert real_kernel.value("threading.active_count() - before") == 0
    assert psutil.Process(real_kernel.pid).children() == []
