"""A real ipykernel in a process of its own, driven through jupyter_client. It knows nothing of windows."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from ipykernel.kernelspec import make_ipkernel_cmd
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[2]
DEADLINE = 90.0


class CellError(Exception):
    """A cell raised; the message is the kernel's."""


class _ThisPython(KernelSpecManager):
    """The kernel of the interpreter that measures, whatever kernel specs the person has."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(argv=make_ipkernel_cmd(), display_name=kernel_name, language="python")


class Kernel:
    """A context manager; leaving it leaves no process."""

    client: BlockingKernelClient

    def __enter__(self) -> Self:
        self._manager = KernelManager(kernel_spec_manager=_ThisPython())
        path = os.pathsep.join([str(ROOT / "benchmarks"), str(ROOT), os.environ.get("PYTHONPATH", "")])
        self._manager.start_kernel(env={**os.environ, "PYTHONPATH": path}, cwd=str(ROOT), stderr=sys.stderr)
        try:
            self.client = self._manager.client()
            self.client.start_channels()
            self.client.wait_for_ready(timeout=DEADLINE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self._manager.has_kernel:
            self._manager.shutdown_kernel()
        self._manager.cleanup_resources()

    @property
    def pid(self) -> int:
        """The kernel's process."""
        return self._manager.provisioner.pid

    def run(self, code: str, *, timeout: float = DEADLINE) -> str:
        """Run a cell to its end and return what it printed. Raises `CellError`, `TimeoutError`."""
        printed: list[str] = []

        def hear(message: dict) -> None:
            if message["msg_type"] != "stream":
                return
            if message["content"]["name"] == "stdout":
                printed.append(message["content"]["text"])
            else:
                sys.stderr.write(message["content"]["text"])

        reply = self.client.execute_interactive(code, timeout=timeout, output_hook=hear, allow_stdin=False)
        content = reply["content"]
        if content["status"] != "ok":
            raise CellError(f"{content.get('ename')}: {content.get('evalue')}")
        return "".join(printed)
