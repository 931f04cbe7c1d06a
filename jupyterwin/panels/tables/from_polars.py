"""Frames and series of polars, by polars alone. Columns of objects are read as objects, never as their bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NULL, Column, Keys, Missing, Rows, cell
from jupyterwin.panels.tables.from_numpy import with_nan
from jupyterwin.panels.tables.from_python import keys_of
from jupyterwin.panels.tables.moments import UNITS, duration_text, moment_text
from jupyterwin.panels.tables.source import Source, of_columns
from jupyterwin.panels.tables.words import Coded, PolarsWords

_DAY = 86400.0


class PolarsColumn(Column):
    """A series."""

    def __init__(self, name: tuple[str, ...], values: Any) -> None:
        super().__init__(name, _kind(values.dtype), str(values.dtype))
        self._values = values

    def cells(self, rows: Rows) -> list[Any]:
        values = self._values
        few = values.slice(rows.start, len(rows)) if isinstance(rows, range) else values.gather(arrays.listed(rows))
        name, unit, zone = (
            values.dtype.base_type().__name__,
            _unit(values.dtype),
            getattr(values.dtype, "time_zone", None),
        )
        if name == "Datetime":
            return [NULL if each is None else moment_text(each, unit, zone) for each in few.to_physical().to_list()]
        if name == "Duration":
            return [NULL if each is None else duration_text(each, unit) for each in few.to_physical().to_list()]
        if name == "Float32":
            few = sys.modules["polars"].Series([None if each is None else float(each) for each in few.cast(str)])
        cells = [cell(each) for each in few.to_list()]
        return [NULL if isinstance(each, Missing) and each == "None" else each for each in cells]

    def keys(self) -> Keys:
        values = self._values
        if arrays.numpy() is None or self.kind == "mixed":
            return keys_of(values.to_list())
        if self.kind == "text":
            return _word_keys(values)
        missing = values.is_null().to_numpy() if values.null_count() else None
        if values.dtype.is_decimal():
            values = values.cast(sys.modules["polars"].Float64)
        unit = _DAY if str(values.dtype) == "Date" else _unit(values.dtype)
        plain = values.to_physical()
        numbers = plain.fill_null(False if self.kind == "truth" else 0).to_numpy()
        if self.kind == "number":
            return Keys("number", numbers, arrays.either(missing, with_nan(numbers).missing))
        return Keys(self.kind, numbers, missing, unit=unit, zone=getattr(values.dtype, "time_zone", None))


def _unit(dtype: Any) -> float:
    return UNITS[getattr(dtype, "time_unit", None) or "s"]


def _kind(dtype: Any) -> str:
    name = dtype.base_type().__name__
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "number"
    kinds = {"Boolean": "truth", "Datetime": "date", "Date": "date", "Duration": "duration"}
    return kinds.get(name, "text" if name in {"String", "Categorical", "Enum", "Time"} else "mixed")


def _word_keys(values: Any) -> Keys:
    """The keys of texts, by pyarrow's threads or, without it, by polars'."""
    pl = sys.modules["polars"]
    texts = values.cast(pl.String)
    try:
        from jupyterwin.panels.tables.from_arrow import chunked, text_keys

        return text_keys(chunked(texts.to_arrow()))
    except ImportError:
        pass
    words = texts.drop_nulls().unique().sort()
    codes = texts.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    missing = codes < 0
    return Keys("text", codes, missing if missing.any() else None, Coded(PolarsWords(words), codes))


def source_of(obj: Any) -> Source | None:
    """A frame or a series; what polars changes in place later is a column of its own."""
    pl = sys.modules["polars"]
    frame = obj.to_frame() if isinstance(obj, pl.Series) else obj.clone()
    return of_columns(frame.height, _columns(frame), frame.width, f"{type(obj).__name__} of polars")


def _columns(frame: Any) -> Iterator[Column]:
    for name, values in zip(frame.columns, frame.iter_columns(), strict=True):
        yield PolarsColumn((name,), values)
