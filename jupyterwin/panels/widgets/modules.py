"""Modules: the JavaScript of widget libraries, as the user's own installation has it. It knows no page.

Classic widgets ship an AMD module for the notebook below ``share/jupyter/nbextensions/<module>/index.js``; anywidget too.
"""

from __future__ import annotations

import re
from pathlib import Path

from jupyterwin.errors import UsageError

_NAME = re.compile(r"(?:@[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*", re.IGNORECASE)


def source_of(name: str) -> str:
    """The source of one module. Raises `UsageError` when it is not installed."""
    if _NAME.fullmatch(name):
        for folder in _folders():
            file = folder / name / "index.js"
            if file.is_file():
                return file.read_text(encoding="utf-8")
    msg = f"the JavaScript of {name!r} is not below any share/jupyter/nbextensions/ of this environment: it cannot be drawn"
    raise UsageError(msg)


def _folders() -> list[Path]:
    from jupyter_core.paths import jupyter_path

    return [Path(one) for one in jupyter_path("nbextensions")]
