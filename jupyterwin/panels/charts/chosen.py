"""Chosen: what is selected in a chart, and Reader: from what a page or a person's program says of it, and back.

A page says numbers (times as milliseconds) and names, a program datetimes, names and numbers of rows. Nothing is drawn here.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.charts.source import Source
from jupyterwin.panels.charts.wire import numbers_of
from jupyterwin.panels.livetable.cells import numpy
from jupyterwin.panels.tables import arrays

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A range of x as the page counts it, or names, or rows."""

    x: tuple[float, float] | None = None
    names: tuple[str, ...] = ()
    rows: Any = ()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Chosen)
            and (self.x, self.names) == (other.x, other.names)
            and arrays.is_same(self.rows, other.rows)
        )

    __hash__ = None  # type: ignore[assignment]  # it holds an array

    def plain(self) -> dict[str, Any]:
        """For the page; rows as int32."""
        rows = array("i", arrays.listed(self.rows))
        return {"x": self.x, "names": list(self.names), "rows": memoryview(rows).cast("B") if rows else b""}


class Reader:
    """Selections of one chart. `x`: that part of its specification."""

    def __init__(self, source: Source, x: Mapping[str, Any]) -> None:
        self._source = source
        self._kind: str = x["kind"]
        self._name: str | None = x["name"]

    def drawn(self, detail: Any) -> Chosen | None:
        """What a person has drawn: ``{"x": [low, high], "names": […]}``, or None. Raises `UsageError`."""
        if detail is None:
            return None
        if self._kind == "category":
            return Chosen(names=tuple(str(name) for name in detail["names"]))
        return Chosen(x=_range(*detail["x"]))

    def read(self, detail: Any) -> Chosen | None:
        """What `told` says, or a part of it. Raises `UsageError`."""
        if detail is None:
            return None
        given = detail if isinstance(detail, Mapping) else {}
        x, rows = given.get("x"), given.get("rows")
        if "x" not in given and "rows" not in given:
            raise UsageError(
                'select: a chart wants {"x": (low, high)}, or names, or {"rows": numbers of rows}, or None'
            )
        try:
            if x is not None:
                return self._read_x(x)
            numbers = self._source.origin.drawn(arrays.numbered(() if rows is None else rows))
        except (TypeError, ValueError) as error:
            raise UsageError(f"select: {detail!r}: x is (low, high), or names; rows are numbers of rows") from error
        if self._kind == "category":
            return self._read_x(self._names_of(numbers))
        return Chosen(rows=numbers) if len(numbers) else None

    def _read_x(self, x: Any) -> Chosen | None:
        if self._kind == "category":
            names = (x,) if isinstance(x, str) else tuple(str(name) for name in x)
            return Chosen(names=names) if names else None
        low, high = x
        return Chosen(x=_range(self._place(low), self._place(high)))

    def _names_of(self, rows: Any) -> list[str]:
        """What x is at these rows, each once."""
        found = self._source.table.rows_since(-1, [str(self._name)])
        cells = found.columns[str(self._name)]
        there = (cells[row - found.first] for row in arrays.listed(rows) if found.first <= row < found.total)
        return list(dict.fromkeys(name for name in there if name is not None))

    def _place(self, value: Any) -> float:
        if not isinstance(value, datetime):
            return float(value)
        aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return (aware - _EPOCH) / timedelta(milliseconds=1)

    def told(self, chosen: Chosen) -> dict[str, Any]:
        """What listeners of ``select`` get: ``{"x": (low, high), or names, "rows": numbers of rows in the table}``."""
        if chosen.x is None:
            return {"x": list(chosen.names), "rows": self._where(chosen)}
        low, high = chosen.x
        ends = (self._when(low), self._when(high)) if self._kind == "time" else (low, high)
        return {"x": ends, "rows": self._where(chosen)}

    def _when(self, milliseconds: float) -> datetime:
        when = _EPOCH + timedelta(milliseconds=milliseconds)
        aware = self._source.table.column(self._name or "").clock == "utc"
        return when if aware else when.replace(tzinfo=None)

    def _where(self, chosen: Chosen) -> Any:
        """The numbers of the rows that are selected: an array, or a list."""
        table = self._source.table
        found = table.rows_since(-1, [] if self._name is None else [self._name])
        if self._name is None:
            low, high = chosen.x or (0, -1)
            picked = range(max(found.first, math.ceil(low)), min(found.total, math.floor(high) + 1))
            return self._source.origin.original(arrays.joined([picked], 0))
        cells = found.columns[self._name]
        if self._kind == "category":
            names = set(chosen.names)
            places = [place for place, cell in enumerate(cells) if cell in names]
        else:
            places = _between(numbers_of(table.column(self._name), cells, "float64"), chosen.x or (0, -1))
        return self._source.origin.original(arrays.joined([places], found.first))


def is_part(detail: Any, told: Mapping[str, Any] | None) -> bool:
    """Whether all that a detail says was told."""
    if told is None or not isinstance(detail, Mapping):
        return False
    same = {"x": lambda a, b: a is b or list(a) == list(b), "rows": arrays.is_same}
    return all(detail[key] is not None and same[key](detail[key], told[key]) for key in detail.keys() & same.keys())


def _between(values: Any, ends: tuple[float, float]) -> Any:
    low, high = ends
    np = numpy()
    if np is None:
        return [place for place, value in enumerate(values) if low <= value <= high]
    return np.flatnonzero((values >= low) & (values <= high))


def _range(low: Any, high: Any) -> tuple[float, float]:
    low, high = float(low), float(high)
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        raise UsageError("select: the range ends before it begins")
    return low, high
