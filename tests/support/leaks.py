"""What a test leaves behind: processes, threads, sockets, files. A picture before, a picture after, the difference told.

The test process adopts orphans (it is their `subreaper`), so a window host whose kernel died is still seen here, whatever
session or environment it gave itself. Other runs on the same machine are not.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from support.home import Home

GRACE = 5.0  # what ends, ends within 2 s by contract (tests of that measure it); both cores may be busy
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) failed")


def alive(pid: int) -> bool:
    """Tell whether a process runs. One that ended and waits for its parent (a zombie) does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@dataclass(frozen=True)
class Traces:
    """What is there at one moment."""

    processes: frozenset[psutil.Process]
    threads: frozenset[threading.Thread]
    sockets: frozenset[str]
    files: frozenset[Path]

    @classmethod
    def now(cls, home: Home) -> Traces:
        """Take the picture."""
        return cls(
            frozenset(child for child in psutil.Process().children(recursive=True) if alive(child.pid)),
            frozenset(threading.enumerate()),
            frozenset(_sockets()),
            frozenset(home.leftovers()),
        )

    def since(self, before: Traces) -> list[str]:
        """Say what is here that was not there before, one line each."""
        return [
            *(f"process {_describe(process)}" for process in self.processes - before.processes),
            *(f"thread {thread.name!r}" for thread in self.threads - before.threads if thread.is_alive()),
            *(f"open {socket}" for socket in self.sockets - before.sockets),
            *(f"file {path}" for path in self.files - before.files),
        ]


def left_since(before: Traces, home: Home, grace: float = GRACE) -> list[str]:
    """Wait up to `grace` seconds until nothing new is left; return what is."""
    end = time.monotonic() + grace
    while left := Traces.now(home).since(before):
        if time.monotonic() > end:
            break
        gc.collect()  # a socket dropped in a cycle closes when the cycle goes
        time.sleep(0.02)
    return left


@contextlib.contextmanager
def leaving_nothing(home: Home) -> Iterator[None]:
    """Fail the test that leaves something behind inside; what can be ended is."""
    before = Traces.now(home)
    yield
    if left := left_since(before, home):
        end_processes(before, home)
        pytest.fail("left behind:\n  " + "\n  ".join(left), pytrace=False)


def _sockets() -> list[str]:
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile
            target = str(entry.readlink())
            if target.startswith("socket:"):
                found.append(target)
    return found


def _describe(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return f"{process.pid} ({process.status()}): {' '.join(process.cmdline())[:200]}"
    return f"{process.pid} (ended meanwhile)"


def end_processes(before: Traces, home: Home) -> None:
    """End what a failed test left, so that the next one starts clean. Only our own descendants are touched."""
    for process in Traces.now(home).processes - before.processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
            process.wait(5)
