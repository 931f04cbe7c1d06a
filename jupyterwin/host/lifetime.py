"""One life of the host: connect, bring the engine up, serve, leave."""

from __future__ import annotations

import os
import socket
import traceback
from typing import TYPE_CHECKING

from jupyterwin.errors import EngineMissing
from jupyterwin.host import engines, gateway, guard
from jupyterwin.host.contents import REFUSALS
from jupyterwin.host.host import Host
from jupyterwin.host.link import Link
from jupyterwin.wire.control import Console, Failed
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.host.engines import Engine
    from jupyterwin.wire.control import Startup


def run(startup: Startup) -> int:
    """Serve until the end; the process's exit status."""
    link = Link(socket.socket(fileno=startup.socket))
    guard.tell(lambda line: link.report(Console("", "error", line, REFUSALS)))
    try:
        with gateway.nowhere() as dead_end:
            _serve(engines.load(startup.engine, _ground(startup, dead_end)), link, startup)
        return 0
    except (ImportError, engines.EngineProblem) as problem:
        traceback.print_exc()
        link.report(Failed(ErrorRecord(EngineMissing.code, str(problem), type(problem).__name__)))
        return 1
    finally:
        link.close()


def _ground(startup: Startup, dead_end: int) -> engines.Ground:
    if startup.lock >= 0:
        os.set_inheritable(startup.lock, False)
    proxy = gateway.listen(startup.gateway) if startup.gateway >= 0 else dead_end
    return engines.Ground(startup.storage, frozenset(startup.network), proxy)


def run_inside(engine: Engine, end: socket.socket, network: Sequence[str]) -> None:
    """Serve in a thread of the kernel's own process, until it asks for the end. For engines without a process of theirs."""
    link = Link(end)
    host = Host(engine, link, min_sandbox="none", network=network, alone=False)

    def started() -> None:
        link.attach(engine, deliver=host.deliver, closed=host.leave)
        host.start()

    try:
        engine.run(started)
    finally:
        link.close()


def _serve(engine: Engine, link: Link, startup: Startup) -> None:
    host = Host(engine, link, min_sandbox=startup.min_sandbox, network=startup.network)

    def started() -> None:
        engine.watch(startup.kernel, host.leave)
        link.attach(engine, deliver=host.deliver, closed=host.leave)
        host.start()

    engine.run(started)
