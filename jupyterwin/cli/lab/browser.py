"""Debian's Chromium without a window, by Playwright: found, started, ended. Nothing is downloaded. It knows no JupyterLab."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from jupyterwin.cli.lab.needs import PROGRAMS


def chromium(playwright: Playwright, folder: Path) -> Browser:
    """Start it. What it writes beside its profile goes to `folder`."""
    program = next(found for name in PROGRAMS if (found := shutil.which(name)))
    environment: dict[str, str | float | bool] = {
        **os.environ,
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], env=environment)
