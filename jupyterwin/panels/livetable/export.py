"""Cells of a LiveTable → what other libraries hold: arrays, pandas, Arrow. It knows columns, and nothing of rings or locks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jupyterwin.panels.livetable.cells import NAT, Cells, numpy
from jupyterwin.panels.livetable.convert import Column
from jupyterwin.panels.livetable.kinds import Group


def values(column: Column, cells: Cells) -> Any:
    """One column as its user knows it; without numpy times are microseconds since 1970."""
    if numpy() is None or column.kind.group is Group.TEXT:
        return cells
    return cells.view("datetime64[us]") if column.kind.group is Group.TIME else cells


def to_pandas(columns: Mapping[str, Column], cells: Mapping[str, Cells], first: int) -> Any:
    """A DataFrame whose index counts from `first`."""
    import pandas as pd

    found = {}
    for name, column in columns.items():
        series = pd.Series(values(column, cells[name]), dtype="object" if column.kind.group is Group.TEXT else None)
        found[name] = series.dt.tz_localize("UTC") if column.clock == "utc" else series
    frame = pd.DataFrame(found)
    frame.index = pd.RangeIndex(first, first + len(frame))
    return frame


def to_arrow(columns: Mapping[str, Column], cells: Mapping[str, Cells]) -> Any:
    """A pyarrow Table."""
    import pyarrow as pa

    return pa.table({name: _arrow(pa, column, cells[name]) for name, column in columns.items()})


def _arrow(pa: Any, column: Column, cells: Cells) -> Any:
    if column.kind.group is Group.TEXT:
        return pa.array(cells, pa.string())
    if column.kind.group is Group.TRUTH:
        return pa.array(list(map(bool, cells)), pa.bool_())
    if column.kind.group is Group.TIME:
        times = [None if cell == NAT else int(cell) for cell in cells] if numpy() is None else values(column, cells)
        return pa.array(times, pa.timestamp("us", "UTC" if column.clock == "utc" else None))
    return pa.array(cells)
