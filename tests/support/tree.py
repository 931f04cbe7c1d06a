"""The checkout: its root, and the files that are or would be tracked. Knows git, and does without it in an sdist."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "jupyterwin"


@functools.cache
def tracked_files() -> tuple[Path, ...]:
    """List what git tracks, and what it would if all were added now: a rule is told before the commit, not after."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted({file for file in files if file.is_file()}))


def sources(suffix: str, *folders: str) -> list[Path]:
    """List the tracked files of one kind below some folders of the root."""
    return [
        file
        for file in tracked_files()
        if file.suffix == suffix and any(file.is_relative_to(ROOT / folder) for folder in folders)
    ]


def shown(file: Path) -> str:
    """Name a file as a person in the root would."""
    return file.relative_to(ROOT).as_posix()
