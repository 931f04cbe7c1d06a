"""How things end: renderer, host, kernel; by force, by signal, in order. Nothing is left, and the rest goes on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jupyterwin.errors import EngineMissing, HostGone, StartFailed
from jupyterwin.main.launch import machine, processes
from jupyterwin.main.launch.launcher import LaunchOptions, launch
from jupyterwin.wire import control
from support.fake_kernel import FakeKernel
from support.leaks import alive

BOUND = 5 * 2.0
"""Seconds: five times what docs/architecture.md promises."""
SCRIPT = Path(__file__).parent.parent / "support" / "kernel_script.py"


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def gone_within(pids: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def renderer(kernel: FakeKernel, window: str) -> int:
    pid = kernel.host.outer_pid(kernel.event(control.RendererReady, window=window).pid)
    assert pid is not None
    return pid


def test_a_killed_renderer_is_told_within_a_second_and_revived_by_reload(kernel: FakeKernel) -> None:
    first, other = kernel.open("w"), kernel.open("other")
    start = time.monotonic()
    os.kill(renderer(kernel, "w"), signal.SIGKILL)
    gone = kernel.event(control.RendererGone, window="w")
    assert time.monotonic() - start < 5 * 1
    assert gone.reason == "killed"
    kernel.wait(lambda: not first.open)
    assert other.open
    kernel.ask(control.Reload, window="w")
    assert kernel.document("w", after=1).hello
    assert kernel.picture("w")


def test_a_window_without_a_renderer_closes(kernel: FakeKernel) -> None:
    kernel.open("w")
    os.kill(renderer(kernel, "w"), signal.SIGKILL)
    kernel.event(control.RendererGone, window="w")
    kernel.ask(control.CloseWindow, window="w")
    kernel.event(control.Closed, window="w")


def test_a_lost_spare_is_replaced(kernel: FakeKernel) -> None:
    kernel.open("one")
    used = renderer(kernel, "one")
    spare = kernel.wait(lambda: [pid for pid in renderers(kernel) if pid != used])
    os.kill(spare[0], signal.SIGKILL)
    kernel.wait(lambda: [pid for pid in renderers(kernel) if pid not in {used, spare[0]}])
    assert kernel.open("two").hello


def renderers(kernel: FakeKernel) -> list[int]:
    """Processes four namespaces deep are the engine's renderers."""
    found = []
    for pid in processes.tree(kernel.host.pid):
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            continue
        names = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        depth = len(processes.namespace_pids(pid)) - len(processes.namespace_pids(kernel.host.pid))
        if depth == 2 and not names["State"].startswith("Z") and int(names["Threads"]) > 2:
            found.append(pid)
    return found


def test_a_killed_host_is_told_within_a_second(kernel: FakeKernel) -> None:
    kernel.open("w")
    pids = processes.tree(kernel.host.pid)
    start = time.monotonic()
    os.kill(kernel.host.outer_pid(kernel.event(control.Ready).pid), signal.SIGKILL)
    kernel.wait(lambda: kernel.error)
    assert time.monotonic() - start < 5 * 1
    assert isinstance(kernel.error, HostGone)
    assert "SIGKILL" in str(kernel.error)
    assert gone_within(pids, BOUND)


def test_quit_ends_everything(kernel: FakeKernel) -> None:
    kernel.open("w")
    pids = processes.tree(kernel.host.pid)
    kernel.tell(control.Quit())
    assert gone_within(pids, BOUND)
    kernel.wait(lambda: not kernel.host.alive)


def test_closing_the_stream_ends_everything(kernel: FakeKernel) -> None:
    kernel.open("w")
    pids = processes.tree(kernel.host.pid)
    kernel.host.carrier.close()
    assert gone_within(pids, BOUND)


def test_an_interrupt_leaves_windows_alone(kernel: FakeKernel) -> None:
    document = kernel.open("w")
    host = kernel.host.outer_pid(kernel.event(control.Ready).pid)
    assert host is not None
    assert os.getpgid(host) != os.getpgid(0)
    assert os.getsid(host) != os.getsid(0)
    os.kill(host, signal.SIGINT)
    assert kernel.open("second").hello
    assert document.open


@pytest.mark.parametrize("how", ["alone", "fork"])
def test_a_killed_kernel_leaves_nothing(how: str) -> None:
    environment = {**os.environ, "PYTHONPATH": path()}
    with subprocess.Popen([sys.executable, SCRIPT, how], stdout=subprocess.PIPE, text=True, env=environment) as kernel:
        assert kernel.stdout is not None
        said: dict[str, list[int]] = {}
        while "host" not in said:
            name, *numbers = kernel.stdout.readline().split()
            said[name] = [int(number) for number in numbers]
        assert len(said["host"]) > 3
        kernel.kill()
        assert gone_within(said["host"], BOUND)
        for pid in said.get("child", []):
            os.kill(pid, signal.SIGKILL)


def path() -> str:
    return ":".join(entry for entry in sys.path if entry)


# ---------------------------------------------------------------- starts that fail


def test_no_screen_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(EngineMissing, match="apt-get install xvfb"):
        launch()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(EngineMissing, match="apt-get install xwayland"):
        launch()


def test_a_screen_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4242")
    with pytest.raises(EngineMissing, match=":4242"):
        launch()


def test_a_screen_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f":{10_000 + os.getpid() % 50_000}"  # of this run alone: others run beside it
    stale = Path(f"/tmp/.X11-unix/X{name[1:]}")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(stale))  # nobody listens
    try:
        monkeypatch.setenv("DISPLAY", name)
        error = error_of_start(LaunchOptions())
        assert isinstance(error, EngineMissing)
        assert name in str(error)
    finally:
        stale.unlink()


def test_a_start_that_hangs_ends_at_its_deadline() -> None:
    facts = replace(machine.gather(), python="/usr/bin/sleep")
    # `sleep -s` fails at once, so the start fails with its last words.
    error = error_of_start(LaunchOptions(facts=facts))
    assert isinstance(error, StartFailed)
    assert "sleep" in str(error)


def test_a_deadline_too_short_says_so() -> None:
    error = error_of_start(LaunchOptions(deadline=0.05))
    assert isinstance(error, StartFailed)
    assert "0.05" in str(error)


def error_of_start(options: LaunchOptions) -> Exception:
    errors: list[Exception] = []
    host = launch(options, errors.append)
    assert host.wait(15)
    return errors[0]
