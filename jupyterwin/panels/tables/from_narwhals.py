"""Frames of narwhals: whatever they wrap. It knows no library of tables."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.tables.source import Source
from jupyterwin.panels.tables.source import source_of as any_source


def source_of(obj: Any) -> Source | None:
    """The frame inside."""
    return any_source(obj.to_native())
