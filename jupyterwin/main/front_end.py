"""FrontEnd: what `main` asks of a notebook's front end, which draws windows under cells. `notebook/` fills it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from jupyterwin.errors import Broken
from jupyterwin.main.launch.launcher import LaunchOptions

if TYPE_CHECKING:
    from jupyterwin.carriers.pipe import PipeCarrier
    from jupyterwin.main.launch.gateway import Gateway
    from jupyterwin.main.window.life import Life
    from jupyterwin.security.sandbox import Level


class RunningHost(Protocol):
    """A host that was started: a process of its own, or a thread of this one."""

    pid: int
    level: Level
    carrier: PipeCarrier
    gateway: Gateway | None

    def ready(self) -> None:
        """It reported itself."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is gone; false when `timeout` seconds were not enough."""

    def kill(self) -> None:
        """End it at once."""

    def outer_pid(self, inner: int) -> int | None:
        """The kernel's number for a process that the host knows as `inner`."""


StartHost = Callable[[LaunchOptions, Callable[[Broken], None]], RunningHost]
"""Starts a host; what it is given second is told once that it is gone."""


class FrontEnd(Protocol):
    """Where a window can be drawn that no engine of this machine draws."""

    def start(self, options: LaunchOptions, on_exit: Callable[[Broken], None]) -> RunningHost:
        """Start a host whose windows are under cells."""

    def show(self, window: Life) -> None:
        """Show the window here: under the cell of this thread's context."""

    def look_at(self, window: Life) -> None:
        """The window is the value of this cell: show where it is, and change nothing."""

    def explain(self, why: Exception) -> None:
        """Say once why windows are under cells, and how to get native ones."""
