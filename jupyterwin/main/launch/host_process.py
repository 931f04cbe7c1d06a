"""A running window host, as the kernel sees it: its stream, its pid, its last words, its end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from typing import IO, TYPE_CHECKING, cast

from jupyterwin.errors import StartFailed
from jupyterwin.main.launch import causes, processes
from jupyterwin.main.launch.stderr import LastWords

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from jupyterwin.carriers.pipe import PipeCarrier
    from jupyterwin.errors import Broken
    from jupyterwin.main.launch.gateway import Gateway
    from jupyterwin.security.sandbox import Level

_TICK = 0.1  # how often the start deadline is looked at; after `ready` the watch sleeps in one system call


class HostProcess:
    """A host that was started. Its end, however it comes, is told once to the `on_exit` given to `supervise`."""

    def __init__(self, process: subprocess.Popen[bytes], pid: int, level: Level, carrier: PipeCarrier) -> None:
        self.pid = pid
        """The host's pid as the kernel sees it: bubblewrap's child when there is a sandbox, else the host itself."""
        self.level = level
        """What the launcher put around it: ``outer`` means bubblewrap. What a renderer has is told by the host."""
        self.carrier = carrier
        """The kernel's end of the host's stream."""
        self.words = LastWords(cast("IO[bytes]", process.stderr))
        self.gateway: Gateway | None = None
        """Its way to the origins it may reach, if it may reach any."""
        self.error: Broken | None = None
        """Why it is gone; None while it lives."""
        self._process = process
        self._pidfd = os.pidfd_open(pid)
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._ended = threading.Event()

    def supervise(self, deadline: float, on_exit: Callable[[Broken], None] | None) -> None:
        """Start the watch: a thread that enforces the start deadline until `ready`, then waits for the host's end."""
        threading.Thread(
            target=self._watch, args=(deadline, on_exit), name="jupyterwin-host-watch", daemon=True
        ).start()

    def ready(self) -> None:
        """The host reported itself: the start deadline is met."""
        self._ready.set()

    @property
    def alive(self) -> bool:
        return not self._ended.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the host is gone and `on_exit` has returned; false when `timeout` seconds were not enough."""
        return self._ended.wait(timeout)

    def kill(self) -> None:
        """End the host and everything it started, at once. Safe to call again, and after its end."""
        with self._lock, contextlib.suppress(OSError):
            if self._pidfd >= 0:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def outer_pid(self, inner: int) -> int | None:
        """The kernel's number for a process that the host knows as `inner`; None when there is no such process."""
        return processes.outer_pid(self.pid, inner)

    def _watch(self, deadline: float, on_exit: Callable[[Broken], None] | None) -> None:
        end = time.monotonic() + deadline
        while not self._gone_within(_TICK):
            if self._ready.is_set():
                self._gone_within(None)
                break
            if time.monotonic() > end:
                said = self.words.text()
                self.error = causes.explain(said) or StartFailed(
                    f"the window host was not ready after {deadline:g} s{causes.quote(said)}"
                )
                self.kill()
                end = float("inf")
        self._finish(on_exit)

    def _gone_within(self, seconds: float | None) -> bool:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(None if seconds is None else seconds * 1000))

    def _finish(self, on_exit: Callable[[Broken], None] | None) -> None:
        status = self._process.wait()
        self.words.close()
        self.error = self.error or causes.of_exit(status, self.words.text(), started=self._ready.is_set())
        self.carrier.close()
        if self.gateway is not None:
            self.gateway.close()
        with self._lock:
            os.close(self._pidfd)
            self._pidfd = -1
        try:
            if on_exit is not None:
                on_exit(self.error)
        finally:
            self._ended.set()
