"""Tables of pyarrow, and of whatever speaks Arrow's C interface. Its columns serve pandas' that are Arrow's inside."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from jupyterwin.panels.tables import arrays
from jupyterwin.panels.tables.column import NULL, Column, Keys, Missing, Rows, cell
from jupyterwin.panels.tables.from_numpy import with_nan
from jupyterwin.panels.tables.from_python import keys_of
from jupyterwin.panels.tables.moments import UNITS, duration_text, moment_text
from jupyterwin.panels.tables.ranks import ranks_of
from jupyterwin.panels.tables.source import Source, of_columns
from jupyterwin.panels.tables.words import ArrowTexts, Coded

_MANY, _LOOKED_AT = 100_000, 1_000
"""Texts from which on it matters whether they are different, and those by which that is told."""


class ArrowColumn(Column):
    """A chunked array. Single values are looked up one by one: taking them at once would copy all chunks of texts."""

    def __init__(
        self, name: tuple[str, ...], values: Any, dtype: str = "", *, missing: Missing = NULL, index: bool = False
    ) -> None:
        kind = values.type
        if hasattr(kind, "storage_type"):
            values = chunked([chunk.storage for chunk in values.chunks], kind.storage_type)
        self._type = values.type
        self._values = values
        self._missing = missing
        super().__init__(name, _kind(self._type), dtype or str(kind), index=index)

    def cells(self, rows: Rows) -> list[Any]:
        if isinstance(rows, range):
            found = self._values.slice(rows.start, len(rows))
            scalars = [item for chunk in found.chunks for item in chunk]
        else:
            scalars = [self._values[int(row)] for row in rows]
        return [self._cell(scalar) if scalar.is_valid else self._missing for scalar in scalars]

    def _cell(self, scalar: Any) -> Any:
        types = _types()
        if types.is_timestamp(self._type):
            return moment_text(scalar.value, UNITS[self._type.unit], self._type.tz)
        if types.is_duration(self._type):
            return duration_text(scalar.value, UNITS[self._type.unit])
        if types.is_time(self._type):
            text = str(scalar.cast("string"))
            return text.rstrip("0").rstrip(".") if "." in text else text
        if types.is_float32(self._type):
            return cell(arrays.numpy().float32(scalar.as_py())) if arrays.numpy() else cell(scalar.as_py())
        return cell(scalar.as_py())

    def keys(self) -> Keys:
        if arrays.numpy() is None:
            return keys_of(self._values.to_pylist())
        if self.kind in _NUMBERS:
            return self._number_keys()
        types = _types()
        texts = self._values
        if types.is_dictionary(self._type):
            texts = texts.cast(self._type.value_type)
        if self.kind == "text":
            return text_keys(texts)
        return keys_of(texts.to_pylist())

    def _number_keys(self) -> Keys:
        types, values, kind = _types(), self._values, self._type
        missing = values.is_null().to_numpy() if values.null_count else None
        if types.is_decimal(kind) or types.is_float16(kind):
            values = values.cast("float64")
        elif types.is_date32(kind):
            values = values.cast("int32")
        elif types.is_temporal(kind):
            values = values.cast("int64")
        numbers = values.fill_null(False if types.is_boolean(kind) else 0).to_numpy()
        if self.kind == "number":
            found = with_nan(numbers)
            return Keys("number", numbers, arrays.either(missing, found.missing))
        unit = (
            86400.0 if types.is_date32(kind) else 1e-3 if types.is_date64(kind) else UNITS[getattr(kind, "unit", "s")]
        )
        return Keys(self.kind, numbers, missing, unit=unit, zone=getattr(kind, "tz", None))


_NUMBERS = {"truth", "integer", "number", "date", "duration"}


def _types() -> Any:
    return sys.modules["pyarrow"].types


def _kind(kind: Any) -> str:
    types = _types()
    if types.is_dictionary(kind):
        kind = kind.value_type
        return "text" if _is_text(kind) else "mixed"
    for is_one, name in (
        (types.is_boolean, "truth"),
        (types.is_integer, "integer"),
        (types.is_floating, "number"),
        (types.is_decimal, "number"),
        (types.is_timestamp, "date"),
        (types.is_date, "date"),
        (types.is_duration, "duration"),
    ):
        if is_one(kind):
            return name
    return "text" if _is_text(kind) or types.is_time(kind) else "mixed"


def _is_text(kind: Any) -> bool:
    types = _types()
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def text_keys(texts: Any) -> Keys:
    """The keys of texts: by their words, or, where most rows have a word of their own, by the texts themselves."""
    import pyarrow as pa

    whole = texts.cast("large_string").combine_chunks()
    whole = whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)
    if len(whole) >= _MANY and _is_varied(whole):
        missing = whole.is_null().to_numpy(zero_copy_only=False)
        return Keys("text", lambda: ranks_of(whole), missing, ArrowTexts(whole))
    return _word_keys(whole)


def _is_varied(texts: Any) -> bool:
    few = texts.take(arrays.numpy().arange(0, len(texts), len(texts) // _LOOKED_AT))
    return len(few.unique()) > len(few) // 2


def _word_keys(texts: Any) -> Keys:
    import pyarrow.compute as pc

    np = arrays.numpy()
    encoded = texts.dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    ranks = np.empty(len(order) + 1, dtype="int32")
    ranks[order.to_numpy()] = np.arange(len(order), dtype="int32")
    ranks[-1] = -1
    codes = ranks[encoded.indices.fill_null(-1).to_numpy()]
    missing = codes < 0
    texts = Coded(ArrowTexts(encoded.dictionary.take(order)), codes)
    return Keys("text", codes, missing if missing.any() else None, texts)


def chunked(values: Any, kind: Any = None) -> Any:
    """A chunked array of whatever pyarrow gives."""
    import pyarrow as pa

    if isinstance(values, list):
        return pa.chunked_array(values, type=kind)
    return values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])


# -------------------------------------------------- tables


def source_of(obj: Any) -> Source | None:
    """A table, a batch, a reader (which it reads to its end), a column; whatever else gives one through Arrow."""
    try:
        import pyarrow as pa
    except ImportError:
        return _by_polars(obj)
    library = type(obj).__module__.partition(".")[0]
    if isinstance(obj, pa.Array | pa.ChunkedArray):
        table = pa.Table.from_arrays([chunked(obj)], ["0"])
    elif isinstance(obj, pa.RecordBatch):
        table = pa.Table.from_batches([obj])
    elif isinstance(obj, pa.RecordBatchReader):
        table = obj.read_all()
    elif isinstance(obj, pa.Table):
        table = obj
    elif library == "pyarrow" and not hasattr(obj, "__arrow_c_stream__"):
        return None
    else:
        table = pa.RecordBatchReader.from_stream(obj).read_all()
    return of_table(table, f"{type(obj).__name__} of {library}")


def of_table(table: Any, what: str) -> Source:
    """The source of a table of pyarrow's."""
    return of_columns(table.num_rows, _columns(table), table.num_columns, what)


def _columns(table: Any) -> Iterator[Column]:
    for number, name in enumerate(table.column_names):
        yield ArrowColumn((name,), table.column(number))


def _by_polars(obj: Any) -> Source | None:
    """Without pyarrow, polars reads Arrow too."""
    try:
        import polars as pl
    except ImportError:
        return None
    from jupyterwin.panels.tables import from_polars

    return from_polars.source_of(pl.DataFrame(obj))
