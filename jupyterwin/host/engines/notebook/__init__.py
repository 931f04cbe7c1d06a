"""An engine whose windows are drawn by a notebook's front end: `NotebookEngine`. It runs in the kernel's own process."""

from __future__ import annotations

from jupyterwin.host.engines.notebook.engine import NotebookEngine as NotebookEngine
