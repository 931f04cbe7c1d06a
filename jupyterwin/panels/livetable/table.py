"""LiveTable: a table that grows by its end and keeps its newest rows. It knows no panel, chart or page: followers do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.livetable import export
from jupyterwin.panels.livetable.cells import Cells, Ring
from jupyterwin.panels.livetable.convert import Column, inferred
from jupyterwin.panels.livetable.intake import columns_of
from jupyterwin.panels.livetable.kinds import declared


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows first … first + count - 1 of those ever appended, by columns.

    `total`: how many there were by then; `oldest`: the first of them that is kept. `fresh`: what was asked for is no longer
    all there; these begin at the oldest.
    """

    first: int
    count: int
    total: int
    oldest: int
    fresh: bool
    columns: dict[str, Cells]


class LiveTable:
    """A table of named, typed columns to which rows are appended; the newest `keep` rows stay, older ones are forgotten.

    ``LiveTable({"t": datetime, "bid": float, "ask": float}, keep=100_000)``. A type is float, int, bool, str, datetime, or the
    name or dtype of one (``"float32"``). Without a schema the first append tells it. float, datetime and str may be missing
    (None); int and bool may not. Times have a zone or they do not, the whole column alike; without one they are shown as written.

    Every method may be called from any thread, and none waits for a window: charts and tables that show it fetch what is
    new when their page is ready for it, so rows come in order and none is lost on the way while it is kept; a page that
    fell further behind begins anew with the rows that are kept. An append is all or nothing.
    """

    def __init__(self, schema: Mapping[str, Any] | None = None, *, keep: int = 100_000) -> None:
        if not isinstance(keep, int) or isinstance(keep, bool) or keep < 1:
            raise UsageError(f"keep={keep!r}: how many rows stay is an int from 1 on")
        self._keep = keep
        self._lock = threading.Lock()
        self._columns: dict[str, Column] = {}
        self._rings: dict[str, Ring] = {}
        self._base = 0
        """The number of the first row after the last clear(): rings count from there."""
        self._total = 0
        self._followers: dict[object, Callable[[], None]] = {}
        if schema is not None:
            self._begin({name: Column(name, declared(name, kind)) for name, kind in _pairs(schema)})

    def append(self, rows: Any = None, /, **values: Any) -> None:
        """Append a row, rows, columns or a table.

        A row is a dict, or ``append(bid=1.0, ask=1.1)``; rows are a list of dicts or tuples; columns a dict of sequences or arrays
        of one length; a table is one of pyarrow, pandas, polars or whatever speaks Arrow's C stream. A dict as a row may leave out
        names: those values are missing.

        Values are copied. Raises `UsageError`, which names the column, the row and the cure; nothing is appended then.
        """
        if (rows is None) == (not values):
            raise UsageError("append: give one of rows, columns, a table, or the values of one row by name")
        given = values if rows is None else rows
        with self._lock:
            columns = self._columns
        parts = columns_of(given, tuple(columns))
        if not columns and parts:
            columns = {name: Column(name, inferred(name, part)) for name, part in parts.items()}
        count = len(next(iter(parts.values()), ()))
        # Bounded like the table: of more than it keeps, only the end is looked at.
        skip = max(0, count - self._keep)
        ready = {name: columns[name].cells(part[skip:] if skip else part) for name, part in parts.items()}
        with self._lock:
            self._begin(columns)
            for name, (_, clock) in ready.items():
                self._columns[name].settle(clock)
            self._total += skip
            for name, (cells, _) in ready.items():
                self._rings[name].write(self._total - self._base, cells)
            self._total += count - skip
            followers = list(self._followers.values()) if count else []
        for tell in followers:
            tell()

    def clear(self) -> None:
        """Forget all rows; the columns, and `total`, stay."""
        with self._lock:
            self._base = self._total
            self._rings = {name: Ring(column.kind, self._keep) for name, column in self._columns.items()}
            followers = list(self._followers.values())
        for tell in followers:
            tell()

    def __len__(self) -> int:
        """How many rows are kept."""
        with self._lock:
            return self._total - self._first

    @property
    def total(self) -> int:
        """How many rows were ever appended."""
        return self._total

    @property
    def keep(self) -> int:
        """How many rows stay at most."""
        return self._keep

    @property
    def schema(self) -> dict[str, str]:
        """The names of the columns and of their types, in order; empty before the first append of a table without one."""
        with self._lock:
            return {name: column.kind.name for name, column in self._columns.items()}

    def rows_since(self, number: int, columns: Iterable[str] | None = None, limit: int | None = None) -> Rows:
        """Rows from the row of that number on (rows are counted from 0 since the table was made), as copies.

        `columns`: only those; `limit`: that many at most. Rows that are no longer kept are left out, see `Rows.fresh`.
        """
        with self._lock:
            names = tuple(self._columns) if columns is None else tuple(columns)
            for name in names:
                self._known(name)
            fresh = not self._first <= number <= self._total
            first = self._first if fresh else number
            last = self._total if limit is None else min(self._total, first + limit)
            found = {name: self._rings[name].read(first - self._base, last - self._base) for name in names}
            return Rows(first, last - first, self._total, self._first, fresh, found)

    def __getitem__(self, name: str) -> Cells:
        """A copy of one column: numpy's array (times as datetime64), or an array or list where there is none."""
        rows = self.rows_since(-1, [name])
        return export.values(self._columns[name], rows.columns[name])

    def column(self, name: str) -> Column:
        """What is known of a column."""
        with self._lock:
            return self._known(name)

    def to_pandas(self) -> Any:
        """The kept rows as a `pandas.DataFrame`, indexed by their number."""
        rows = self.rows_since(-1)
        return export.to_pandas(self._columns, rows.columns, rows.first)

    def to_arrow(self) -> Any:
        """The kept rows as a `pyarrow.Table`."""
        return export.to_arrow(self._columns, self.rows_since(-1).columns)

    def follow(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Have `tell()` called after each change, on the thread that made it: it must be quick. Returns the disposer."""
        key = object()
        with self._lock:
            self._followers[key] = tell

        def dispose() -> None:
            with self._lock:
                self._followers.pop(key, None)

        return dispose

    def __repr__(self) -> str:
        columns = ", ".join(f"{name}: {kind}" for name, kind in self.schema.items()) or "no columns yet"
        return f"<LiveTable of {len(self):,} rows ({self._total:,} in all, {self._keep:,} kept): {columns}>"

    @property
    def _first(self) -> int:
        """The number of the oldest row that is kept. Under the lock."""
        return max(self._base, self._total - self._keep)

    def _known(self, name: str) -> Column:
        if name not in self._columns:
            have = ", ".join(map(repr, self._columns)) or "none yet"
            raise UsageError(f"no column {name!r}; the table has {have}")
        return self._columns[name]

    def _begin(self, columns: dict[str, Column]) -> None:
        """Take these columns, unless there are some; of two first appends at once, the second must fit the first."""
        if self._columns:
            if self._columns is not columns and {n: c.kind for n, c in self._columns.items()} != {
                n: c.kind for n, c in columns.items()
            }:
                raise UsageError("append: another thread's first append made other columns; give the table a schema")
            return
        self._columns = columns
        self._rings = {name: Ring(column.kind, self._keep) for name, column in columns.items()}


def _pairs(schema: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(schema, Mapping) or not all(isinstance(name, str) for name in schema):
        raise UsageError(f"schema={schema!r}: give names and types, as {{'bid': float, 't': datetime}}")
    if not schema:
        raise UsageError("schema={}: give at least one column, or no schema: the first append tells it")
    return schema.items()
