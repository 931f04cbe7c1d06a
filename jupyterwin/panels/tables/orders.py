"""Orders: the rows of a table as its pages want to see them; those used last are kept. It draws nothing."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

from jupyterwin.panels.tables.query import Query, rows_of
from jupyterwin.panels.tables.source import Source

_KEPT = 4
"""Orders that are kept: each takes 4 bytes a row."""
_VIEWERS = 64
"""Pages whose wishes are told apart; of more, the oldest are forgotten."""


class Orders:
    """The orders of one source. From any thread; one of them is made at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: OrderedDict[Query, Any] = OrderedDict()
        self._wanted: OrderedDict[str, Query] = OrderedDict()
        self._making = Lock()
        self._lock = Lock()

    def rows(self, query: Query, viewer: str | None = None) -> Any:
        """The rows for a query, in order: a sequence of numbers. Takes seconds for millions of rows.

        A newer query of the same `viewer` (a page) ends this one by `Cancelled`. Raises `UsageError` for a condition that means nothing.
        """
        if viewer is not None:
            self._want(viewer, query)
        if not query:
            return range(self._source.length)
        if (kept := self._kept(query)) is not None:  # at once, also while another is made
            return kept
        with self._making:
            if (kept := self._kept(query)) is not None:
                return kept
            made = rows_of(self._source, query, lambda: viewer is not None and self._wanted.get(viewer) != query)
            return self._keep(query, made)

    def _want(self, viewer: str, query: Query) -> None:
        with self._lock:
            self._wanted[viewer] = query
            self._wanted.move_to_end(viewer)
            while len(self._wanted) > _VIEWERS:
                self._wanted.popitem(last=False)

    def _kept(self, query: Query) -> Any:
        with self._lock:
            if query in self._made:
                self._made.move_to_end(query)
            return self._made.get(query)

    def _keep(self, query: Query, rows: Any) -> Any:
        rows = range(self._source.length) if rows is None else rows
        with self._lock:
            self._made[query] = rows
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return rows
