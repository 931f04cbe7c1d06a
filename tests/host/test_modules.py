"""What a host's process loads: nothing of the kernel's side, nothing that could reach a kernel."""

from __future__ import annotations

import os
import subprocess
import sys

FOREIGN = ("jupyterwin.main", "jupyterwin.notebook", "jupyterwin.panels", "IPython", "ipykernel", "traitlets", "comm",
           "jupyter_client", "zmq", "tornado")  # fmt: skip
SCRIPT = "import sys, jupyterwin.host.lifetime, jupyterwin.host.engines.qt.app; print(*sys.modules)"


def test_no_kernel_code_is_loaded() -> None:
    environment = {**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path), "QT_API": "pyside6"}
    said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, check=True)
    loaded = set(said.stdout.split())
    assert "webview" in loaded
    assert not {name for name in loaded if name.startswith(FOREIGN)}
