"""What the kernel asks of a desktop helper, one request for each process, and the one answer it gives.

A helper is started for a dialog or for the clipboard, outside the window host's sandbox and without web content. It reads
one `Request` as JSON from its standard input and writes to its standard output, a line each: `LOADED` when its modules are,
`CONNECTED` when the screen has answered, one `Answer` as JSON.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

LOADED = b"loaded"
CONNECTED = b"connected"


class _Request(
    msgspec.Struct, tag_field="op", rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True
):
    """Base of all requests. `parent`: the X window that a dialog belongs to, 0 for none; `place`: its x, y, width, height."""


class FileDialog(_Request, tag="files", frozen=True):
    """Choose files. Answer: list of absolute paths, empty when the person cancelled.

    `start`: an absolute path, a folder or a file in one. `filters`: name and patterns, such as ``["Images", "*.png"]``.
    """

    mode: Literal["open", "folder", "save"]
    title: str
    start: str
    parent: int = 0
    place: list[int] = []
    multiple: bool = False
    filters: list[tuple[str, list[str]]] = []
    button: str = ""
    hidden: bool = False
    confirm_overwrite: bool = True


class MessageBox(_Request, tag="message", frozen=True):
    """Ask or tell. Answer: ``[index of the button, whether the checkbox was ticked]``."""

    message: str
    detail: str
    title: str
    icon: Literal["none", "info", "warning", "error", "question"]
    buttons: list[str]
    default: int
    cancel: int
    parent: int = 0
    place: list[int] = []
    checkbox: str = ""
    checked: bool = False


class ReadClipboard(_Request, tag="clipboard.read", frozen=True):
    """Answer: the text, the HTML, a PNG (base64), or the list of MIME types; null when the clipboard has no such."""

    what: Literal["text", "html", "image", "formats"]


class WriteClipboard(_Request, tag="clipboard.write", frozen=True):
    """Own the clipboard with all that is given; nothing given empties it. Answer: null, once another program can read it.

    The helper lives until something else is copied, or the kernel ends.
    """

    text: str | None = None
    html: str | None = None
    image: bytes | None = None


Request = FileDialog | MessageBox | ReadClipboard | WriteClipboard


class Answer(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """The outcome: a value, or what went wrong."""

    value: Any = None
    error: str = ""
