"""Which of the kernel's processes is the one that a host, in its own pid namespace, knows by another number."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")


def outer_pid(root: int, inner: int) -> int | None:
    """The pid out here of the process numbered `inner` in the namespace of `root`; None when there is none.

    Looks only at `root` and its descendants, so a number that another namespace uses too cannot be mistaken for it.
    """
    level = len(namespace_pids(root)) - 1
    for pid in tree(root):
        numbers = namespace_pids(pid)
        if len(numbers) > level and numbers[level] == inner:
            return pid
    return None


def tree(root: int) -> list[int]:
    """`root` and all its descendants that are alive now.

    By the parents that all processes name: the kernel's own lists of children leave some out while others end.
    """
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (parent := _status(int(entry.name), "PPid")):
            children.setdefault(parent[0], []).append(int(entry.name))
    found = [root]
    for pid in found:  # grows while it is walked
        found += children.get(pid, [])
    return found


def namespace_pids(pid: int) -> list[int]:
    """The numbers of a process, from our namespace inwards; empty when it is gone."""
    return _status(pid, "NSpid")


def _status(pid: int, field: str) -> list[int]:
    try:
        text = (_PROC / str(pid) / "status").read_bytes()
    except OSError:
        return []  # it ended meanwhile
    _, found, rest = text.partition(f"\n{field}:".encode())
    return [int(number) for number in rest.partition(b"\n")[0].split()] if found else []


# ---------------------------------------------------------------- what they use

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ZYGOTE_THREADS = 2
_KINDS = {"gpu-process": "gpu", "renderer": "renderer", "utility": "utility", "zygote": "zygote"}


class Usage(NamedTuple):
    """What a process has used: seconds of CPU, bytes of memory. `started`, in clock ticks, tells it from a later namesake."""

    started: int
    cpu: float
    working_set: int
    private: int | None


def usage(pid: int) -> Usage | None:
    """What a process uses now; None when it is gone."""
    try:
        # After the name, which is in brackets and may hold anything: state is field 3 of the manual's count.
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        if fields[0] == "Z":
            return None
        resident = int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except OSError:
        return None
    return Usage(int(fields[19]), (int(fields[11]) + int(fields[12])) / _TICKS, resident, _private(pid))


def _private(pid: int) -> int | None:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return None
    sizes = [
        int(line.split()[1]) for line in text.splitlines() if line.startswith(("Private_Clean:", "Private_Dirty:"))
    ]
    return sum(sizes) * 1024


def kind(pid: int) -> str:
    """What a process of a host's tree is, by its command line: ``host``, ``renderer`` …; ``sandbox`` for bubblewrap."""
    try:
        line = (_PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
    # Chromium writes what it was called with over its command line, with spaces between the words, where it has the room.
    words = line.replace(" ", "\0").split("\0")
    for word in words:
        if word == "--type=zygote" and _status(pid, "Threads")[:1] > [_ZYGOTE_THREADS]:
            return "renderer"  # forked off a zygote, whose command line it keeps
        if word.startswith("--type="):
            return _KINDS.get(word.removeprefix("--type="), "utility")
    return "host" if "jupyterwin.host" in words and "--" not in words else "sandbox"
