"""Frames about windows: made, changed, told what to do, closed; and what became of them."""

from __future__ import annotations

from typing import Any, Literal

from jupyterwin.wire.control.base import ControlMessage
from jupyterwin.wire.control.contents import Content, Preload
from jupyterwin.wire.control.native import Native
from jupyterwin.wire.control.policy import Allow
from jupyterwin.wire.frames import Boot

Action = Literal["focus", "blur", "show_inactive", "restore", "center", "move_top", "flash", "stop_flashing"]
"""What can be done to a native window that is no state of it."""

# ---------------------------------------------------------------- kernel → host


class CreateWindow(ControlMessage, tag="window.create"):
    """Make window `window` (an id that was never used before) and load its content."""

    id: int
    window: str
    origin: str
    boot: Boot
    content: Content
    preloads: list[Preload] = []
    native: Native = Native()
    allow: Allow = {}
    asks: list[str] = []
    """Events that the kernel wants to be asked about: see `Ask`."""
    debug: bool = False


class SetWindow(ControlMessage, tag="window.set"):
    """Change the native window."""

    id: int
    window: str
    native: Native


class ActOnWindow(ControlMessage, tag="window.act"):
    """Do something to the native window that is no state of it."""

    id: int
    window: str
    action: Action


class CloseWindow(ControlMessage, tag="window.close"):
    """Close a window; `force` skips the page's beforeunload. Event `Closed` follows."""

    id: int
    window: str
    force: bool = False


COMMANDS = CreateWindow | SetWindow | ActOnWindow | CloseWindow

# ---------------------------------------------------------------- host → kernel


class Changed(ControlMessage, tag="window.changed"):
    """The native window, as it now is. Only fields that changed are given."""

    window: str
    native: Native


class Happened(ControlMessage, tag="window.happened"):
    """Something happened to a window or its page that changes none of its traits: an event of Electron's, by its name.

    `details` are what listeners get: plain JSON. A name that the kernel does not expect of a host is dropped.
    """

    window: str
    event: str
    details: list[Any] = []


class Closed(ControlMessage, tag="window.closed"):
    """The window is closed, by the person or by a command; its id never comes back."""

    window: str


EVENTS = Changed | Happened | Closed
