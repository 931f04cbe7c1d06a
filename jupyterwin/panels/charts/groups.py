"""Groups: the rows of a still table by x, and by the column that makes series, as sums, means or counts. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.charts.origin import Grouped
from jupyterwin.panels.charts.parts import Part, part_of
from jupyterwin.panels.livetable.cells import NAT, numpy
from jupyterwin.panels.livetable.kinds import Group

HOW = ("sum", "mean", "count")


def grouped(
    parts: Mapping[str, Part], x: str | None, y: Sequence[str], by: str | None, how: str
) -> tuple[dict[str, Part], Grouped]:
    """A row for each group, in the order of x where it is no text: x, `by`, and of each y what `how` says of its values that are
    not missing. Without y a count is of rows, in a column ``count``. Raises `UsageError`.
    """
    if x is None:
        raise UsageError(f"bar: agg={how!r} groups the rows by x: name a column, x=…")
    keys = [_keys(parts[name]) for name in (x, by) if name is not None]
    places: dict[Any, int] = {}
    whole = list(zip(*keys, strict=True))
    first = sorted({key: row for row, key in reversed(list(enumerate(whole))) if None not in key}.items(), key=_by_x)
    for key, _ in first:
        places[key] = len(places)
    groups = [places.get(key, -1) for key in whole]
    rows = [row for _, row in first]
    made = {name: parts[name].at(rows) for name in (x, by) if name is not None}
    for name in y:
        made[name] = part_of(name, _folded(_values(parts[name]), groups, len(rows), how))
    if not y:
        counts = _folded([0.0] * len(groups), groups, len(rows), "count")
        made["count"] = part_of("count", counts)
    return made, Grouped(_array(groups))


def _by_x(entry: tuple[tuple[Any, ...], int]) -> Any:
    """Texts stand in the order of their first rows."""
    (x, *_), row = entry
    return (0, row) if isinstance(x, str) else (x, row)


def _keys(part: Part) -> list[Any]:
    """What each row is grouped by; None where it is missing."""
    cells = part.cells if isinstance(part.cells, list) else part.cells.tolist()
    missing = {Group.TIME: lambda cell: cell == NAT, Group.NUMBER: math.isnan}.get(part.column.kind.group)
    return cells if missing is None else [None if missing(cell) else cell for cell in cells]


def _values(part: Part) -> list[float]:
    """Numbers, NaN where there is none; of a text or a time only whether it is there."""
    if part.column.kind.group in {Group.TEXT, Group.TIME}:
        return [math.nan if key is None else 0.0 for key in _keys(part)]
    return list(part.cells if isinstance(part.cells, list) else part.cells.tolist())


def _folded(values: Sequence[float], groups: Sequence[int], count: int, how: str) -> Any:
    sums, counts = [0.0] * count, [0] * count
    for value, group in zip(values, groups, strict=True):
        if group >= 0 and value == value:  # noqa: PLR0124 -- not NaN
            sums[group] += value
            counts[group] += 1
    if how == "count":
        return counts
    sizes = counts if how == "mean" else [min(1, size) for size in counts]
    return [total / size if size else math.nan for total, size in zip(sums, sizes, strict=True)]


def _array(groups: list[int]) -> Any:
    np = numpy()
    return groups if np is None else np.array(groups, dtype="int64")
