"""A process whose interpreter lock is held, as by a cell that works in pure Python. It knows threads alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def busy_python() -> Iterator[None]:
    """Until the block ends a thread of this process works and gives the lock away only when it is taken from it."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            sum(range(1000))

    thread = threading.Thread(target=work, name="busy")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
