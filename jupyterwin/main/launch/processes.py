"""Which of the kernel's processes is the one that a host, in its own pid namespace, knows by another number."""

from __future__ import annotations

from pathlib import Path

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
