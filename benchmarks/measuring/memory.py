"""The memory of a tree of processes, as the system counts it: shared pages are split among those that share them."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from jupyterwin.main.launch.processes import tree

_PROC = Path("/proc")


def descendants(root: int) -> list[int]:
    """The processes below `root`, without it."""
    return tree(root)[1:]


def wait_until_alone(root: int, patience: float = 60.0) -> None:
    """Wait until no engine runs that is not below `root`. Raises `RuntimeError` when one stays.

    It would share the engine's pages, and figures would come out too low by up to a third.
    """
    end = time.monotonic() + patience
    while others := _engines() - set(descendants(root)):
        if time.monotonic() > end:
            raise RuntimeError(
                f"{len(others)} processes of other QtWebEngine applications share its memory: close them"
            )
        time.sleep(0.5)


def pss(*pids: int) -> float:
    """The processes' proportional set size in MB (10⁶ bytes); one that ended meanwhile counts nothing."""
    return sum(_pss(pid) for pid in pids) / 1000 * 1.024


def _engines() -> set[int]:
    found = set()
    for folder in _PROC.iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if folder.name.isdigit() and (folder / "comm").read_text().startswith("QtWebEngine"):
                found.add(int(folder.name))
    return found


def _pss(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
