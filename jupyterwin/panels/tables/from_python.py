"""Tables of Python's own: a list of dicts, a dict of columns. Its columns and keys serve whatever holds Python objects.

Only what is obviously a table is one: nested data and a dict of a single list are better seen as what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NUMERIC, Column, Keys, Missing, Rows, cell, kind_of, text_of
from jupyterwin.panels.tables.source import Source, of_columns
from jupyterwin.panels.tables.words import Coded, coded

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LOOKED_AT = 1_000
"""Values by which the kind of a column of objects is told when it is shown; its keys look at all."""


class ObjectColumn(Column):
    """A column of Python objects: a list, or an array of numpy's that holds objects."""

    def __init__(self, name: tuple[str, ...], values: Any, dtype: str = "object", *, index: bool = False) -> None:
        step = max(1, len(values) // _LOOKED_AT)
        super().__init__(name, kind_of(list(values[::step])), dtype, index=index)
        self._values = values

    def cells(self, rows: Rows) -> list[Any]:
        if isinstance(rows, range):
            return [cell(value) for value in self._values[rows.start : rows.stop]]
        return [cell(self._values[row]) for row in rows]

    def keys(self) -> Keys:
        return keys_of(list(self._values))


def keys_of(values: list[Any]) -> Keys:
    """The keys of Python objects: numbers if all are of one such kind, else the words of their texts."""
    cells = [cell(value) for value in values]
    gone = [isinstance(each, Missing) for each in cells]
    missing = arrays.truths(gone) if any(gone) else None
    kind = kind_of(values)
    if kind not in NUMERIC:
        texts = [
            None if lost else each if isinstance(each, str) else text_of(each)
            for each, lost in zip(cells, gone, strict=True)
        ]
        numbers, words = coded(texts)
        codes = arrays.from_values(numbers, whole=True)
        return Keys("text", codes, missing, Coded(words, codes))
    number, unit = _NUMBERS[kind]
    numbers = [0 if lost else number(value) for value, lost in zip(values, gone, strict=True)]
    zone = next((zone_name(value.tzinfo) for value in values if isinstance(value, datetime) and value.tzinfo), None)
    return Keys(kind, arrays.from_values(numbers, whole=kind != "number"), missing, unit=unit, zone=zone)


def zone_name(zone: Any) -> str | None:
    """The name by which a time zone is found again."""
    return getattr(zone, "key", None) or getattr(zone, "zone", None) or (None if zone is None else str(zone))


def _since_epoch(value: date) -> int:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return int((aware - _EPOCH) // _MICROSECOND)


def _duration(value: Any) -> int:
    return value // _MICROSECOND if isinstance(value, timedelta) else int(value)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, Decimal) else value


_NUMBERS: dict[str, tuple[Any, float]] = {
    "truth": (int, 1.0),
    "integer": (int, 1.0),
    "number": (_number, 1.0),
    "date": (_since_epoch, 1e-6),
    "duration": (_duration, 1e-6),
}


def source_of(obj: Any) -> Source | None:
    """A list of dicts, or a dict of columns of one length; None for other lists and dicts."""
    return _of_rows(obj) if isinstance(obj, list) else _of_columns(obj)


def _of_rows(rows: list[Any]) -> Source | None:
    if not rows or not all(isinstance(row, dict) for row in rows):
        return None
    if any(isinstance(value, list | dict) for row in islice(rows, _LOOKED_AT) for value in row.values()):
        return None
    names: dict[Any, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    if len(names) * len(rows) > 3 * sum(map(len, rows)):
        return None  # they have little in common
    columns = (ObjectColumn((str(name),), [row.get(name) for row in rows]) for name in names)
    return of_columns(len(rows), columns, len(names), f"list of {len(rows):,} dicts") if names else None


def _of_columns(table: dict[Any, Any]) -> Source | None:
    columns = list(table.values())
    if len(columns) < 2 or not all(isinstance(name, str) for name in table) or not all(map(_is_column, columns)):
        return None
    length = len(columns[0])
    if not length or any(len(column) != length for column in columns):
        return None
    made = (_column((name,), values) for name, values in table.items())
    return of_columns(length, made, len(columns), f"dict of {len(columns):,} columns")


def _is_column(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return not any(isinstance(item, list | dict) for item in islice(value, _LOOKED_AT))
    return getattr(value, "ndim", 0) == 1 and isinstance(value, Sequence) | hasattr(value, "dtype")


def _column(name: tuple[str, ...], values: Any) -> Column:
    if isinstance(values, list | tuple):
        return ObjectColumn(name, list(values))
    from jupyterwin.panels.tables.from_numpy import array_column

    return array_column(name, arrays.numpy().array(values))
