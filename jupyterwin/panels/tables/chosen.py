"""Chosen: which rows and columns of a table are selected, by their numbers in the object. It knows no order and no page."""

from __future__ import annotations

from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.tables import arrays


class Chosen:
    """Rows, at least one; columns, or None for all of them. Columns count without the index."""

    __slots__ = ("columns", "rows")

    def __init__(self, rows: Any, columns: tuple[int, ...] | None) -> None:
        self.rows = rows
        self.columns = columns

    def within(self, begins: int) -> Any:
        """The rows, counted from that one on."""
        return [row - begins for row in self.rows] if arrays.is_list(self.rows) else self.rows - begins

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chosen) and self.columns == other.columns and arrays.is_same(self.rows, other.rows)

    __hash__ = None  # type: ignore[assignment]  # it holds an array


def chosen_of(detail: Any, now: Chosen | None = None) -> Chosen | None:
    """What ``{"rows": …, "columns": …}`` selects; None for nothing. A part that is not named stays as it is `now`, if the rows do.

    Raises `UsageError`.
    """
    if detail is None:
        return None
    if not isinstance(detail, dict) or not {"rows", "columns"} & detail.keys():
        raise UsageError('select: a table wants {"rows": numbers of rows}, or None')
    try:
        rows = arrays.numbered(now.rows if "rows" not in detail and now else _or_none(detail.get("rows")))
        columns = detail.get("columns")
        if "columns" not in detail and now is not None and arrays.is_same(rows, now.rows):
            columns = now.columns
        columns = None if columns is None else tuple(int(column) for column in columns)
    except (TypeError, ValueError) as error:
        raise UsageError('select: "rows" and "columns" are whole numbers, counted from 0') from error
    return Chosen(rows, columns) if len(rows) else None


def _or_none(rows: Any) -> Any:
    return () if rows is None else rows
