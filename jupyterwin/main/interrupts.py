"""Interrupts: hears that this process was interrupted, and leaves what that does to whoever handles it. It knows no kernel.

Python writes the number of each signal that it handles to one file descriptor, whatever the handler does and however
long the main thread is busy in C; a thread reads it here. So nobody's handler is replaced or wrapped. A signal that is
ignored (SIG_IGN) is not heard.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERRUPT = bytes([signal.SIGINT])


class Interrupts:
    """Calls `heard` on a thread of its own, once or more for each SIGINT. Whatever `heard` does must be done soon.

    `listen` starts nothing; the thread comes with `begin`, when there is somebody to tell.
    """

    def __init__(self, heard: Callable[[], object]) -> None:
        self._heard = heard
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._read = self._write = -1
        self._registered = False

    def listen(self) -> None:
        """Listen from now on, or again after somebody else did. Nothing happens off the main thread, or while others do."""
        if threading.current_thread() is not threading.main_thread():
            return
        if self._write < 0:
            self._open()
        before = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        if before not in {-1, self._write}:
            signal.set_wakeup_fd(before)

    def begin(self) -> None:
        """Tell from now on what is listened for. From any thread; called again, it changes nothing."""
        with self._lock:
            if self._thread is None and self._write >= 0:
                self._thread = threading.Thread(
                    target=self._run, args=(self._read,), name="jupyterwin-interrupts", daemon=True
                )
                self._thread.start()

    def stop(self) -> None:
        """Listen no longer. On the main thread."""
        if self._write < 0:
            return
        self._let_go()
        with self._lock:
            os.close(self._write)  # the thread ends, and closes what it reads
            if self._thread is None:
                os.close(self._read)
            self._thread, self._write = None, -1

    def _open(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        if not self._registered:
            os.register_at_fork(after_in_child=self._forget_in_child)
            self._registered = True

    def _run(self, read: int) -> None:
        while signals := os.read(read, 4096):
            if _INTERRUPT in signals:
                self._heard()
        os.close(read)

    def _let_go(self) -> None:
        before = signal.set_wakeup_fd(-1)
        if before not in {-1, self._write}:
            signal.set_wakeup_fd(before)

    def _forget_in_child(self) -> None:
        """A child's signals are none of its parent's, and the parent reads this pipe."""
        self._lock, self._thread = threading.Lock(), None
        if self._write >= 0:
            with suppress(ValueError):
                self._let_go()
            self._write = -1
