"""A kernel in a process of its own, for tests that kill it: opens a window, writes the pids, waits.

Run as ``python kernel_script.py [fork]``; with ``fork`` a child of its own stays behind and holds what it inherited.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from jupyterwin.main.launch import processes
from support.fake_kernel import FakeKernel


def main() -> None:
    kernel = FakeKernel()
    kernel.open("w")
    if "fork" in sys.argv:
        child = os.fork()
        if not child:
            time.sleep(60)
            os._exit(0)
        say("child", child)
    say("host", *processes.tree(kernel.host.pid))
    time.sleep(60)


def say(name: str, *pids: int) -> None:
    """Tell the test."""
    sys.stdout.write(f"{name} {' '.join(map(str, pids))}\n")
    sys.stdout.flush()


main()
