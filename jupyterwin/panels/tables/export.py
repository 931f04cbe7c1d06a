"""Export: rows of a table as the text that spreadsheets take: TSV to copy, CSV to keep. It asks no page and writes no file.

Values are written in full, however they are shown; what is missing is left empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import Column, Missing

PIECE = 5_000
"""Rows that are written at a time."""


def written(columns: Sequence[Column], rows: Sequence[int], dialect: str, *, header: bool) -> Iterator[str]:
    """The text of these rows and columns, in pieces. `dialect`: ``excel`` for CSV, ``excel-tab`` for TSV."""
    if header:
        yield _lines([[" ".join(filter(None, column.name)) for column in columns]], dialect)
    for start in range(0, len(rows), PIECE):
        some = rows[start : start + PIECE]
        some = some if isinstance(some, range) else arrays.listed(some)
        yield _lines(zip(*(map(_plain, column.cells(some)) for column in columns), strict=True), dialect)


def _plain(cell: Any) -> Any:
    return "" if isinstance(cell, Missing) else cell


def _lines(rows: Any, dialect: str) -> str:
    sink = io.StringIO()
    csv.writer(sink, dialect, lineterminator="\n").writerows(rows)
    return sink.getvalue()
