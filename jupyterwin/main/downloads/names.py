"""Names of downloaded files: a page's proposal made harmless, and a place where nothing is yet."""

from __future__ import annotations

import re
from itertools import count
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 150
"""Bytes of a name, its extension included; file systems take some 250."""

_WRONG = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]')
"""No path, no control character, nothing that turns the direction of a name, nothing that another system forbids."""


def harmless(proposed: str) -> str:
    """A file name of what a page proposes: no folder, not hidden, not too long, never empty."""
    name = _WRONG.sub("_", re.split(r"[\\/]", proposed)[-1]).strip(" .") or "download"
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, dot, extension = name, "", ""
    room = _LONGEST - len((dot + extension).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + extension


def create(path: Path) -> tuple[Path, IO[bytes]]:
    """Make the file at `path`, or at “name (1)” and so on: the first where nothing is, opened for writing."""
    for number in count():
        at = path if not number else path.with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            return at, at.open("xb")
        except FileExistsError:
            continue
    raise AssertionError


def take(path: Path) -> tuple[Path, IO[bytes]]:
    """Exactly this file, whatever is there, opened for writing."""
    return path, path.open("wb")
