"""The sandbox of a real host and its renderers, read from outside: /proc as the kernel sees it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import jupyterwin
from jupyterwin.errors import SandboxUnavailable
from jupyterwin.main.launch import processes
from jupyterwin.main.launch.launcher import LaunchOptions, launch
from jupyterwin.wire import control
from support.fake_kernel import FakeKernel

NAMESPACES = ("user", "pid", "net", "ipc", "uts", "mnt")


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    with FakeKernel() as one:
        yield one


def namespaces(pid: int | str) -> dict[str, str]:
    return {name: str(Path(f"/proc/{pid}/ns/{name}").readlink()) for name in NAMESPACES}


def status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def host_pid(kernel: FakeKernel) -> int:
    """The Python process of the host, as seen from here."""
    pid = kernel.host.outer_pid(kernel.event(control.Ready).pid)
    assert pid is not None
    return pid


def renderer_pid(kernel: FakeKernel, window: str) -> int:
    pid = kernel.host.outer_pid(kernel.event(control.RendererReady, window=window).pid)
    assert pid is not None
    return pid


def test_a_renderer_is_confined_twice(kernel: FakeKernel) -> None:
    kernel.open("w")
    assert kernel.event(control.RendererReady, window="w").sandbox == control.SandboxState(
        "full", 2, no_new_privs=True, user_ns=True, pid_ns=True, net_ns=True, host_net_ns=True
    )
    renderer = renderer_pid(kernel, "w")
    seen = status(renderer)
    assert (seen["Seccomp"], seen["NoNewPrivs"], int(seen["CapEff"], 16)) == ("2", "1", 0)
    own, host, page = namespaces("self"), namespaces(host_pid(kernel)), namespaces(renderer)
    assert all(own[name] != host[name] for name in NAMESPACES)
    assert all(page[name] not in {host[name], own[name]} for name in ("user", "pid", "net"))


def test_a_reload_in_a_new_process_is_read_again(kernel: FakeKernel) -> None:
    kernel.open("w")
    first = kernel.event(control.RendererReady, window="w")
    os.kill(renderer_pid(kernel, "w"), signal.SIGKILL)
    kernel.event(control.RendererGone, window="w")
    at = len(kernel.events)
    kernel.ask(control.Reload, window="w")
    second = kernel.event(control.RendererReady, after=at, window="w")
    assert second.pid != first.pid
    assert second.sandbox == first.sandbox


def test_the_host_sees_neither_home_nor_environment_nor_network(kernel: FakeKernel, monkeypatch) -> None:
    kernel.open("w")
    pid = host_pid(kernel)
    names = {entry.split("=")[0] for entry in Path(f"/proc/{pid}/environ").read_text().split("\0") if entry}
    assert not {name for name in names if "JUPYTER" in name or "TOKEN" in name or "SSH" in name or "DBUS" in name}
    root = Path(f"/proc/{pid}/root")
    assert list((root / "home/window").iterdir()) == []
    # Of a checkout or an environment below /home, the way to it is there, and nothing beside the way.
    trees = [Path(sys.prefix), Path(jupyterwin.__file__).parent]
    for folder in {way for tree in trees for way in tree.parents} | {Path("/home")}:
        if folder.is_relative_to("/home") and not any(folder.is_relative_to(tree) for tree in trees):
            way = {tree.relative_to(folder).parts[0] for tree in trees if tree.is_relative_to(folder)}
            shown = {path.name for path in (root / str(folder).lstrip("/")).iterdir()}
            assert shown == way | ({"window"} if folder == Path("/home") else set()), folder
    assert not (root / str(Path.home()).lstrip("/")).exists()
    for absent in ("etc/passwd", "etc/shadow", "var/lib", "sys", "run/dbus", "opt", "mnt", "media", "srv"):
        assert not (root / absent).exists(), absent
    interfaces = [line.split(":")[0].strip() for line in Path(f"/proc/{pid}/net/dev").read_text().splitlines()[2:]]
    assert interfaces in ([], ["lo"])


def test_the_hosts_files_are_read_only(kernel: FakeKernel) -> None:
    kernel.event(control.Ready)
    mounts = [line.split() for line in Path(f"/proc/{host_pid(kernel)}/mountinfo").read_text().splitlines()]
    writable = {entry[4] for entry in mounts if "rw" in entry[5].split(",")}
    assert {path for path in writable if not path.startswith(("/dev", "/proc"))} == {"/tmp"}


def test_a_renderer_holds_nothing_of_the_kernels(kernel: FakeKernel) -> None:
    """The host inherits its stream and the kernel's pidfd; what it starts inherits neither."""
    kernel.open("w")
    startup = json.loads(Path(f"/proc/{host_pid(kernel)}/cmdline").read_text().split("\0")[-2])
    inherited = {target(host_pid(kernel), startup[name]) for name in ("socket", "kernel")}
    assert len(inherited) == 2
    page = renderer_pid(kernel, "w")
    held = set()
    for path in Path(f"/proc/{page}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            held.add(target(page, path.name))
    assert inherited.isdisjoint(held)
    assert not [name for name in held if "pidfd" in name]


def target(pid: int, fd: int | str) -> str:
    return str(Path(f"/proc/{pid}/fd/{fd}").readlink())


def test_where_nested_namespaces_are_forbidden_the_level_is_outer() -> None:
    with FakeKernel(LaunchOptions(nested_namespaces=False)) as kernel:
        kernel.open("w")
        state = kernel.event(control.RendererReady, window="w").sandbox
        assert state.effective == "outer"
        assert (state.seccomp, state.user_ns) == (2, False)


def test_less_than_the_minimum_is_refused() -> None:
    with FakeKernel(LaunchOptions(nested_namespaces=False, min_sandbox="full")) as kernel:
        kernel.event(control.Ready)
        with pytest.raises(TimeoutError):
            kernel.open("w")
        assert kernel.event(control.Failed).error.code == "sandbox-unavailable"
        assert kernel.documents == []
        assert kernel.host.wait(20)


def test_without_bubblewrap_the_message_names_the_package(display) -> None:
    with pytest.raises(SandboxUnavailable, match="apt-get install bubblewrap"):
        launch(LaunchOptions(bubblewrap="no-such-bwrap"))


def test_without_any_sandbox_windows_open_when_that_is_allowed() -> None:
    with FakeKernel(LaunchOptions(bubblewrap="no-such-bwrap", min_sandbox="none")) as kernel:
        kernel.open("w")
        level = kernel.host.level
        state = kernel.event(control.RendererReady, window="w").sandbox
        assert (level, state.effective) in {("none", "none"), ("engine", "engine")}
        assert processes.outer_pid(kernel.host.pid, kernel.host.pid) == kernel.host.pid
