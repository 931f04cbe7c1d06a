"""Frames about the host itself: started, answering, ended."""

from __future__ import annotations

from typing import Any, Literal

from jupyterwin.wire.control.base import ControlMessage, Data
from jupyterwin.wire.control.displays import Display
from jupyterwin.wire.frames import ErrorRecord


class Startup(Data):
    """What the launcher tells a host on its command line, as JSON: nothing in it is secret.

    `socket` and `kernel` are inherited descriptors: the stream to the kernel and the kernel's pidfd. `level` is the
    outermost sandbox the launcher put around the host (``outer``: bubblewrap).
    """

    socket: int
    kernel: int
    level: Literal["outer", "engine", "none"] = "outer"
    min_sandbox: Literal["full", "outer", "engine", "none"] = "outer"
    engine: Literal["qt", "headless"] = "qt"
    storage: str = ""
    """The folder where its pages store, as the host sees it; empty: in memory."""
    lock: int = -1
    """An inherited descriptor that keeps other kernels off `storage` for as long as the host lives; -1 without one."""
    network: list[str] = []
    """Origins that its pages may reach."""
    gateway: int = -1
    """An inherited descriptor: the socket over which the kernel is given what leads there; -1 without a network."""


# ---------------------------------------------------------------- kernel → host


class Quit(ControlMessage, tag="host.quit"):
    """Close all windows and end the host."""

    id: int = 0


Theme = Literal["light", "dark", "system"]
"""What pages hear by ``prefers-color-scheme``; ``system``: what the engine finds out by itself."""


class SetTheme(ControlMessage, tag="host.theme"):
    """All windows of the host are light or dark from now on."""

    id: int
    theme: Theme


COMMANDS = Quit | SetTheme

# ---------------------------------------------------------------- host → kernel


class Ready(ControlMessage, tag="host.ready"):
    """The host is up; first event of a connection."""

    pid: int
    engine: str
    engine_version: str
    webview_version: str
    platform: str
    displays: list[Display] = []


class Failed(ControlMessage, tag="host.failed"):
    """The host cannot work here and ends. `error.code` is a code of `jupyterwin.errors`."""

    error: ErrorRecord


class Reply(ControlMessage, tag="reply"):
    """The answer to a command: a value (and the message's buffers) or an error."""

    id: int
    value: Any = None
    error: ErrorRecord | None = None


EVENTS = Ready | Failed | Reply
