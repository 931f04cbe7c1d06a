"""Frames about files: the host sees none of the user's, and asks the kernel for each that a page wants."""

from __future__ import annotations

from jupyterwin.wire.control.base import ControlMessage


class Served(ControlMessage, tag="resource.reply"):
    """The kernel's answer to `Resource` (same id); its body is the message's only buffer."""

    id: int
    status: int
    mime: str = "application/octet-stream"
    message: str = ""


class Resource(ControlMessage, tag="resource.get"):
    """A window asks for a file of its `path=`. `path` is decoded and relative, with no ``..`` left in it."""

    id: int
    window: str
    path: str


COMMANDS = Served
EVENTS = Resource
