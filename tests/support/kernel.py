"""A real kernel: an ipykernel process of this environment, driven as a front end drives it.

It knows jupyter_client and nothing of jupyterwin; what a test wants of windows it says in the cells it runs.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import Any, Self

import ipykernel
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from support.home import KERNEL_NAME
from support.outcome import Outcome

CAN_HEAR = ipykernel.version_info >= (7, 4)
SILENCE = 5.0
DEADLINE = 60.0  # for a cell, unless the test says otherwise: both cores may be busy


class RealKernel:
    """Start it, run cells, interrupt, restart, kill. A context manager; leaving it leaves no process."""

    def __init__(self, **environment: str) -> None:
        """`environment` is added to what the kernel inherits."""
        self._environment = environment
        self._manager = KernelManager(kernel_name=KERNEL_NAME)
        self.client: BlockingKernelClient

    def __enter__(self) -> Self:
        import os

        self._manager.start_kernel(env={**os.environ, **self._environment})
        try:
            self._connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The kernel's process id."""
        pid = self._manager.provisioner.pid  # type: ignore[union-attr]
        assert pid is not None, "the kernel is not running"
        return pid

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._manager.is_alive()

    @property
    def connection_file(self) -> str:
        """Where the connection file lies, for tests that look who can read it."""
        return self._manager.connection_file

    def run(self, code: str, *, timeout: float = DEADLINE, cell: str | None = None) -> Outcome:
        """Run a cell and wait for its end. `cell` is the cellId a notebook would send along."""
        return self.wait(self.start(code, cell=cell), timeout=timeout)

    def value(self, expression: str, *, timeout: float = DEADLINE) -> Any:
        """Evaluate an expression in the kernel whose value is a Python literal, and return the value."""
        import ast

        result = self.run(expression, timeout=timeout).ok().result
        return None if result is None else ast.literal_eval(result)

    def start(self, code: str, *, cell: str | None = None) -> str:
        """Send a cell and return at once; `wait` takes the id that is returned."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": False}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else None)
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def running(self, code: str, *, timeout: float = DEADLINE) -> str:
        """Send a cell and return when it runs for certain: it says so first. Its front end sees the code earlier."""
        request = self.start(f"print('it runs', flush=True)\n{code}")
        self.hears("it runs", timeout=timeout)
        return request

    def hears(self, words: str, *, timeout: float = DEADLINE) -> None:
        """Wait until something is printed that has these words, under whatever cell. What comes before is dropped."""
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.0, end - time.monotonic()))
            if message["msg_type"] == "stream" and words in message["content"]["text"]:
                return

    def wait(self, request: str, *, timeout: float = DEADLINE) -> Outcome:
        """Wait until the cell is answered and idle. Messages of other requests on the way are dropped."""
        outcome, end, idle = Outcome(), time.monotonic() + timeout, False
        while not (idle and outcome.status):
            channel = self.client.get_shell_msg if idle else self.client.get_iopub_msg
            try:
                message = self._next(channel, end)
            except queue.Empty:
                raise TimeoutError(
                    f"the cell did not end within {timeout} s (idle: {idle}, answered: {outcome.status or 'no'}; "
                    f"kernel alive: {self.alive}); it printed:\n{outcome.stdout}{outcome.stderr}"
                ) from None
            if message["parent_header"].get("msg_id") != request:
                continue
            idle = idle or (message["msg_type"] == "status" and message["content"]["execution_state"] == "idle")
            outcome.take(message)
        return outcome

    def _next(self, channel: Callable[..., dict[str, Any]], end: float) -> dict[str, Any]:
        """The next message of a channel.

        Before 7.4 ipykernel can overlook a request until another one comes (its issue 1529): in a silence it gets one.
        """
        while True:
            left = max(0.0, end - time.monotonic())
            try:
                return channel(timeout=left if CAN_HEAR else min(left, SILENCE))
            except queue.Empty:
                if CAN_HEAR or left <= SILENCE:
                    raise
                self.client.kernel_info()

    def published(self, *, quiet: float = 0.3) -> list[dict[str, Any]]:
        """Return what the kernel published since, until it is silent for `quiet` seconds: late output, comms."""
        messages = []
        while True:
            try:
                messages.append(self.client.get_iopub_msg(timeout=quiet))
            except queue.Empty:
                return messages

    def interrupt(self) -> None:
        """Interrupt it as a front end does: SIGINT to the kernel's process group."""
        self._manager.interrupt_kernel()

    def restart(self) -> None:
        """Restart it as a front end does, and connect again."""
        self.client.stop_channels()
        self._manager.restart_kernel(now=False)
        self._connect()

    def shutdown(self) -> None:
        """Ask it to end, as a front end does, and wait until it has."""
        self._manager.shutdown_kernel(now=False)

    def kill(self) -> None:
        """SIGKILL, to the kernel's own process alone."""
        import os
        import signal

        os.kill(self.pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while self.alive:
            assert time.monotonic() < end, "the kernel outlived SIGKILL by 10 s"
            time.sleep(0.01)

    def close(self) -> None:
        """End it, whatever state it is in, and give back its sockets and files."""
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self._manager.has_kernel:
            self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_resources()

    def _connect(self) -> None:
        self.client = self._manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=DEADLINE)
