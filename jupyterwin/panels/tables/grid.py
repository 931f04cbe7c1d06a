"""Table: a table of any library as a page draws it: its fields at once, its rows when they are looked at. It knows no window."""

from __future__ import annotations

from typing import Any, ClassVar

from jupyterwin.errors import UsageError
from jupyterwin.panels.content import Content
from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.chosen import Chosen, chosen_of
from jupyterwin.panels.tables.column import Column, Missing
from jupyterwin.panels.tables.export import written
from jupyterwin.panels.tables.fields import fields_of
from jupyterwin.panels.tables.orders import Orders
from jupyterwin.panels.tables.query import Query, WrongCondition, read_query
from jupyterwin.panels.tables.source import Source, source_of

_MOST_CELLS = 50_000
"""Cells that a page may ask for at a time: more than any screen shows."""
_MOST_COPIED = 1_000_000
_LONGEST = 300
"""Characters of a text that a cell shows; the whole is asked for by itself."""
TILE = 64
"""Rows that a page keeps together (js: blocks.ts)."""
_FIRST_COLUMNS = 24
"""What a page is given with the fields, so that its first picture has rows."""


class Table(Content):
    """A table. `obj` is read again by `refresh()`."""

    kind: ClassVar[str] = "table"
    asks: ClassVar[frozenset[str]] = frozenset({"arrange", "rows", "cell", "text", "csv", "chosen"})
    selectable: ClassVar[bool] = True

    def __init__(self, obj: Any, source: Source) -> None:
        super().__init__(obj)
        self._view: Any = None
        self._chosen: Chosen | None = None
        self._take(source)

    def _take(self, source: Source) -> None:
        self._source = source
        self._orders = Orders(source)
        self._fields: list[dict[str, Any]] | None = None

    def snapshot(self) -> dict[str, Any]:
        """The fields and the first rows; not the table."""
        source = self._source
        if self._fields is None:
            self._fields = fields_of(source.columns, source.length)
        columns = range(min(len(source.columns), _FIRST_COLUMNS))
        return {
            "rows": source.length,
            "what": source.what,
            "note": source.note,
            "fields": self._fields,
            "first": self._block(range(source.length), *self._seen_first(), columns),
            "view": self._view,
            "chosen": self._chosen is not None,
            "save": any(place.window.permitted.any_for("downloads") for place in self.places),
        }

    def _seen_first(self) -> tuple[int, int]:
        """The rows that a page shows first, from … to before …; begins with a tile."""
        return 0, TILE

    def refresh(self) -> None:
        """Read the object again, after it was changed in place."""
        if (source := source_of(self.obj)) is not None:
            self._take(source)

    @property
    def title(self) -> str:
        return f"{self._source.what} — {self._source.length:,} rows"

    def heard(self, event: str, detail: Any) -> Any:
        """What listeners of ``select`` and ``click`` get; how a page left its view is given to the one that comes after it.

        ``select``: ``{"rows": numbers in the object (numpy's, or a list), "columns": [numbers]}``. ``click`` (a double click, or Enter):
        ``{"row": number, "column": number, "value": the cell}``. Columns count without the index.
        """
        if event == "view":
            self._view = detail
            return None
        if event == "select":
            told = self._selected(detail)
            self._chosen = chosen_of(told)
            return told
        return self._clicked(detail) if event == "click" else detail

    def choose(self, detail: Any) -> bool:
        """Select rows: ``{"rows": numbers, "columns": numbers, or None or nothing for all}``."""
        chosen = chosen_of(detail, self._chosen)
        if chosen == self._chosen:
            return False
        self._chosen = chosen
        return True

    def follow_on(self, old: Content) -> None:
        """Another table: the rows and columns of the same numbers are selected, and seen in the same order if they are alike."""
        if isinstance(old, Table):
            left = old.left
            self._chosen = left[0]
            if left[1] == self.left[1]:
                self._view = left[2]

    @property
    def left(self) -> tuple[Chosen | None, list[tuple[str, ...]], Any]:
        """How the person left it: what is selected, and of columns of these names the view."""
        return self._chosen, [column.name for column in self._source.columns], self._view

    # -------------------------------------------------- what a page asks

    def chosen(self, query: Any) -> dict[str, Any] | None:
        """What is selected, in the order of a query: ``{"spans": int32, "columns": numbers, or None for all}``, or None."""
        chosen, source = self._chosen, self._source
        if chosen is None:
            return None
        order = self._orders.rows(self._query(query))
        spans = arrays.spans_of(arrays.places_of(chosen.within(source.begins), order, source.length))
        indexes = self._indexes()
        columns = None if chosen.columns is None else [column + indexes for column in chosen.columns]
        return {"spans": memoryview(spans).cast("B") if spans else b"", "columns": columns}

    def arrange(self, viewer: str, query: Any) -> dict[str, Any]:
        """Bring the rows into an order and tell how many there are; a condition that means nothing comes back as ``wrong``."""
        try:
            return {"rows": len(self._orders.rows(self._query(query), str(viewer)))}
        except WrongCondition as problem:
            return {"wrong": str(problem), "column": problem.column}

    def rows(self, query: Any, start: int, stop: int, columns: list[int]) -> dict[str, Any]:
        """Some rows of some columns, in the order of a query."""
        self._check(start, stop, columns, _MOST_CELLS)
        return self._block(self._orders.rows(self._query(query)), start, stop, columns)

    def cell(self, query: Any, row: int, column: int) -> str:
        """The whole text of one cell."""
        self._check(row, row + 1, [column], 1)
        rows = arrays.listed(self._orders.rows(self._query(query))[row : row + 1])
        return str(self._source.columns[column].cells(rows)[0])

    def text(self, query: Any, start: int, stop: int, columns: list[int], header: bool = False) -> str:  # noqa: FBT001, FBT002
        """Rows and columns as tab-separated values, to be copied."""
        self._check(start, stop, columns, _MOST_COPIED)
        rows = self._orders.rows(self._query(query))[start:stop]
        return "".join(written(self._columns(columns), rows, "excel-tab", header=header))

    def csv(self, query: Any, start: int) -> dict[str, Any]:
        """A piece of the rows in this order as CSV, from a row on: ``{"text": str, "next": the row after it, or None}``."""
        self._check(start, start, [], 1)
        columns = self._source.columns
        count = max(1, _MOST_CELLS * 4 // max(1, len(columns)))
        rows = self._orders.rows(self._query(query))
        text = "".join(written(columns, rows[start : start + count], "excel", header=start == 0))
        return {"text": text, "next": start + count if start + count < len(rows) else None}

    # --------------------------------------------------

    def _selected(self, detail: Any) -> dict[str, Any]:
        """Spans of the rows as they are shown → their numbers in the object."""
        rows = self._orders.rows(self._query(detail.get("query")))
        spans = [(start, stop) for start, stop in detail["spans"]]
        for start, stop in spans:
            self._check(start, stop, [], 1)
        if sum(stop - start for start, stop in spans) > self._source.length:
            raise UsageError("spans: each row at most once")
        return {"rows": arrays.joined([rows[start:stop] for start, stop in spans], self._source.begins)} | {
            "columns": self._numbered(detail["columns"])
        }

    def _clicked(self, detail: Any) -> dict[str, Any]:
        row, column = detail["row"], detail["column"]
        self._check(row, row + 1, [column], 1)
        rows = arrays.listed(self._orders.rows(self._query(detail.get("query")))[row : row + 1])
        value = self._source.columns[column].cells(rows)[0]
        return {
            "row": rows[0] + self._source.begins,
            "column": self._numbered([column])[0],
            "value": None if isinstance(value, Missing) else value,
        }

    def _numbered(self, columns: list[int]) -> list[int]:
        """Columns as the object counts them; those of an index below zero."""
        indexes = self._indexes()
        return [column - indexes for column in columns]

    def _indexes(self) -> int:
        return sum(column.index for column in self._source.columns)

    def _query(self, given: Any) -> Query:
        return read_query(given, len(self._source.columns))

    def _columns(self, numbers: list[int]) -> list[Column]:
        return [self._source.columns[number] for number in numbers]

    def _check(self, start: Any, stop: Any, columns: Any, most: int) -> None:
        counts = [start, stop, *columns]
        if any(isinstance(count, bool) or not isinstance(count, int) or count < 0 for count in counts) or stop < start:
            raise UsageError("rows and columns: whole numbers, from 0 on, are needed")
        if any(column >= len(self._source.columns) for column in columns):
            raise UsageError(f"columns: this table has {len(self._source.columns):,}")
        if (stop - start) * len(columns) > most:
            raise UsageError(f"{(stop - start) * len(columns):,} cells: at most {most:,} at a time")

    def _block(self, rows: Any, start: int, stop: int, columns: Any) -> dict[str, Any]:
        some = rows[start:stop]
        numbers = some if isinstance(some, range) else arrays.listed(some)
        return {
            "start": start,
            "numbers": [self._source.begins + number for number in numbers],
            "columns": {str(number): _shown(self._source.columns[number].cells(numbers)) for number in columns},
        }


def _shown(cells: list[Any]) -> dict[str, Any]:
    """Cells as they cross: values, and what is missing by its place."""
    values = [_cut(cell) for cell in cells]
    missing = {str(place): str(cell) for place, cell in enumerate(cells) if isinstance(cell, Missing)}
    return {"v": values, "m": missing} if missing else {"v": values}


def _cut(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    if isinstance(cell, Missing):
        return None
    return cell if len(cell) <= _LONGEST else cell[:_LONGEST] + "…"
