"""The sandbox a process is really in, as read back from /proc. Linux only; elsewhere nothing is claimed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.wire.control import SandboxState

if TYPE_CHECKING:
    from jupyterwin.security.sandbox import Level

_SECCOMP_FILTER = 2
_WHOLE_RANGE = ["0", "0", "4294967295"]


def sandbox_of(pid: int) -> SandboxState:
    """The state of the renderer `pid`, seen from this process, the host."""
    status = _status(pid)
    seccomp = int(status.get("Seccomp", "0"))
    no_new_privs = status.get("NoNewPrivs") == "1"
    user_ns, pid_ns, net_ns = (_differs(pid, kind) for kind in ("user", "pid", "net"))
    host_net_ns = not _has_network()
    filtered = seccomp == _SECCOMP_FILTER and no_new_privs
    namespaces = user_ns and pid_ns and net_ns
    outer = host_net_ns and in_user_namespace()
    effective: Level = "none"
    if filtered and outer:
        effective = "full" if namespaces else "outer"
    elif filtered and namespaces:
        effective = "engine"
    return SandboxState(effective, seccomp, no_new_privs, user_ns, pid_ns, net_ns, host_net_ns)


def cpu_of_main_thread(pid: int) -> float:
    """Seconds of processor time that the main thread of a process has used; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_user_namespace() -> bool:
    """Whether this process lives in a user namespace below the system's first one."""
    try:
        return Path("/proc/self/uid_map").read_text().split() != _WHOLE_RANGE
    except OSError:
        return False


def _has_network() -> bool:
    try:
        lines = Path("/proc/self/net/dev").read_text().splitlines()[2:]
    except OSError:
        return True
    return any(line.partition(":")[0].strip() != "lo" for line in lines)


def _status(pid: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _differs(pid: int, kind: str) -> bool:
    try:
        return Path(f"/proc/{pid}/ns/{kind}").readlink() != Path(f"/proc/self/ns/{kind}").readlink()
    except OSError:
        return False
