"""Failures: an exception as an object that somebody wants to look at: what it says, where it was raised, and why."""

from __future__ import annotations

import traceback
from typing import Any

from jupyterwin.panels.kinds.figures.kept import Kept

_DEEPEST = 10
"""Of causes."""


class Failure(Kept):
    """An exception that was assigned to a panel: its traceback is what it shows. Errors of a panel's own show none."""

    kind = "error"

    @property
    def title(self) -> str:
        """Its class."""
        return type(self.obj).__name__

    def make(self) -> list[dict[str, Any]]:
        """The exception and its causes, nearest first: ``{"name", "message", "notes", "frames", "because"}``."""
        told: list[dict[str, Any]] = []
        error, because = self.obj, ""
        while error is not None and len(told) < _DEEPEST:
            told.append(_told(error, because))
            because = "cause" if error.__cause__ is not None else "context"
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return told


def content_of(obj: Any) -> Failure | None:
    """The content of an exception."""
    return Failure(obj) if isinstance(obj, BaseException) else None


def _told(error: BaseException, because: str) -> dict[str, Any]:
    frames = [
        {"file": frame.filename, "line": frame.lineno or 0, "name": frame.name, "code": frame.line or ""}
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    notes = [str(note) for note in getattr(error, "__notes__", ())]
    return {
        "name": type(error).__qualname__,
        "message": str(error),
        "notes": notes,
        "frames": frames,
        "because": because,
    }
