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
    """`root` and all its descendants that are alive now."""
    found = [root]
    for pid in found:  # grows while it is walked
        found += _children(pid)
    return found


def _children(pid: int) -> list[int]:
    children: list[int] = []
    try:
        for task in (_PROC / str(pid) / "task").iterdir():
            children += map(int, (task / "children").read_text().split())
    except OSError:
        pass  # it ended meanwhile
    return children


def namespace_pids(pid: int) -> list[int]:
    """The numbers of a process, from our namespace inwards; empty when it is gone."""
    try:
        for line in (_PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("NSpid:"):
                return [int(number) for number in line.split()[1:]]
    except OSError:
        pass  # it ended meanwhile
    return []
