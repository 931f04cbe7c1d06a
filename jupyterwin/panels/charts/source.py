"""The table of a chart: a LiveTable as it is, anything else as a copy of the columns that the chart needs.

It knows names and kinds of columns, nothing of pages or drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.charts.fewer import MOST_ROWS, fewer
from jupyterwin.panels.charts.groups import grouped
from jupyterwin.panels.charts.options import Options
from jupyterwin.panels.charts.origin import Origin, Picked, Same
from jupyterwin.panels.charts.parts import Part, part_of, table_of
from jupyterwin.panels.livetable import LiveTable
from jupyterwin.panels.livetable.intake import columns_of, is_column
from jupyterwin.panels.livetable.kinds import Group

NUMBERS = {Group.NUMBER, Group.INTEGER, Group.TRUTH}
Columns = dict[str, Sequence[Any]]


class Source:
    """A table, and which of its columns is x when the chart names none.

    `origin`: what its rows were in what was given; `note`: what was done to them, to be said in the chart.
    """

    def __init__(self, table: LiveTable, index: str | None, origin: Origin | None = None, note: str = "") -> None:
        self.table = table
        self.index = index
        self.origin = origin or Same()
        self.note = note

    def groups(self) -> dict[str, Group]:
        """What the values of each column are."""
        return {name: self.table.column(name).kind.group for name in self.table.schema}


def source_of(given: Any, options: Options) -> Source:
    """The table to draw; of a still one the columns that the chart needs, in groups if it is told so, and not more rows than it holds."""
    if isinstance(given, LiveTable):
        if options.agg is not None:
            raise UsageError(f"bar: agg={options.agg!r} is for tables that stand still; append sums to the LiveTable")
        return Source(given, None)
    columns, index = _columns(given)
    missing = next((name for name in options.columns if name not in columns), None)
    if missing is not None:
        raise UsageError(f"no column {missing!r}; the table has {', '.join(map(repr, columns))}")
    x = options.x or index
    parts = _still(columns, {name for name in (*options.columns, index) if name is not None}, all_=not options.y)
    if options.agg is not None:
        y = options.y or (() if options.agg == "count" else _numbers(parts, {x, options.by}))
        made, origin = grouped(parts, x, y, options.by, options.agg)
        return Source(table_of(made), index, origin)
    if len(next(iter(parts.values())).cells) <= MOST_ROWS:
        return Source(table_of(parts), index)
    rows, note = fewer(parts, options.mark, x, options.by)
    some = {name: part.at(rows) for name, part in parts.items()}
    if x is None:  # the numbers of rows are x
        index = next(name for name in ("row", "row number", "number of the row") if name not in some)
        some = {index: part_of(index, rows), **some}
    return Source(table_of(some), index, Picked(rows), note)


def _numbers(parts: Mapping[str, Part], but: set[str | None]) -> tuple[str, ...]:
    return tuple(name for name, part in parts.items() if part.column.kind.group in NUMBERS and name not in but)


def _still(columns: Columns, wanted: set[str], *, all_: bool) -> dict[str, Part]:
    """The columns that are wanted, and all others of a kind that can be drawn if `all_` are."""
    parts: dict[str, Part] = {}
    columns_of(columns, ())  # of one length
    for name, values in columns.items():
        try:
            if all_ or name in wanted:
                parts[name] = part_of(name, values)
        except UsageError:
            if name in wanted:
                raise
    if not parts:
        raise UsageError("a chart needs a column of numbers, times or text; this table has none")
    return parts


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
