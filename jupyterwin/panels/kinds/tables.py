"""Tables of any library, of numpy and of Python. The first of the families: a frame is a table before it is HTML."""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.livetable import LiveTable
from jupyterwin.panels.tables.grid import Table
from jupyterwin.panels.tables.live import LiveGrid
from jupyterwin.panels.tables.source import source_of


def content_of(obj: Any) -> Table | None:
    """The table, if it is one."""
    if isinstance(obj, LiveTable):
        return LiveGrid(obj)
    source = source_of(obj)
    return None if source is None else Table(obj, source)
