"""The demo without a native engine: a JupyterLab and a browser of its own, for as long as the show takes. It knows no cell."""

from __future__ import annotations

import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from jupyterwin.cli.demo import notebook
from jupyterwin.cli.demo.failures import DemoFailed
from jupyterwin.cli.demo.under_cells import ShowUnderCells
from jupyterwin.cli.lab.browser import chromium
from jupyterwin.cli.lab.page import LabPage, Notebook
from jupyterwin.cli.lab.server import LabFailed, running_lab
from jupyterwin.cli.terminal import labelled, say

_SIZE = (1200, 1300)
_PATIENCE = 60_000.0
"""Milliseconds that anything in the browser may take."""


def show(path: Path, pictures: Path) -> None:
    """Run it on this notebook. Raises `DemoFailed`."""
    pictures.mkdir(parents=True, exist_ok=True)
    say(labelled("screen", "none: the kernel gets no DISPLAY, as on Binder or a Hub"))
    try:
        with tempfile.TemporaryDirectory(prefix="jupyterwin-demo-") as home:
            _show(path, pictures, Path(home))
    except LabFailed as problem:
        raise DemoFailed(str(problem), problem.trace) from problem
    except (Error, AssertionError) as problem:  # playwright's own, and those of its `expect`
        raise DemoFailed(f"JupyterLab did not show what it should: {problem}") from problem


def _show(path: Path, pictures: Path, home: Path) -> None:
    with running_lab(home, DISPLAY=None, WAYLAND_DISPLAY=None) as lab:
        say(labelled("lab", f"JupyterLab {version('jupyterlab')}, with a home of its own"))
        shutil.copy(path, lab.folder)
        with sync_playwright() as playwright:
            browser = chromium(playwright, home)
            say(labelled("browser", f"Chromium {browser.version}, without a window"))
            tab = browser.new_page(viewport={"width": _SIZE[0], "height": _SIZE[1]})
            tab.set_default_timeout(_PATIENCE)
            opened = Notebook(LabPage(tab, lab), path.stem)
            say(labelled("kernel", f"started by JupyterLab, runs a copy of {path.name}"))
            told = ShowUnderCells(opened, pictures).run(notebook.code_cells(path))
            browser.close()
    say()
    say(told)
