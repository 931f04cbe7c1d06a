"""The table of a chart: a LiveTable as it is, anything else as a copy of the columns that the chart needs.

It knows names and kinds of columns, nothing of pages or drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.livetable import LiveTable
from jupyterwin.panels.livetable.intake import is_column
from jupyterwin.panels.livetable.kinds import Group

NUMBERS = {Group.NUMBER, Group.INTEGER, Group.TRUTH}
MOST_ROWS = 1_000_000
"""What a page holds of one chart (rows.ts): of a live table the newest of them."""
Columns = dict[str, Sequence[Any]]


class Source:
    """A table, and which of its columns is x when the chart names none."""

    def __init__(self, table: LiveTable, index: str | None, *, live: bool) -> None:
        self.table = table
        self.index = index
        self.live = live

    def original(self, rows: Any) -> Any:
        """Numbers of rows of `table` → of what was given."""
        return rows

    def kept(self, rows: Any) -> Any:
        """Numbers of rows of what was given → of `table`, those that it has."""
        return rows

    def groups(self) -> dict[str, Group]:
        """What the values of each column are."""
        return {name: self.table.column(name).kind.group for name in self.table.schema}


def source_of(given: Any, wanted: Sequence[str]) -> Source:
    """The table to draw. `wanted`: the columns that the chart names; of a still table others are left out when it names y."""
    if isinstance(given, LiveTable):
        return Source(given, None, live=True)
    columns, index = _columns(given)
    missing = next((name for name in wanted if name not in columns), None)
    if missing is not None:
        raise UsageError(f"no column {missing!r}; the table has {', '.join(map(repr, columns))}")
    return Source(_still(columns, {*wanted, index}), index, live=False)


def _still(columns: Columns, wanted: set[str | None]) -> LiveTable:
    count = max((len(values) for values in columns.values()), default=0)
    if count > MOST_ROWS:
        raise UsageError(
            f"{count:,} rows; a chart holds {MOST_ROWS:,}: give fewer (table[::{-(-count // MOST_ROWS)}], means of groups)"
        )
    kept: Columns = {}
    for name, values in columns.items():
        try:
            table = LiveTable(keep=max(1, count))
            table.append({name: values})
            kept[name] = values
        except UsageError:
            if name in wanted:
                raise
    if not kept:
        raise UsageError("a chart needs a column of numbers, times or text; this table has none")
    table = LiveTable(keep=max(1, count))
    table.append(kept)
    return table


def _columns(given: Any) -> tuple[Columns, str | None]:
    """The columns by name, and the one that is an index."""
    kind = type(given)
    library = kind.__module__.partition(".")[0]
    if library == "pandas":
        return _of_pandas(given)
    if isinstance(given, Mapping):
        lone = next(
            (name for name, values in given.items() if not isinstance(name, str) or not is_column(values)), None
        )
        if lone is not None:
            raise UsageError(f"{lone!r}: a chart of a dict wants columns: {{name: values}} with names that are str")
        return dict(given), None
    if kind.__name__ == "DataFrame" and library == "polars":
        return {name: given[name] for name in given.columns}, None
    if hasattr(kind, "__arrow_c_stream__") and (hasattr(given, "schema") or hasattr(given, "columns")):
        import pyarrow as pa

        table = given if isinstance(given, pa.Table) else pa.table(given)
        return {name: table.column(name) for name in table.column_names}, None
    if is_column(given) and getattr(given, "ndim", 1) == 1:
        return {getattr(given, "name", None) or "value": given}, None
    raise UsageError(
        f"a {kind.__name__} is no table; give a LiveTable, a table of pandas, polars or pyarrow, {{name: values}}, or values"
    )


def _of_pandas(given: Any) -> tuple[Columns, str | None]:
    if given.ndim == 1:
        given = given.to_frame(given.name or "value")
    columns: Columns = {}
    for at, name in enumerate(given.columns):
        columns.setdefault(str(name), given.iloc[:, at])
    index = given.index
    told = index.name is not None or hasattr(index, "tz")  # a plain count of rows says nothing
    if index.nlevels > 1 or not told:
        return columns, None
    name = str(index.name or "index")
    if name in columns:
        return columns, None
    return {name: index.to_series(), **columns}, name
