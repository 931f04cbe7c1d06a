"""Notices: what a person should see under the cell that it concerns: one line, and a traceback to unfold. It keeps nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable


def _to_stderr(text: str, trace: str) -> None:
    """Where no front end can fold: the line alone, the traceback is in the log."""
    del trace
    print(text, file=sys.stderr)  # noqa: T201 -- a line under the cell, or in the terminal


class Notices:
    """How notices are shown: on standard error, unless a notebook can do better and sets `show`."""

    def __init__(self) -> None:
        self.show: Callable[[str, str], None] = _to_stderr

    def tell(self, text: str, context: contextvars.Context, trace: str = "") -> None:
        """Show it where the code that `context` belongs to shows its output."""
        context.copy().run(self.show, f"jupyterwin: {text}", trace)

    def reset(self) -> None:
        """On standard error again."""
        self.show = _to_stderr


notices = Notices()
"""Of this process."""
