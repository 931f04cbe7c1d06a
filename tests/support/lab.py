"""The JupyterLab of the tests: the product's own, which the demo uses too. It knows no window of ours."""

from __future__ import annotations

import shutil

from jupyterwin.cli.lab.browser import chromium
from jupyterwin.cli.lab.needs import PROGRAMS
from jupyterwin.cli.lab.page import LabPage, Notebook, inside
from jupyterwin.cli.lab.server import Lab, running_lab

__all__ = ["CHROMIUM", "Lab", "LabPage", "Notebook", "chromium", "inside", "running_lab"]

CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), PROGRAMS[0])
