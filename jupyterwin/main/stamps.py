"""Stamps: which files something was made of, and whether one of them has changed since. It reads no contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    Stamp = tuple[int, int] | None


class Stamps:
    """Of files, one that is not there included: somebody asked for it, and may be glad when it comes."""

    def __init__(self) -> None:
        self._seen: dict[Path, Stamp] = {}

    def note(self, path: Path) -> None:
        """This file is being read now."""
        self._seen[path] = _stamp(path)

    def changed(self) -> list[Path]:
        """The files that are others than when they were noted, or than this said last. From one thread."""
        now = {path: _stamp(path) for path in list(self._seen)}
        changed = [path for path, stamp in now.items() if stamp != self._seen.get(path)]
        self._seen.update((path, now[path]) for path in changed)
        return changed

    def __len__(self) -> int:
        return len(self._seen)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
