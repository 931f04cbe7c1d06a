"""jupyterwin as its users run it: windows opened by cells of a real ipykernel, which is driven through jupyter_client.

This side only starts cells and reads memory; what they run is `in_kernel`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from measuring.kernel import Kernel
from measuring.memory import descendants, pss, wait_until_alone

from subjects import SETTLE, WINDOWS, Options, Result


def _cell(kernel: Kernel, call: str) -> Any:
    """Run one function of `in_kernel` (or its like) in a cell and return what it returns."""
    code = f"import json; from subjects import in_kernel, in_kernel_tables\nprint(json.dumps({call}))"
    return json.loads(kernel.run(code).splitlines()[-1])


def _in_page(call: str, options: Options) -> Result:
    """Open the page in one cell, measure in the next."""
    with Kernel() as kernel:
        facts = _cell(kernel, "in_kernel.open_page()")
        metrics = _cell(kernel, call.format(count=options.count))
        return Result(metrics, facts)


def _opening(_options: Options) -> Result:
    with Kernel() as kernel:
        return Result(_cell(kernel, "in_kernel.opening()"))


def _tables(_options: Options) -> Result:
    with Kernel() as kernel:
        _cell(kernel, "in_kernel_tables.make()")
        return Result(_cell(kernel, "in_kernel_tables.tables()"))


def _memory(_options: Options) -> Result:
    """What the windows add to the kernel's own memory: the window host, the renderers, and what grows in the kernel."""
    metrics: dict[str, list[float]] = {}
    with Kernel() as kernel:
        kernel.run("import json; from subjects import in_kernel")
        before = pss(kernel.pid)

        def added() -> list[float]:
            time.sleep(SETTLE)
            wait_until_alone(kernel.pid)
            return [pss(kernel.pid, *descendants(kernel.pid)) - before]

        opened = 0
        for count in WINDOWS:
            _cell(kernel, f"in_kernel.open_more({count - opened})")
            opened = count
            metrics[f"memory.{count}"] = added()
        for closing, state in ((opened - 1, "closed"), (1, "none")):
            _cell(kernel, f"in_kernel.close_some({closing})")
            metrics[f"memory.{state}"] = added()
    return Result(metrics)


MEASUREMENTS: dict[str, Callable[[Options], Result]] = {
    "calls-idle": partial(_in_page, "await in_kernel.calls_idle({count})"),
    "calls-sleep": partial(_in_page, "in_kernel.calls('sleep', {count})"),
    "calls-spin": partial(_in_page, "in_kernel.calls('spin', {count})"),
    "calls-numpy": partial(_in_page, "in_kernel.calls('numpy', {count})"),
    "back": partial(_in_page, "in_kernel.back({count})"),
    "events": partial(_in_page, "in_kernel.events({count})"),
    "to-page": partial(_in_page, "in_kernel.bulk('toPage')"),
    "to-python": partial(_in_page, "in_kernel.bulk('toPython')"),
    "opening": _opening,
    "memory": _memory,
    "tables": _tables,
}
