"""Source: a table of any library as columns of ours, and the list of who makes one of what. It draws nothing.

A source is a snapshot: what happens to the object later is not in it, as far as its library lets that be had without a copy
of large data.
"""

from __future__ import annotations

import importlib
import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jupyterwin.panels.tables.column import Column, Keys

MOST_COLUMNS = 5_000
"""Columns that a table shows; of an array with more, the first."""

_KEPT = 8
"""Columns whose keys are kept: those of 10 million texts take 40 MB and more."""

_log = logging.getLogger("jupyterwin")


@dataclass
class Source:
    """Columns of `length` rows. `what` names the object; `note` says what is not shown of it.

    `begins`: the number that the first row has in the object. `kept`: what must not be let go while this is there.
    """

    length: int
    columns: list[Column]
    what: str
    note: str = ""
    kept: Any = None
    begins: int = 0
    _keys: OrderedDict[int, Keys] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keys(self, number: int) -> Keys:
        """The keys of a column; those used last are kept. From any thread."""
        with self._lock:
            if number in self._keys:
                self._keys.move_to_end(number)
                return self._keys[number]
        made = self.columns[number].keys()
        with self._lock:
            self._keys[number] = made
            while len(self._keys) > _KEPT:
                self._keys.popitem(last=False)
        return made


def of_columns(length: int, columns: Iterator[Column], count: int, what: str, indexes: int = 0) -> Source:
    """A source of as many of `count` columns as are shown, behind `indexes` columns of an index."""
    shown = [column for column, _ in zip(columns, range(indexes + MOST_COLUMNS), strict=False)]
    note = f"the first {MOST_COLUMNS:,} of {count:,} columns" if count > MOST_COLUMNS else ""
    return Source(length, shown, what, note)


# Who makes a source, in order: (module, what it is, whether it may be one of its objects). Nothing of a library is
# imported before an object of it, or one that speaks its protocol, is there.
_PLACE = "jupyterwin.panels.tables."
_MAKERS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("from_pandas", lambda obj: _inherits(obj, "pandas", "DataFrame", "Series", "Index")),
    ("from_polars", lambda obj: _inherits(obj, "polars", "DataFrame", "Series")),
    ("from_numpy", lambda obj: _inherits(obj, "numpy", "ndarray")),
    ("from_duckdb", lambda obj: _library(obj) in {"duckdb", "_duckdb"} and hasattr(obj, "fetchall")),
    ("from_narwhals", lambda obj: _library(obj) == "narwhals" and hasattr(obj, "to_native")),
    ("from_arrow", lambda obj: _library(obj) == "pyarrow" or _speaks_arrow(obj)),
    ("from_interchange", lambda obj: hasattr(type(obj), "__dataframe__")),
    ("from_python", lambda obj: isinstance(obj, list | dict)),
)


def _library(obj: Any) -> str:
    return type(obj).__module__.partition(".")[0]


def _inherits(obj: Any, library: str, *names: str) -> bool:
    return any(kind.__name__ in names and kind.__module__.partition(".")[0] == library for kind in type(obj).__mro__)


def _speaks_arrow(obj: Any) -> bool:
    return not isinstance(obj, type) and hasattr(type(obj), "__arrow_c_stream__")


def source_of(obj: Any) -> Source | None:
    """A snapshot of a table of any library; None for what is no table, or cannot be read as one.

    Runs where it is called: some libraries (duckdb) belong to the thread that made the object.
    """
    for name, may_be in _MAKERS:
        if may_be(obj):
            maker = importlib.import_module(_PLACE + name)
            try:
                made: Source | None = maker.source_of(obj)
            except Exception as problem:  # noqa: BLE001 -- code of many libraries
                _log.info("a %s is shown in another way than as a table: %s", type(obj).__name__, problem)
                continue
            if made is not None:
                return made
    return None
