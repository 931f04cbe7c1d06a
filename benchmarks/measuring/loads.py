"""What keeps Python busy while calls are measured: each load runs on the calling thread until `done` is set."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable


def sleep(done: threading.Event) -> None:
    """Sleep: the thread is occupied, the interpreter lock is free."""
    while not done.is_set():
        time.sleep(0.2)


def spin(done: threading.Event) -> None:
    """A pure-Python loop, which lets go of the interpreter lock only when it is made to."""
    total = 0
    while not done.is_set():
        for number in range(100_000):
            total += number * number % 7


def numpy(done: threading.Event) -> None:
    """Matrix products of 1000 × 1000, with as many threads as numpy takes by itself."""
    import numpy as np

    matrix = np.random.default_rng(1).random((1000, 1000))
    while not done.is_set():
        matrix @ matrix


LOADS: dict[str, Callable[[threading.Event], None]] = {"sleep": sleep, "spin": spin, "numpy": numpy}
"""The loads by name; ``idle`` is none of them."""
