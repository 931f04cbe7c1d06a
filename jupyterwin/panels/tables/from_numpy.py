"""Arrays of numpy: of one dimension, of two, and of records. Its columns serve whatever keeps numpy arrays inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NAN, Column, Keys, Rows, cell, text_of
from jupyterwin.panels.tables.from_python import ObjectColumn, keys_of
from jupyterwin.panels.tables.source import Source, of_columns
from jupyterwin.panels.tables.words import Coded, ListWords

_COPIED = 256 * 1024 * 1024
"""Bytes of an array that is copied when it is shown; a larger one is shown as it is."""

_KINDS = {"b": "truth", "i": "integer", "u": "integer", "f": "number", "M": "date", "m": "duration", "U": "text"}
_NO_TIME = -(2**63)
_UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "ps": 1e-12, "fs": 1e-15, "as": 1e-18}


class ArrayColumn(Column):
    """A column in an array of one dimension that does not hold objects."""

    def __init__(self, name: tuple[str, ...], values: Any, *, index: bool = False) -> None:
        super().__init__(name, _KINDS.get(values.dtype.kind, "mixed"), str(values.dtype), index=index)
        self._values = values

    def cells(self, rows: Rows) -> list[Any]:
        values = self._values[rows.start : rows.stop] if isinstance(rows, range) else self._values[rows]
        if values.dtype.kind in "bui":
            return list(values.tolist())
        if values.dtype.kind == "f" and values.dtype.itemsize == 8:
            return [NAN if value != value else value for value in values.tolist()]  # noqa: PLR0124
        return [cell(value) for value in values]

    def keys(self) -> Keys:
        kind = self._values.dtype.kind
        if kind in "bui":
            return Keys(self.kind, self._values)
        if kind == "f":
            return with_nan(self._values.astype("float64", copy=False))
        if kind in "Mm":
            return moments(self._values, self.kind)
        if kind == "U":
            words, codes = arrays.numpy().unique(self._values, return_inverse=True)
            return Keys("text", codes, None, Coded(ListWords(words.tolist()), codes))
        return keys_of([text_of(value) for value in self._values])


def with_nan(values: Any) -> Keys:
    """The keys of floats."""
    missing = arrays.numpy().isnan(values)
    return Keys("number", values, missing if missing.any() else None)


def moments(values: Any, kind: str, zone: str | None = None) -> Keys:
    """The keys of dates or durations of numpy's."""
    unit, count = arrays.numpy().datetime_data(values.dtype)
    if unit not in _UNITS:
        values, unit, count = values.astype(f"{values.dtype.kind}8[s]"), "s", 1
    numbers = values.view("int64")
    missing = numbers == _NO_TIME
    return Keys(kind, numbers, missing if missing.any() else None, unit=_UNITS[unit] * count, zone=zone)


def array_column(name: tuple[str, ...], values: Any, *, index: bool = False) -> Column:
    """The column of an array of one dimension, whatever it holds."""
    if values.dtype.kind == "O":
        return ObjectColumn(name, values, index=index)
    native = values if values.dtype.isnative else values.astype(values.dtype.newbyteorder("="))
    return ArrayColumn(name, native, index=index)


def source_of(array: Any) -> Source | None:
    """An array of one or two dimensions, or of records; None for others."""
    if array.ndim not in {1, 2} or (array.ndim == 2 and array.dtype.names):
        return None
    what = f"{type(array).__name__} of {array.dtype}" if not array.dtype.names else f"{type(array).__name__} of records"
    if hasattr(array, "filled") and not array.dtype.names:  # what is masked is missing
        mask, array = array.mask, array.data.astype(object)
        array[mask] = None
    base = arrays.numpy().asarray(array)
    kept = base.copy() if base.nbytes <= _COPIED and not _is_mapped(array) else base
    names = kept.dtype.names
    count = len(names) if names else 1 if kept.ndim == 1 else kept.shape[1]
    return of_columns(len(kept), _columns(kept), count, what)


def _is_mapped(array: Any) -> bool:
    return type(array).__name__ == "memmap"


def _columns(array: Any) -> Iterator[Column]:
    if array.dtype.names:
        for name in array.dtype.names:
            yield array_column((name,), _flat(array[name]))
    elif array.ndim == 1:
        yield array_column(("0",), array)
    else:
        for number in range(array.shape[1]):
            yield array_column((str(number),), array[:, number])


def _flat(values: Any) -> Any:
    """A field that is an array itself has its text in a cell."""
    if values.ndim == 1 and not values.dtype.names:
        return values
    made = arrays.numpy().empty(len(values), dtype=object)
    made[:] = [text_of(value) for value in values]
    return made
