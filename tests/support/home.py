"""The folders a test run lives in: its own home, runtime, temporary and Jupyter folders, in place of the person's.

It must be entered before anything reads those variables, and knows nothing of kernels and windows.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

KERNEL_NAME = "jupyterwin-tests"

# What a desktop session leaves in the environment would decide where windows open.
FOREIGN = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS", "JUPYTER_TOKEN")


class Home:
    """One folder, short of name (a socket's path ends at 107 characters), removed as the process ends."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="jwh-"))
        # Registered first, so run last: pytest clears its own folders inside this one before.
        atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        self.temporary = self._folder("tmp")
        self.runtime = self._folder("run")

    def enter(self) -> None:
        """Point this process, and all that it starts, at these folders."""
        for name in FOREIGN:
            os.environ.pop(name, None)
        # fonts and their cache stay the machine's: only what is written moves
        os.environ |= {
            "HOME": str(self._folder("home")),
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_STATE_HOME": str(self._folder("state")),
            "IPYTHONDIR": str(self._folder("ipython")),
            "JUPYTER_CONFIG_DIR": str(self._folder("jupyter/config")),
            "JUPYTER_DATA_DIR": str(self._folder("jupyter/data")),
            "JUPYTER_RUNTIME_DIR": str(self._folder("jupyter/run")),
            "JUPYTER_PLATFORM_DIRS": "1",
        }
        tempfile.tempdir = None  # it remembers the folder it first found
        self._install_kernel()

    def leftovers(self) -> set[Path]:
        """Tell what lies in the temporary and runtime folders now; pytest's own folder is not ours to judge."""
        found = {*self.temporary.iterdir(), *self.runtime.iterdir()}
        return {path for path in found if not path.name.startswith("pytest-of-")}

    def forget_places(self) -> None:
        """Where windows of earlier tests were is nothing to the next."""
        shutil.rmtree(self.root / "state", ignore_errors=True)

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _install_kernel(self) -> None:
        """Give the run a kernel spec of its own: one of the person's could start another Python."""
        spec = {
            "argv": [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "jupyterwin's tests",
            "language": "python",
        }
        folder = self._folder(f"jupyter/data/kernels/{KERNEL_NAME}")
        (folder / "kernel.json").write_text(json.dumps(spec))
