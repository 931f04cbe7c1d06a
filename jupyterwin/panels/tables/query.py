"""Query: how a page wants to see a table, and the rows of the source in that order. It draws nothing and keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jupyterwin.errors import Cancelled, UsageError
from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.conditions import Condition, found_anywhere
from jupyterwin.panels.tables.ordering import order
from jupyterwin.panels.tables.source import Source


class WrongCondition(UsageError):  # noqa: N818 -- named as the tree's are
    """A condition means nothing."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Query:
    """Columns by which to sort, the first one first, each with whether it descends; conditions by column; a search."""

    sort: tuple[tuple[int, bool], ...] = ()
    filters: tuple[tuple[int, str], ...] = ()
    search: str = ""

    def __bool__(self) -> bool:
        return bool(self.sort or self.filters or self.search)


def read_query(given: Any, columns: int) -> Query:
    """What a page says: ``{"sort": [[column, descending], …], "filters": [[column, text], …], "search": text}``.

    Raises `UsageError` for what no page of ours says.
    """
    given = given or {}
    if not isinstance(given, Mapping):
        raise UsageError("query: an object is needed")
    sort = tuple((_column(column, columns), bool(down)) for column, down in given.get("sort") or ())
    filters = tuple((_column(column, columns), str(text)) for column, text in given.get("filters") or ())
    return Query(
        sort, tuple(sorted(each for each in filters if each[1].strip())), str(given.get("search") or "").strip()
    )


def _column(number: Any, columns: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < columns:
        raise UsageError(f"query: {json.dumps(number, default=str)} is no column")
    return number


def rows_of(source: Source, query: Query, is_stale: Callable[[], bool] = lambda: False) -> Any:
    """The rows of the source that are shown, in order; None for all of them, as they are.

    Runs for seconds on millions of rows, without holding up the interpreter where the libraries let it. Raises `Cancelled` between two
    columns once `is_stale` says so, `WrongCondition` for one that means nothing.
    """

    def keys(column: int) -> Any:
        if is_stale():
            raise Cancelled("another order was asked for meanwhile")
        return source.keys(column)

    mask = None
    for column, text in query.filters:
        try:
            mask = arrays.both(mask, Condition(text).mask(keys(column)))
        except UsageError as problem:
            raise WrongCondition(column, f"{' '.join(source.columns[column].name)}: {problem}") from problem
    if query.search:
        mask = arrays.both(mask, _search(source, query.search, keys))
    rows = None if mask is None else arrays.rows_where(mask)
    for column, descending in reversed(query.sort):
        found = keys(column)
        rows = order(found.values, found.missing, rows, descending=descending)
    return arrays.compact(rows)


def _search(source: Source, text: str, keys: Callable[[int], Any]) -> Any:
    found = None
    for column in range(len(source.columns)):
        found = arrays.either(found, found_anywhere(text, keys(column)))
    return arrays.constant(value=False, length=source.length) if found is None else found
