"""The last resort against orphans: a thread that ends this process when the kernel is gone and nothing else did.

The host's loop watches the kernel too and leaves in order. This thread holds when that loop is stuck.
"""

from __future__ import annotations

import os
import select
import threading
import time

GRACE = 0.7
"""Seconds the loop has to leave by itself."""


def watch(kernel: int) -> None:
    """Start the thread. `kernel` is the kernel's pidfd: the end of its stream is no proof, a forked child may hold it."""
    threading.Thread(target=_wait_and_leave, args=(kernel,), name="jupyterwin-deadman", daemon=True).start()


def _wait_and_leave(kernel: int) -> None:
    poll = select.poll()
    poll.register(kernel, select.POLLIN)
    poll.poll()
    time.sleep(GRACE)
    os._exit(0)
