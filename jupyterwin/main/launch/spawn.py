"""Starts the host's process at one sandbox level. It knows descriptors and bubblewrap, and decides no level."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import msgspec

from jupyterwin.errors import SandboxUnavailable
from jupyterwin.main.launch import causes
from jupyterwin.security import sandbox
from jupyterwin.wire.control import Startup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.security.sandbox import Facts, Level

_INFO_DEADLINE = 10.0
_MAX_INFO = 65536


def confined(
    facts: Facts, startup: Startup, *, program: str, nested_namespaces: bool, storage: str = ""
) -> tuple[subprocess.Popen[bytes], int]:
    """Start the host inside bubblewrap; its process, and the pid of bubblewrap's child. Raises `SandboxUnavailable`."""
    path = shutil.which(program)
    if path is None:
        raise SandboxUnavailable("bubblewrap is not installed; `sudo apt-get install bubblewrap`")
    if facts.display and not facts.display_socket:
        raise SandboxUnavailable(
            f"the screen {facts.display} has no socket under /tmp/.X11-unix, and a host in a sandbox has no network"
        )
    info, info_end = os.pipe()
    with os.fdopen(info, "rb", buffering=0) as reader:
        try:
            argv = sandbox.bubblewrap(
                facts,
                _command(facts, startup),
                info_fd=info_end,
                program=path,
                nested_namespaces=nested_namespaces,
                storage=storage,
            )
            process = _popen(argv, {}, (*_inherited(startup), info_end))
        finally:
            os.close(info_end)
        pid = _child_pid(reader.fileno())
    if pid is None:
        process.kill()
        _, said = process.communicate()
        raise SandboxUnavailable(f"bubblewrap failed{causes.quote(said.decode('utf-8', 'replace'))}")
    return process, pid


def unconfined(facts: Facts, startup: Startup, *, level: Level) -> tuple[subprocess.Popen[bytes], int]:
    """Start the host without an outer sandbox. Raises `SandboxUnavailable` where the engine refuses its own to root."""
    variables = sandbox.environment(facts, confined=False)
    if level == "none":
        variables["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    elif os.geteuid() == 0:
        raise SandboxUnavailable("the engine refuses its own sandbox to root")
    process = _popen(_command(facts, startup), variables, _inherited(startup))
    return process, process.pid


def _command(facts: Facts, startup: Startup) -> list[str]:
    return [facts.python, "-s", "-P", "-m", "jupyterwin.host", msgspec.json.encode(startup).decode()]


def _inherited(startup: Startup) -> list[int]:
    return [one for one in (startup.socket, startup.kernel, startup.gateway, startup.lock) if one >= 0]


def _popen(argv: Sequence[str], variables: dict[str, str], descriptors: Sequence[int]) -> subprocess.Popen[bytes]:
    # A session of its own: a kernel interrupt goes to the kernel's process group and must not reach the windows.
    return subprocess.Popen(
        argv,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        pass_fds=descriptors,
        start_new_session=True,
    )


def _child_pid(info: int) -> int | None:
    """What bubblewrap writes once its child exists; None when it ended or hung before."""
    written = b""
    deadline = time.monotonic() + _INFO_DEADLINE
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([info], [], [], left)[0]:
            break
        chunk = os.read(info, _MAX_INFO)
        if not chunk:
            break
        written += chunk
        try:
            return int(json.loads(written)["child-pid"])
        except ValueError:
            continue  # not all of it yet
    return None
