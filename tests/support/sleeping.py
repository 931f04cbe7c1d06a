"""A page that takes nothing for a while, as one in a long loop: what is sent to it waits, unacknowledged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jupyterwin.testing import Page


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """Keep what arrives from `page` until the block ends; then it gets all of it, in order."""
    receive, lock, held = page.receive, threading.RLock(), []
    sleeping = True

    def hold(message: Any) -> None:
        with lock:
            if sleeping:
                held.append(message)
            else:
                receive(message)

    page.receive = hold  # type: ignore[method-assign]
    yield
    with lock:
        sleeping = False
        for message in held:
            receive(message)
