"""Live tables in the grid: a `LiveTable` as a source at the moment a page looks, and its growth as a reason to look again.

A page that follows the end stays there; one that looks at older rows keeps looking at them, until they are forgotten.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from jupyterwin.panels.livetable import LiveTable
from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NONE, Column, Keys, Rows, cell
from jupyterwin.panels.tables.fields import fields_of
from jupyterwin.panels.tables.from_python import keys_of
from jupyterwin.panels.tables.grid import TILE, Table
from jupyterwin.panels.tables.moments import UNITS, moment_text
from jupyterwin.panels.tables.source import Source

_NO_TIME = -(2**63)
_KINDS = {"float": "number", "int": "integer", "uint": "integer", "bool": "truth", "datetime": "date", "string": "text"}


class LiveColumn(Column):
    """A column of the rows that were there at one moment; rows that were forgotten since are missing."""

    def __init__(self, table: LiveTable, name: str, dtype: str, oldest: int, length: int) -> None:
        super().__init__((name,), _KINDS[dtype.rstrip("0123456789")], dtype)
        self._table = table
        self._oldest = oldest
        self._length = length

    def cells(self, rows: Rows) -> list[Any]:
        if isinstance(rows, range) and rows.step == 1:
            return [self._cell(value) for value in self._read(rows.start, len(rows))]
        return [self._cell(self._read(int(row), 1)[0]) for row in rows]

    def keys(self) -> Keys:
        values = self._read(0, self._length)
        missing = arrays.truths(value is None for value in values) if values and values[0] is None else None
        if self.kind in {"integer", "truth"} and missing is None:
            return Keys(self.kind, arrays.from_values(values, whole=True))
        if self.kind == "date":
            gone = [value is None or value == _NO_TIME for value in values]
            numbers = [0 if lost else value for value, lost in zip(values, gone, strict=True)]
            return Keys(
                "date",
                arrays.from_values(numbers, whole=True),
                arrays.truths(gone) if any(gone) else None,
                unit=UNITS["us"],
            )
        return keys_of(values)

    def _read(self, first: int, count: int) -> list[Any]:
        """Values as Python has them."""
        (name,) = self.name
        wanted = self._oldest + first
        rows = self._table.rows_since(wanted, [name], count)
        if rows.fresh:  # some of them are no longer kept
            lost = min(count, rows.oldest - wanted)
            rows = self._table.rows_since(rows.oldest, [name], count - lost)
        cells = rows.columns[name]
        values = list(cells.tolist() if hasattr(cells, "tolist") else cells)
        return [None] * (count - len(values)) + values

    def _cell(self, value: Any) -> Any:
        if self.kind != "date" or value is None:
            return bool(value) if self.kind == "truth" and value is not None else cell(value)
        (name,) = self.name
        zone = "UTC" if self._table.column(name).clock == "utc" else None
        return NONE if value == _NO_TIME else moment_text(value, UNITS["us"], zone)


def source_of(table: LiveTable) -> Source:
    """The rows that are kept now."""
    rows = table.rows_since(-1, [], 0)
    length = rows.total - rows.oldest
    columns: list[Column] = [
        LiveColumn(table, name, dtype, rows.oldest, length) for name, dtype in table.schema.items()
    ]
    return Source(length, columns, "LiveTable", begins=rows.oldest)


class LiveGrid(Table):
    """A `LiveTable`. The page looks again as soon as it has drawn; how often the table grows meanwhile does not matter."""

    def __init__(self, table: LiveTable) -> None:
        super().__init__(table, source_of(table))
        self._follow: Callable[[], None] | None = None
        self._told = threading.Event()
        self._looked_at = 0

    def snapshot(self) -> dict[str, Any]:
        """As of any table, of the rows that are there now."""
        self._told.clear()
        self.refresh()
        return {**super().snapshot(), "live": True, "begins": self._source.begins}

    def _seen_first(self) -> tuple[int, int]:
        """Its end, where a page follows it: rows are there when they are shown."""
        length = self._source.length
        return max(0, length // TILE - 1) * TILE, length

    def refresh(self) -> None:
        """What is told of the columns is told anew when there are twice as many rows."""
        fields, source = self._fields, source_of(self.obj)
        self._take(source)
        if fields is not None and len(fields) == len(source.columns) and source.length < 2 * self._looked_at:
            self._fields = fields
        else:
            self._looked_at = max(1, source.length)
            self._fields = fields_of(source.columns, source.length)

    def begin(self) -> None:
        self._follow = self.obj.follow(self._grown)

    def end(self) -> None:
        if self._follow is not None:
            self._follow()
            self._follow = None

    def _grown(self) -> None:
        """On the thread of whoever appends: once, until a page has looked."""
        if not self._told.is_set():
            self._told.set()
            self.changed()
