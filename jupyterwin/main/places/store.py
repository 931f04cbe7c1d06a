"""The file of places: one for each user, written by any number of kernels. It knows no window.

Read, merged and replaced as a whole under a lock: a reader never sees half of it, and of two kernels that write each
keeps what it does not know of. A file that cannot be read is an empty one.
"""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jupyterwin.wire.control import Place

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("jupyterwin")

KEEP = 500
"""Windows remembered; those not seen for longest are forgotten."""


class Seen(msgspec.Struct):
    """A place, and when it was last true: seconds since the epoch."""

    place: Place
    at: float = msgspec.field(default_factory=time.time)


class Book(msgspec.Struct):
    """What the file holds."""

    version: int = 1
    windows: dict[str, Seen] = {}
    layouts: dict[str, dict[str, Place]] = {}


def state_folder() -> Path:
    """Where this user's programs keep what they may forget: by platform."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jupyterwin"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "jupyterwin"
    given = os.environ.get("XDG_STATE_HOME", "")
    base = Path(given) if given.startswith("/") else Path.home() / ".local" / "state"
    return base / "jupyterwin"


class Store:
    """The file, in `folder`; in the user's own when none is given. Never raises for what the disk does."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._complained = False

    @property
    def path(self) -> Path:
        """Of the file."""
        return (self._folder or state_folder()) / "places.json"

    def read(self) -> Book:
        """What it holds now."""
        try:
            book = msgspec.json.decode(self.path.read_bytes(), type=Book)
        except (OSError, msgspec.MsgspecError, RecursionError):
            return Book()
        return book if book.version == 1 else Book()

    def change(self, change: Callable[[Book], None]) -> None:
        """Read it, change it, replace it; nobody else does so meanwhile."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                book = self.read()
                change(book)
                _forget_the_oldest(book)
                written = self.path.with_suffix(".new")
                written.write_bytes(msgspec.json.format(msgspec.json.encode(book), indent=1))
                written.replace(self.path)
        except OSError as problem:
            if not self._complained:
                _log.warning("places of windows cannot be kept in %s: %s", self.path, problem)
            self._complained = True


def _forget_the_oldest(book: Book) -> None:
    for name in sorted(book.windows, key=lambda name: book.windows[name].at)[:-KEEP]:
        del book.windows[name]
