"""Starts a window host at the strongest sandbox level that works here. No frames, no windows, no GUI.

`launch` does what takes milliseconds and raises at once for what can be known at once; what goes wrong later (no
display behind DISPLAY, a missing library, a start that hangs, a crash) is told to `on_exit` as the same errors.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jupyterwin.carriers.pipe import PipeCarrier, socket_pair
from jupyterwin.errors import SandboxUnavailable
from jupyterwin.main.launch import causes, machine, spawn
from jupyterwin.main.launch.gateway import Gateway
from jupyterwin.main.launch.host_process import HostProcess
from jupyterwin.security.sandbox import STORAGE, at_least
from jupyterwin.wire.control import Startup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyterwin.errors import Broken
    from jupyterwin.security.sandbox import Facts, Level

START_DEADLINE = 20.0
"""Seconds a host has to say that it is ready."""

_Attempt = Literal["outer", "engine", "none"]


@dataclass(frozen=True)
class LaunchOptions:
    """How to start a host."""

    min_sandbox: Level = "outer"
    deadline: float = START_DEADLINE
    facts: Facts | None = None
    """Facts about the machine; None gathers them."""
    bubblewrap: str = "bwrap"
    nested_namespaces: bool = True
    """False forbids user namespaces inside the outer sandbox, as some systems do: for tests of the level ``outer``."""
    storage: str = ""
    """The folder of a lasting partition; empty: its pages store in memory."""
    lock: int = -1
    """A descriptor whose lock keeps other kernels off `storage`: the host holds it too, and may outlive this process."""
    network: frozenset[str] = frozenset()
    """Origins that its pages may reach."""


def launch(options: LaunchOptions | None = None, on_exit: Callable[[Broken], None] | None = None) -> HostProcess:
    """Start a host. `on_exit` is called once, on a thread of the launcher, when it is gone, however it went.

    Call `HostProcess.ready` when its `Ready` event came; until then the start deadline runs.
    Raises `EngineMissing` (no screen, no engine) or `SandboxUnavailable`.
    """
    options = options or LaunchOptions()
    causes.require_modules()
    facts = options.facts or machine.gather()
    refused: list[str] = []
    for attempt in _attempts(options.min_sandbox):
        try:
            host = _start(attempt, facts, options)
        except SandboxUnavailable as problem:
            refused.append(str(problem))
            continue
        host.supervise(options.deadline, on_exit)
        return host
    raise SandboxUnavailable(causes.no_sandbox(options.min_sandbox, refused))


def _attempts(minimum: Level) -> Iterator[_Attempt]:
    """What to try, strongest first. Whether ``outer`` becomes ``full`` is up to the engine, and read back later."""
    yield "outer"
    if at_least("engine", minimum):
        yield "engine"
    if at_least("none", minimum):
        yield "none"


def _start(attempt: _Attempt, facts: Facts, options: LaunchOptions) -> HostProcess:
    ours, theirs = socket_pair()
    kernel = os.pidfd_open(os.getpid())
    # The ends of the gateway; without a network nobody writes to them.
    gate, far_gate = socket.socketpair()
    startup = Startup(
        theirs.fileno(),
        kernel,
        attempt,
        options.min_sandbox,
        storage=STORAGE if options.storage and attempt == "outer" else options.storage,
        lock=options.lock,
        network=sorted(options.network),
        gateway=far_gate.fileno() if options.network else -1,
    )
    try:
        if attempt == "outer":
            process, pid = spawn.confined(
                facts,
                startup,
                program=options.bubblewrap,
                nested_namespaces=options.nested_namespaces,
                storage=options.storage,
            )
        else:
            process, pid = spawn.unconfined(facts, startup, level=attempt)
    except BaseException:
        ours.close()
        gate.close()
        raise
    finally:
        theirs.close()
        far_gate.close()
        os.close(kernel)
    host = HostProcess(process, pid, attempt, PipeCarrier(ours))
    if options.network:
        host.gateway = Gateway(gate, options.network)
    else:
        gate.close()
    return host
