"""The last resort: the host ends with its kernel even when its loop is stuck."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from jupyterwin.host import deadman

STUCK = """
import os, sys
from jupyterwin.host import deadman
deadman.watch(int(sys.argv[1]))
print("stuck", flush=True)
while True:
    pass
"""


def test_a_stuck_host_ends_with_its_kernel() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as kernel:
        pidfd = os.pidfd_open(kernel.pid)
        environment = {**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path)}
        with subprocess.Popen(
            [sys.executable, "-c", STUCK, str(pidfd)], pass_fds=[pidfd], stdout=subprocess.PIPE, env=environment
        ) as host:
            os.close(pidfd)
            assert host.stdout is not None
            assert host.stdout.readline() == b"stuck\n"
            kernel.send_signal(signal.SIGKILL)
            start = time.monotonic()
            assert host.wait(5) == 0
            assert time.monotonic() - start < deadman.GRACE + 0.5
