"""Frames, series and indexes of pandas, with or without pyarrow. The index comes first, with all its levels.

Each column is read by itself and by its own type: Arrow is asked for nothing but columns that are Arrow's already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NA, NAN, Column, Keys, Missing, Rows, cell
from jupyterwin.panels.tables.from_numpy import array_column, moments
from jupyterwin.panels.tables.from_python import keys_of, zone_name
from jupyterwin.panels.tables.source import Source, of_columns
from jupyterwin.panels.tables.words import Coded, ListWords


class PandasColumn(Column):
    """A column whose cells pandas gives: every type of its own, and those of other libraries that extend it."""

    def __init__(self, name: tuple[str, ...], kind: str, dtype: Any, make: Callable[[], Any], *, index: bool) -> None:
        super().__init__(name, kind, str(dtype), index=index)
        self._make = make

    @cached_property
    def _values(self) -> Any:
        return self._make()

    def cells(self, rows: Rows) -> list[Any]:
        return [cell(value) for value in self._values.take(list(rows))]

    def keys(self) -> Keys:
        values, pd = self._values, sys.modules["pandas"]
        if isinstance(values.dtype, pd.CategoricalDtype):
            return _category_keys(pd.Series(values))
        if self.kind in {"date", "duration"}:
            zone = getattr(values.dtype, "tz", None)
            plain = values if zone is None else pd.DatetimeIndex(values).tz_convert(None)
            return moments(plain.to_numpy(), self.kind, zone_name(zone))
        if self.kind in _PLAIN:
            missing = values.isna()
            return Keys(self.kind, _plain(values, self.kind), _mask(missing))
        return keys_of(list(values))


_PLAIN = {"truth": "bool", "integer": "int64", "number": "float64"}


def _plain(values: Any, kind: str) -> Any:
    """Numbers that may be missing, as an array; 0 where they are."""
    name = "uint64" if str(values.dtype).startswith("U") else _PLAIN[kind]
    return values.to_numpy(dtype=name, na_value=0)


def _mask(missing: Any) -> Any:
    found = arrays.numpy().asarray(missing)
    return found if found.any() else None


def _category_keys(values: Any) -> Keys:
    """Categories sort in their own order, not in that of their texts."""
    codes = values.cat.codes.to_numpy()
    missing = codes < 0
    words = ListWords([str(each) for each in values.cat.categories])
    return Keys("text", codes, missing if missing.any() else None, Coded(words, codes))


class RangeColumn(Column):
    """The index of a frame that was given none: its numbers are counted, not stored."""

    def __init__(self, name: tuple[str, ...], index: Any) -> None:
        super().__init__(name, "integer", str(index.dtype), index=True)
        self._index = index

    def cells(self, rows: Rows) -> list[Any]:
        start, step = self._index.start, self._index.step
        return [start + step * int(row) for row in rows]

    def keys(self) -> Keys:
        return Keys("integer", self._index.to_numpy())


# -------------------------------------------------- which column serves a type


def column_of(name: tuple[str, ...], values: Any, *, index: bool = False) -> Column:
    """The column of a series or an index."""
    pd, dtype = sys.modules["pandas"], values.dtype
    if isinstance(values, pd.RangeIndex):
        return RangeColumn(name, values)
    if (missing := _arrow_missing(dtype)) is not None:
        from jupyterwin.panels.tables.from_arrow import ArrowColumn, chunked

        return ArrowColumn(name, chunked(values.array.__arrow_array__()), str(dtype), missing=missing, index=index)
    if isinstance(dtype, arrays.numpy().dtype) and dtype.kind in "biufUS":
        return array_column(name, values.to_numpy(), index=index)
    if str(dtype) == "object":
        return array_column(name, values.to_numpy(), index=index)
    return PandasColumn(name, _kind(dtype), dtype, lambda: values, index=index)


def _arrow_missing(dtype: Any) -> Missing | None:
    """What is missing in a column that Arrow keeps; None where Arrow does not."""
    if type(dtype).__name__ == "ArrowDtype":
        return NA
    if getattr(dtype, "storage", "").startswith("pyarrow"):
        return NAN if getattr(dtype, "na_value", None) is not sys.modules["pandas"].NA else NA
    return None


def _kind(dtype: Any) -> str:
    types = sys.modules["pandas"].api.types
    if isinstance(dtype, sys.modules["pandas"].CategoricalDtype):
        return "text"
    for is_one, kind in (
        (types.is_bool_dtype, "truth"),
        (types.is_datetime64_any_dtype, "date"),
        (types.is_timedelta64_dtype, "duration"),
        (types.is_integer_dtype, "integer"),
        (types.is_float_dtype, "number"),
        (types.is_string_dtype, "text"),
    ):
        if is_one(dtype):
            return kind
    return "mixed"


# -------------------------------------------------- frames


def source_of(obj: Any) -> Source | None:
    """A frame, a series or an index."""
    pd = sys.modules["pandas"]
    if isinstance(obj, pd.Index):
        frame, index = obj.to_frame(index=False), None
    else:
        frame = obj.to_frame(obj.name if obj.name is not None else 0) if isinstance(obj, pd.Series) else obj
        frame = frame.copy(deep=False)
        index = frame.index
    what = f"{type(obj).__name__} of pandas"
    levels = 0 if index is None else index.nlevels
    made = of_columns(len(frame), _columns(frame, index), frame.shape[1], what, levels)
    made.kept = frame  # while pandas knows of this copy, whoever writes into the original gets one of their own
    return made


def _columns(frame: Any, index: Any) -> Iterator[Column]:
    if index is not None:
        yield from _index_columns(index)
    for number, name in enumerate(frame.columns):
        yield column_of(_levels(name), frame.iloc[:, number])


def _index_columns(index: Any) -> Iterator[Column]:
    pd = sys.modules["pandas"]
    if not isinstance(index, pd.MultiIndex):
        yield column_of((_text(index.name),), index, index=True)
        return
    for number, name in enumerate(index.names):
        level = index.levels[number]
        make = _level_maker(index, number)
        kind = column_of(("",), level[:1000]).kind
        yield PandasColumn((_text(name),), kind, level.dtype, make, index=True)


def _level_maker(index: Any, number: int) -> Callable[[], Any]:
    """A level of 10 million rows is put together when it is drawn first."""
    return lambda: index.get_level_values(number)


def _levels(name: Any) -> tuple[str, ...]:
    return tuple(map(_text, name)) if isinstance(name, tuple) else (_text(name),)


def _text(name: Any) -> str:
    return "" if name is None else str(name)
