"""Content: what a window shows, read on the kernel's side: an HTML string, or a folder of files served over the pipe.

The host sees no file of the user: it asks for each, and `Folder` answers without running user code.
"""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass
from pathlib import Path

from jupyterwin.errors import UsageError
from jupyterwin.main.stamps import Stamps
from jupyterwin.security.nonce import add_nonce
from jupyterwin.wire.control import Content

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"} | {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
}
WATCHED = frozenset((".html", ".htm", ".css", ".js", ".mjs", ".wasm", ".svg"))
"""What a page is made of. Data that it fetches may change every second, and is its own business."""

MOST_WATCHED = 1_000
"""Files of a page; it may ask for any name."""

LARGEST_FILE = 192 * 1024 * 1024
"""Bytes of a file that one message to the host can carry."""

_BLANK = "<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'>"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is served. `status` is 200, 404, or 413 for one that is too large."""

    status: int
    mime: str = "text/plain"
    body: bytes = b""
    message: str = ""


class Folder:
    """The files below one folder, and nothing else: links that lead out of it are not followed."""

    def __init__(self, path: str | Path) -> None:
        try:
            given = Path(path).expanduser()
        except TypeError:
            msg = f"path: a file or a folder is needed, as a string or a Path, got {path!r}"
            raise UsageError(msg) from None
        if not given.exists():
            msg = f"path: there is no {given}"
            raise UsageError(msg)
        self.root = (given if given.is_dir() else given.parent).resolve()
        self.entry = "index.html" if given.is_dir() else given.name
        if not (self.root / self.entry).is_file():
            msg = f"path: {given} has no index.html; give the file itself, or add one"
            raise UsageError(msg)
        self.stamps = Stamps()
        """Of the files that the page is made of, as far as it asked for them."""

    def read(self, relative: str) -> File:
        """The file at `relative` (decoded, no leading slash). Never raises."""
        try:
            target = (self.root / relative).resolve()
            if (
                target.suffix.lower() in WATCHED
                and target.is_relative_to(self.root)
                and len(self.stamps) < MOST_WATCHED
            ):
                self.stamps.note(target)
            if not target.is_relative_to(self.root) or not target.is_file():
                return File(404, message=f"there is no {relative!r} in {self.root.name}/")
            if (size := target.stat().st_size) > LARGEST_FILE:
                return File(413, message=f"{relative!r} is too large: {size} bytes, {LARGEST_FILE} are possible")
            return File(200, _mime(target), target.read_bytes())
        except (OSError, ValueError) as problem:
            return File(404, message=f"{relative!r} cannot be read: {problem}")


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a window: what the host is told, and the folder it may ask files of."""

    content: Content
    folder: Folder | None = None


def source(html: str | None, path: str | Path | None, *, shown: bool = False) -> Source:
    """The source for ``html=``, ``path=``, or our own page that shows an object (an empty page for none). Raises `UsageError`."""
    if shown and (html is not None or path is not None):
        msg = "give content=, html= or path=, not two of them"
        raise UsageError(msg)
    if shown:
        return Source(Content("panels"))
    if html is not None and path is not None:
        msg = "give html= or path=, not both"
        raise UsageError(msg)
    if path is not None:
        folder = Folder(path)
        return Source(Content("path", entry=folder.entry), folder)
    if html is not None and not isinstance(html, str):
        msg = f"html: a string is needed, got {type(html).__name__}"
        raise UsageError(msg)
    nonce = secrets.token_hex(16)
    return Source(Content("html", html=add_nonce(_BLANK if html is None else html, nonce), nonce=nonce))


def _mime(path: Path) -> str:
    return _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
