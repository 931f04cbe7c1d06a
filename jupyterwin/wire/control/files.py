"""Frames about files: the host sees none of the user's, and asks the kernel for each that a page wants."""

from __future__ import annotations

from jupyterwin.wire.control.base import ControlMessage


class Served(ControlMessage, tag="resource.reply"):
    """The kernel's answer to `Resource` (same id); its body is the message's only buffer."""

    id: int
    status: int
    mime: str = "application/octet-stream"
    message: str = ""
    headers: dict[str, str] = {}
    keep: bool = True
    """Whether the host may give it again until the next load."""
    more: bool = False
    """The body is a piece: the rest comes as `ServedPiece`, each asked for by `MoreOf`."""


class ServedPiece(ControlMessage, tag="resource.piece"):
    """The next piece of a body, the message's only buffer; the last one has `more` false, `broken` one that failed."""

    id: int
    more: bool = True
    broken: bool = False


class Resource(ControlMessage, tag="resource.get"):
    """A window asks for a file of its `path=`, or for what `Window.serve` answers. `path` is decoded and relative, with no ``..`` left in it."""

    id: int
    window: str
    path: str
    query: str = ""


class MoreOf(ControlMessage, tag="resource.more"):
    """There is room for the next piece of a body."""

    id: int
    window: str


class EnoughOf(ControlMessage, tag="resource.enough"):
    """Nobody reads this body any more."""

    id: int
    window: str


COMMANDS = Served | ServedPiece
EVENTS = Resource | MoreOf | EnoughOf
