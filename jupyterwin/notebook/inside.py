"""InsideHost: a window host that is a thread of the kernel, for windows under cells. It knows no widget and no comm."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from jupyterwin.carriers.pipe import PipeCarrier, socket_pair
from jupyterwin.errors import HostGone
from jupyterwin.host.engines.notebook import NotebookEngine
from jupyterwin.host.lifetime import run_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.errors import Broken
    from jupyterwin.main.launch.gateway import Gateway
    from jupyterwin.security.sandbox import Level


class InsideHost:
    """As `HostProcess`: what the kernel asks of a host."""

    def __init__(
        self, network: Iterable[str], patience: Callable[[], float], on_exit: Callable[[Broken], None]
    ) -> None:
        self.pid = os.getpid()
        self.level: Level = "none"
        """The sandbox is the browser's: two frames without an origin. It is none of ours."""
        self.gateway: Gateway | None = None
        self.engine = NotebookEngine(sorted(network), patience)
        ours, theirs = socket_pair()
        self.carrier = PipeCarrier(ours)

        def run() -> None:
            try:
                run_inside(self.engine, theirs, sorted(network))
            finally:
                self.carrier.close()
                on_exit(HostGone("the thread that serves windows under cells has ended"))

        self._thread = threading.Thread(target=run, name="jupyterwin-under-cells", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it takes commands."""
        return self._thread.is_alive()

    def ready(self) -> None:
        """It is, at once."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until its thread is gone; false when `timeout` seconds were not enough."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def kill(self) -> None:
        """End it."""
        self.engine.soon(self.engine.quit)

    def outer_pid(self, inner: int) -> int | None:
        """It has no processes."""
        del inner
        return None
