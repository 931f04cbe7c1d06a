"""``jupyterwin types MODULE``: the ``kernel.d.ts`` of a module's functions. It opens no window and starts no kernel."""

from __future__ import annotations

import sys
from pathlib import Path

from jupyterwin.errors import UsageError

REFUSED = 2
"""Exit code for a module or a function that is not there, as for a wrong option."""


def run(target: str, output: str | None) -> int:
    """Write it; the exit code."""
    from jupyterwin.main.types.module import of_module

    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)  # as `python -m` does
    try:
        text = of_module(target)
    except UsageError as problem:
        sys.stderr.write(f"jupyterwin types: {problem}\n")
        return REFUSED
    if output is None:
        sys.stdout.write(text)
    else:
        Path(output).write_text(text, encoding="utf-8")
    return 0
