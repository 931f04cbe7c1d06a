"""DemoKernel: a kernel of this environment, driven as a front end drives it: cells, and questions beside them.

It knows jupyter_client, and nothing of windows.
"""

from __future__ import annotations

import ast
import json
import queue
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from jupyterwin.cli.demo.failures import KernelFailed

START_DEADLINE = 60.0
CELL_DEADLINE = 120.0
ASK_DEADLINE = 60.0
_TICK = 0.5
_INSIDE = "jupyterwin.cli.demo.inside"

Message = dict[str, Any]


class DemoKernel:
    """A context manager: inside, the kernel runs in `folder`; leaving it ends the kernel and what it started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # This interpreter's own kernel: a spec of the person's named python3 may start another Python.
        self._manager = KernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
        self._client: BlockingKernelClient
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 -- closed with the kernel

    def __enter__(self) -> Self:
        try:
            self._manager.start_kernel(cwd=str(self._folder), stdout=self._words, stderr=self._words)
            self._client = self._manager.client()
            self._client.start_channels()
            self._client.wait_for_ready(timeout=START_DEADLINE)
        except BaseException as problem:
            words = self._last_words()
            self.close()
            if isinstance(problem, RuntimeError):  # what jupyter_client raises for a kernel that died or is late
                raise KernelFailed(f"the kernel did not start: {problem}", words) from problem
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def run(self, code: str, cell: str, began: Callable[[], None] | None = None) -> None:
        """Run a cell to its end. `began` is called once, at the first thing it prints. Raises `KernelFailed`."""
        request = self._send(code, {}, silent=False, metadata={"cellId": cell})
        reply = self._reply(request, CELL_DEADLINE, f"cell {cell!r}", began)
        if reply["status"] != "ok":
            raise KernelFailed(
                f"cell {cell!r} failed: {reply.get('ename', reply['status'])}: {reply.get('evalue', '')}",
                "\n".join(reply.get("traceback", ())),
            )

    def ask(self, function: str, *args: Any, **options: Any) -> Any:
        """Call a function of the demo's inside the kernel, beside the cells: no cell owns what it does."""
        given = json.dumps([args, options])
        # One expression, so that no name of the notebook is touched.
        call = f"__import__({_INSIDE!r}, fromlist=['answer']).answer({function!r}, {given!r})"
        request = self._send("", {"value": call}, silent=True)
        reply = self._reply(request, ASK_DEADLINE, function)
        if reply["status"] != "ok":
            raise KernelFailed(f"{function}: {reply.get('evalue', reply['status'])}")
        value = reply["user_expressions"]["value"]
        if value["status"] != "ok":
            raise KernelFailed(f"{value['ename']}: {value['evalue']}", "\n".join(value["traceback"]))
        return json.loads(ast.literal_eval(value["data"]["text/plain"]))

    def close(self) -> None:
        """End it, whatever state it is in."""
        if hasattr(self, "_client"):
            self._client.stop_channels()
        if self._manager.has_kernel:
            self._manager.shutdown_kernel(now=False)
        self._manager.cleanup_resources()
        self._words.close()

    def _send(
        self, code: str, expressions: dict[str, str], *, silent: bool, metadata: dict[str, str] | None = None
    ) -> str:
        content = {"code": code, "silent": silent, "store_history": not silent, "user_expressions": expressions}
        content |= {"allow_stdin": False, "stop_on_error": False}
        message = self._client.session.msg("execute_request", content, metadata=metadata)
        self._client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def _reply(
        self, request: str, seconds: float, what: str, began: Callable[[], None] | None = None
    ) -> dict[str, Any]:
        """Wait for the answer to `request`; meanwhile tell `began` of the first output."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if began is not None and self._has_printed(request):
                began()
                began = None
            try:
                message = self._client.get_shell_msg(timeout=_TICK if began is None else 0.05)
            except queue.Empty:
                if not self._manager.is_alive():
                    raise KernelFailed(f"the kernel died during {what}", self._last_words()) from None
                continue
            if message["parent_header"].get("msg_id") == request:
                content: dict[str, Any] = message["content"]
                return content
        raise KernelFailed(f"{what} did not end within {seconds:.0f} s")

    def _has_printed(self, request: str) -> bool:
        while True:
            try:
                message = self._client.get_iopub_msg(timeout=0.01)
            except queue.Empty:
                return False
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
                return True

    def _last_words(self) -> str:
        self._words.seek(0)
        return self._words.read().decode("utf-8", "replace")[-4000:]
