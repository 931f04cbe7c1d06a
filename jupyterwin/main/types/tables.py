"""Tables that came from a page, as the class that a hint asks for. pyarrow, polars and pandas are met here only when asked.

It knows no paths; what is no table is refused by raising `Misfit`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyterwin.errors import PeerError
from jupyterwin.main.types.plain import Misfit
from jupyterwin.wire.arrow import read_table


def table(kind: type, value: Any) -> Any:
    """`value`, a table or the bytes of an Arrow stream, as a `kind`. Raises `Misfit`."""
    if isinstance(value, kind):
        return value
    if type(value).__name__ == "ndarray" and value.dtype == "uint8" and value.ndim == 1:
        value = value.tobytes()
    if isinstance(value, bytes):
        try:
            value = read_table(value)
        except PeerError as problem:
            raise Misfit(f"or the bytes of one ({problem})") from problem
    if not hasattr(value, "__arrow_c_stream__"):
        raise Misfit
    return _MAKE[kind.__module__.partition(".")[0], kind.__name__](value)


def _batch(value: Any) -> Any:
    batches = value.combine_chunks().to_batches()
    if len(batches) != 1:
        raise Misfit("with rows")
    return batches[0]


def _polars(value: Any) -> Any:
    import polars as pl

    return pl.DataFrame(value)


_MAKE: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("pyarrow", "Table"): lambda value: value,
    ("pyarrow", "RecordBatch"): _batch,
    ("pandas", "DataFrame"): lambda value: value.to_pandas(),
    ("polars", "DataFrame"): _polars,
}
