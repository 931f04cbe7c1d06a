"""Frames about downloads. The host keeps the file in a folder of its own until the kernel has fetched it, piece by piece."""

from __future__ import annotations

from typing import Literal

from jupyterwin.wire.control.base import ControlMessage

PIECE = 1024 * 1024
"""Bytes of a file in one reply."""


class ActOnDownload(ControlMessage, tag="download.act"):
    """``cancel`` ends it; ``forget`` is the end of one that was fetched: the host drops the file."""

    id: int
    window: str
    download: int
    action: Literal["pause", "resume", "cancel", "forget"]


class ReadDownload(ControlMessage, tag="download.read"):
    """Fetch a piece of a file that is complete. Reply: one buffer, at most `PIECE` bytes, empty at the end."""

    id: int
    window: str
    download: int
    offset: int


COMMANDS = ActOnDownload | ReadDownload


class DownloadStarted(ControlMessage, tag="download.started"):
    """A page downloads something, and may. `total` is -1 while it is not known."""

    window: str
    download: int
    filename: str
    url: str
    mime: str
    total: int


class DownloadChanged(ControlMessage, tag="download.changed"):
    """How far it is. After any state but the first nothing follows."""

    window: str
    download: int
    received: int
    total: int
    state: Literal["progressing", "completed", "cancelled", "interrupted"] = "progressing"
    paused: bool = False
    reason: str = ""


EVENTS = DownloadStarted | DownloadChanged
