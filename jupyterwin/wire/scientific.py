"""numpy, pandas, polars and pyarrow → the rows of the value table: arrays and tables as binary data, scalars as numbers.

Pure: it imports none of them, and looks at them only when the user's value is already one of theirs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Unserializable
from jupyterwin.wire.arrow import is_table, write_table

if TYPE_CHECKING:
    from jupyterwin.wire.encode import Encoder

TYPED_ARRAYS = {
    ("i", 1): "Int8Array",
    ("i", 2): "Int16Array",
    ("i", 4): "Int32Array",
    ("i", 8): "BigInt64Array",
    ("u", 1): "Uint8Array",
    ("u", 2): "Uint16Array",
    ("u", 4): "Uint32Array",
    ("u", 8): "BigUint64Array",
    ("f", 2): "Float16Array",
    ("f", 4): "Float32Array",
    ("f", 8): "Float64Array",
}


def plain_number(value: float) -> float | int:
    """A whole number as an integer."""
    return int(value) if value == int(value) else value


def is_scientific(value: Any) -> bool:
    """Whether it is a value of one of these libraries, or a table of any other."""
    return type(value).__module__.partition(".")[0] in {"numpy", "pandas", "polars", "pyarrow"} or is_table(value)


def scientific(encoder: Encoder, value: Any, path: str) -> Any:
    """The form of such a value. Raises `Unserializable`."""
    if is_table(value):
        return _table(encoder, value, path)
    np = sys.modules.get("numpy")
    if np is not None and isinstance(value, np.ndarray):
        return _ndarray(encoder, value, path)
    if np is not None and isinstance(value, np.generic):
        return _scalar(encoder, value, path)
    if type(value).__name__ in {"NaTType", "NAType"}:
        return None
    if hasattr(value, "as_py"):  # a scalar of pyarrow's
        return encoder.encode(value.as_py(), path)
    if hasattr(value, "null_count"):
        return _arrow_column(encoder, value, path)
    if getattr(value, "ndim", 0) == 1 and hasattr(value, "to_numpy"):
        return _column(encoder, value, path)
    kind = type(value)
    msg = f"{path}: a {kind.__module__}.{kind.__qualname__} cannot cross; give its columns or values"
    raise Unserializable(msg, path)


def _table(encoder: Encoder, value: Any, path: str) -> Any:
    try:
        data = write_table(value)
    except ValueError as problem:
        kind = type(value)
        msg = f"{path}: this {kind.__module__.partition('.')[0]} {kind.__name__} cannot cross: {problem}"
        raise Unserializable(msg, path) from problem
    encoder.buffers.append(data)
    return {"$": "arrow", "i": len(encoder.buffers) - 1}


def _scalar(encoder: Encoder, value: Any, path: str) -> Any:
    np = sys.modules["numpy"]
    if np.isnat(value) if isinstance(value, np.datetime64 | np.timedelta64) else False:
        return None
    if isinstance(value, np.datetime64):
        milliseconds = value.astype("datetime64[us]").astype("int64").item() / 1000
        return {"$": "date", "v": plain_number(milliseconds)}
    if isinstance(value, np.timedelta64):
        return plain_number(value / np.timedelta64(1, "us") / 1000)
    return encoder.encode(value.item(), path)


def _column(encoder: Encoder, value: Any, path: str) -> Any:
    """A Series or an Index of pandas: an array, or a list where its own missing values would be lost in one."""
    np = sys.modules["numpy"]
    if not isinstance(value.dtype, np.dtype) and value.isna().any():
        return encoder.array(list(value), path)
    return encoder.encode(value.to_numpy(), path)


def _arrow_column(encoder: Encoder, value: Any, path: str) -> Any:
    """A column of polars or pyarrow: a typed array where it has one and no nulls, else a list."""
    nulls = value.null_count() if callable(value.null_count) else value.null_count
    if not nulls and "numpy" in sys.modules:
        array = sys.modules["numpy"].asarray(value)
        if array.dtype.kind in "iuf":
            return encoder.encode(array, path)
    return encoder.array(value.to_list() if hasattr(value, "to_list") else value.to_pylist(), path)


def _ndarray(encoder: Encoder, value: Any, path: str) -> Any:
    np = sys.modules["numpy"]
    if value.dtype == bool:
        value = value.view(np.uint8)
    if value.dtype.kind in "OUSMm":
        return encoder.array(list(value), path)
    name = TYPED_ARRAYS.get((value.dtype.kind, value.dtype.itemsize))
    if name is None:
        msg = f"{path}: an array of {value.dtype} cannot cross; convert it (for example .astype('float64'))"
        raise Unserializable(msg, path)
    data = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
    encoded = encoder.buffer(memoryview(data).cast("B") if data.size else b"", name)
    if value.ndim != 1:
        encoded["s"] = list(value.shape)
    return encoded
