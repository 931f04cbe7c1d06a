"""What a JupyterLab of our own needs on this machine, and how to get what is missing. It imports none of it."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

PROGRAMS = ("chromium", "chromium-browser")
"""Names of the browser."""

_MODULES = ("jupyterlab", "playwright")
_INSTALL = "pip install 'jupyterwin[lab]'"
_INSTALL_BROWSER = "sudo apt-get install chromium"


def missing() -> list[str]:
    """One line for each thing that is not here, with its cure."""
    lines = [f"{name} is not installed; `{_INSTALL}`" for name in _MODULES if find_spec(name) is None]
    if not any(map(shutil.which, PROGRAMS)):
        lines.append(f"no Chromium is installed; `{_INSTALL_BROWSER}`")
    return lines
