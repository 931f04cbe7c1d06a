"""JupyterLab on the notebook, for going on by hand. It knows nothing of the demo that ran before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

INSTALL = "pip install 'jupyterwin[lab]'"


def available() -> bool:
    """Whether JupyterLab is installed in this environment."""
    return find_spec("jupyterlab") is not None


def open_on(notebook: Path, *, browser: bool) -> int:
    """Run JupyterLab until it is ended; its exit code."""
    command = [sys.executable, "-m", "jupyterlab", str(notebook)]
    if not browser:
        command.append("--no-browser")
    if os.geteuid() == 0:
        command.append("--allow-root")
    # Ctrl-C is JupyterLab's, which asks back; the command goes on when JupyterLab has ended.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # An ignored signal stays ignored in a child: JupyterLab starts with the default.
        return subprocess.run(command, check=False, preexec_fn=_default_interrupt).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def _default_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
