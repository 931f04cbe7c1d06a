"""Cells of a LiveTable → the binary columns that a chart's page reads: js/src/panels/kinds/chart/wire.ts is its twin.

Pure. A chart reads numbers as floats and times as milliseconds, with NaN for what is missing, and text as codes.
"""

from __future__ import annotations

import math
from array import array
from typing import Any

from jupyterwin.panels.livetable.cells import NAT, Cells, numpy
from jupyterwin.panels.livetable.convert import Column
from jupyterwin.panels.livetable.kinds import Group

BYTES_A_PULL = 2 * 1024 * 1024
"""What one answer to a page holds at most; a page that is further behind asks again."""


def rows_a_pull(columns: int) -> int:
    """How many rows of so many columns one answer holds."""
    return max(1, BYTES_A_PULL // (8 * max(1, columns)))


def cells_of(column: Column, cells: Cells) -> dict[str, Any]:
    """The form of one column's cells."""
    if column.kind.group is Group.TEXT:
        return _text(cells)
    kind = "float32" if column.kind.name == "float32" else "float64"
    return {"type": kind, "data": _bytes(numbers_of(column, cells, kind))}


def numbers_of(column: Column, cells: Cells, kind: str) -> Any:
    """Numbers as floats, times as milliseconds, NaN for what is missing: an array."""
    np = numpy()
    time = column.kind.group is Group.TIME
    if np is None:
        values = [math.nan if cell == NAT else cell / 1000 for cell in cells] if time else cells
        return array("f" if kind == "float32" else "d", values)
    if time:
        return np.where(cells == NAT, np.nan, cells / 1000)
    return cells.astype(kind, copy=False)


def _text(cells: list[str | None]) -> dict[str, Any]:
    codes: dict[str, int] = {}
    numbers = array("i", [-1 if cell is None else codes.setdefault(cell, len(codes)) for cell in cells])
    return {"type": "text", "data": _bytes(numbers), "values": list(codes)}


def _bytes(cells: Any) -> Any:
    return memoryview(cells).cast("B") if len(cells) else b""
