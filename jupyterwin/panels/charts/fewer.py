"""Fewer: which rows a chart holds of a table that has more than a page can: those that look the same. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from jupyterwin.panels.charts.parts import Part
from jupyterwin.panels.livetable.cells import numpy
from jupyterwin.panels.livetable.kinds import Group

MOST_ROWS = 1_000_000
"""What a page holds of one chart (rows.ts): of a live table the newest of them."""


def fewer(parts: Mapping[str, Part], mark: str, x: str | None, by: str | None) -> tuple[Any, str]:
    """The numbers of rows to draw, ascending, and a note of what was done."""
    count = len(next(iter(parts.values())).cells)
    if x is not None and parts[x].column.kind.group is Group.TEXT and mark == "bar":
        keys: list[Any] = [parts[x].cells] if by is None else [parts[x].cells, parts[by].cells]
        last = {key: row for row, key in enumerate(zip(*keys, strict=True))}
        return _array(sorted(last.values())[-MOST_ROWS:]), f"the newest of each, of {count:,} rows"
    np = numpy()
    if np is None or mark == "scatter":
        return _at_random(count), f"{MOST_ROWS:,} of {count:,} rows, picked at random"
    columns = [part.cells for name, part in parts.items() if name not in {x, by} and part.column.kind.group in _NUMBERS]
    order = _order(np, None if x is None else parts[x].cells, None if by is None else parts[by].cells)
    return _outline(np, columns, order, count), f"the lowest and highest of {count:,} rows"


_NUMBERS = {Group.NUMBER, Group.INTEGER, Group.TRUTH}


def _at_random(count: int) -> Any:
    """The same ones each time."""
    np = numpy()
    if np is None:
        return sorted(random.Random(0).sample(range(count), MOST_ROWS))  # noqa: S311 -- of points, not of secrets
    return np.sort(np.random.default_rng(0).choice(count, MOST_ROWS, replace=False, shuffle=False))


def _order(np: Any, x: Any, by: Sequence[Any] | None) -> Any:
    """The rows in the order of x, of each series by itself; None for as they are."""
    if by is not None:
        codes: dict[Any, int] = {}
        series = np.array([codes.setdefault(cell, len(codes)) for cell in by])
        return np.argsort(series, kind="stable") if x is None else np.lexsort((x, series))
    return None if x is None or bool((x[1:] >= x[:-1]).all()) else np.argsort(x, kind="stable")


def _outline(np: Any, columns: Sequence[Any], order: Any, count: int) -> Any:
    """The first, the last, and of each column the lowest and highest row of equal stretches."""
    stretches = MOST_ROWS // (2 + 2 * max(1, len(columns)))
    length = -(-count // stretches)
    whole = count // length * length
    starts = np.arange(0, whole, length)
    chosen = [starts, starts + length - 1, np.arange(whole, count)]
    for cells in columns:
        values = cells.astype("float64") if order is None else cells[order].astype("float64")
        table = values[:whole].reshape(-1, length)
        missing = np.isnan(table)
        chosen.append(starts + np.where(missing, np.inf, table).argmin(axis=1))
        chosen.append(starts + np.where(missing, -np.inf, table).argmax(axis=1))
    places = np.unique(np.concatenate(chosen))
    return places if order is None else np.sort(order[places])


def _array(rows: list[int]) -> Any:
    np = numpy()
    return rows if np is None else np.array(rows, dtype="int64")
