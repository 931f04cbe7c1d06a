"""Arrow tables ↔ the bytes of an Arrow IPC stream, by pyarrow or polars, which are met only when a value asks for them.

What is read comes from a page: compressed data is refused before any library sees it (a few bytes could fill the
memory), the rest is checked in full.
"""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Iterator
from typing import Any

from jupyterwin.errors import PeerError

CURE = "install pyarrow to send it as a table, or give its columns or values"

_PROBLEMS = (ValueError, TypeError, OSError, LookupError, NotImplementedError, MemoryError)
"""What pyarrow and polars raise; their own classes derive from these."""


def is_table(value: Any) -> bool:
    """Whether it is a table of any library that speaks Arrow's C interface; a column alone is none."""
    kind = type(value)
    if kind.__name__ == "DataFrame" and kind.__module__.partition(".")[0] == "pandas":
        return True
    return hasattr(kind, "__arrow_c_stream__") and (hasattr(value, "schema") or hasattr(value, "columns"))


def write_table(value: Any) -> Any:
    """The bytes (bytes-like) of a table. Raises ValueError, whose text is a cure, when it cannot be written."""
    library = type(value).__module__.partition(".")[0]
    try:
        if library == "polars":
            return _write_polars(value)
        return _write(_pyarrow_table(value, library))
    except ImportError as problem:
        raise ValueError(CURE) from problem
    except _PROBLEMS as problem:
        raise ValueError(str(problem)) from problem


def _write_polars(value: Any) -> Any:
    # Strings as every reader of Arrow knows them: by default polars writes views.
    oldest = sys.modules["polars"].CompatLevel.oldest()
    sink = io.BytesIO()
    value.write_ipc_stream(sink, compression="uncompressed", compat_level=oldest)
    return sink.getbuffer()


def _pyarrow_table(value: Any, library: str) -> Any:
    import pyarrow as pa

    if library == "pandas":
        return pa.Table.from_pandas(value)
    return value if isinstance(value, pa.Table) else pa.table(value)


def _write(table: Any) -> Any:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def read_table(raw: Any) -> Any:
    """The pyarrow table of these bytes; the bytes themselves without pyarrow. Raises `PeerError`."""
    data = bytes(raw)
    try:
        if any(_is_compressed(header) for header in _headers(data)):
            raise PeerError("the Arrow data is compressed: send it uncompressed")
    except (struct.error, IndexError) as problem:
        raise PeerError("no Arrow stream") from problem
    try:
        import pyarrow as pa
    except ImportError:
        return data
    try:
        table = pa.ipc.open_stream(pa.py_buffer(data)).read_all()
        table.validate(full=True)
    except _PROBLEMS as problem:
        raise PeerError(f"malformed Arrow data: {str(problem)[:200]}") from problem
    return table


# -------------------------------------------------- as much of the format as shows compression
# A stream is messages: 0xFFFFFFFF, the length of the header as i32, the header (a flatbuffer), a body of the length it tells.

_MESSAGE = struct.Struct("<Ii")
_DICTIONARY, _BATCH = 2, 3
_COMPRESSION = 3
"""The field of a batch's flatbuffer that is there only when its body is compressed."""


def _headers(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        mark, length = _MESSAGE.unpack_from(data, at)
        if mark != 0xFFFFFFFF or length < 0 or at + 8 + length > len(data):
            raise IndexError
        if length == 0:
            return
        header = data[at + 8 : at + 8 + length]
        yield header
        body = _field(header, _root(header), 3)
        size = struct.unpack_from("<q", header, body)[0] if body else 0
        if size < 0:
            raise IndexError
        at += 8 + length + size


def _is_compressed(header: bytes) -> bool:
    root = _root(header)
    kind = _field(header, root, 1)
    batch = _field(header, root, 2)
    if not kind or not batch or header[kind] not in {_DICTIONARY, _BATCH}:
        return False
    table = _follow(header, batch)
    if header[kind] == _DICTIONARY:
        inner = _field(header, table, 1)
        if not inner:
            return False
        table = _follow(header, inner)
    return bool(_field(header, table, _COMPRESSION))


def _root(header: bytes) -> int:
    return _follow(header, 0)


def _follow(header: bytes, at: int) -> int:
    """Where the offset at a place leads."""
    return int(at + struct.unpack_from("<I", header, at)[0])


def _field(header: bytes, table: int, number: int) -> int:
    """Where a field of a flatbuffer's table is; 0 when it is left out."""
    vtable = table - struct.unpack_from("<i", header, table)[0]
    if vtable < 0:
        raise IndexError
    length = struct.unpack_from("<H", header, vtable)[0]
    slot = 4 + 2 * number
    offset = struct.unpack_from("<H", header, vtable + slot)[0] if slot + 2 <= length else 0
    return table + offset if offset else 0
