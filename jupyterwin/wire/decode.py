"""Data and binary buffers → values, as the table in docs/protocol.md says; js/src/wire/decode.ts is its twin.

What comes in is a page's: every tag is checked, and whatever is not well formed is refused with its path.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from jupyterwin.errors import BadArguments, JupyterWinError, PeerError
from jupyterwin.wire.arrow import read_table
from jupyterwin.wire.frames import ErrorRecord
from jupyterwin.wire.records import to_exception
from jupyterwin.wire.scientific import TYPED_ARRAYS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DTYPES = {name: f"<{kind}{size}" for (kind, size), name in TYPED_ARRAYS.items()} | {"Uint8ClampedArray": "<u1"}


def decode(data: Any, buffers: Sequence[Any] = (), path: str = "value") -> Any:
    """The value that `data` and `buffers` say. Raises `PeerError` naming the path of what is not well formed."""
    try:
        return _Decoder(buffers).decode(data, path)
    except RecursionError as problem:
        msg = f"{path}: nested too deeply"
        raise PeerError(msg) from problem


class _Decoder:
    def __init__(self, buffers: Sequence[Any]) -> None:
        self._buffers = buffers
        self._known: dict[int, Any] = {}

    def decode(self, data: Any, path: str) -> Any:
        if isinstance(data, list):
            return self._fill_list([], data, path)
        if isinstance(data, dict):
            return self._tagged(data, path) if "$" in data else self._fill_dict({}, data.items(), path)
        return data

    def _fill_list(self, out: list[Any], data: Any, path: str) -> list[Any]:
        for index, item in enumerate(data):
            out.append(self.decode(item, f"{path}[{index}]"))
        return out

    def _fill_dict(self, out: dict[Any, Any], pairs: Any, path: str) -> dict[Any, Any]:
        for key, item in pairs:
            out[key] = self.decode(item, f"{path}.{key}")
        return out

    def _tagged(self, data: dict[str, Any], path: str) -> Any:
        read = _READERS.get(data["$"]) if isinstance(data["$"], str) else None
        if read is None:
            msg = f"{path}: unknown tag {data['$']!r}"
            raise PeerError(msg)
        try:
            return read(self, data, path)
        except JupyterWinError:
            raise
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, re.error, msgspec.MsgspecError) as problem:
            msg = f"{path}: malformed {data['$']!r}: {problem}"
            raise PeerError(msg) from problem

    def _define(self, data: dict[str, Any], path: str) -> Any:
        # The empty container is known before it is filled, so that a cycle can point at it.
        inner, number = data["v"], data["n"]
        if isinstance(inner, list):
            known = self._known[number] = []
            return self._fill_list(known, inner, path)
        if "$" not in inner:
            known_dict = self._known[number] = {}
            return self._fill_dict(known_dict, inner.items(), path)
        if inner["$"] in {"map", "obj"}:
            known_dict = self._known[number] = {}
            return self._fill_map(known_dict, inner["v"], path)
        if inner["$"] == "set":
            known_set: set[Any] = set()
            self._known[number] = known_set
            return self._fill_set(known_set, inner["v"], path)
        value = self._known[number] = self.decode(inner, path)
        return value

    def _fill_map(self, out: dict[Any, Any], pairs: list[Any], path: str) -> dict[Any, Any]:
        for key, item in pairs:
            decoded = _hashable(self.decode(key, f"{path}.<key>"), f"{path}.<key>")
            out[decoded] = self.decode(item, f"{path}[{decoded!r}]")
        return out

    def _fill_set(self, out: set[Any], items: list[Any], path: str) -> set[Any]:
        for index, item in enumerate(items):
            out.add(_hashable(self.decode(item, f"{path}[{index}]"), f"{path}[{index}]"))
        return out

    def _array(self, data: dict[str, Any]) -> Any:
        raw, name = self._buffers[_index(data["i"], len(self._buffers))], data["t"]
        if name in {"ArrayBuffer", "DataView"}:
            return bytes(raw)
        dtype = _DTYPES[name]
        try:
            import numpy as np
        except ImportError:
            return memoryview(bytes(raw)).cast(_FORMATS[dtype])  # type: ignore[call-overload]  # one of the table's formats
        array = np.frombuffer(raw, dtype=dtype)
        return array.reshape(data["s"]) if "s" in data else array

    def _table(self, data: dict[str, Any], path: str) -> Any:
        raw = self._buffers[_index(data["i"], len(self._buffers))]
        try:
            return read_table(raw)
        except PeerError as problem:
            raise PeerError(f"{path}: {problem}") from problem


def _hashable(value: Any, path: str) -> Any:
    """A page may well have a Map with arrays as keys; Python's dicts and sets cannot."""
    if isinstance(value, list | dict | set) or type(value).__module__ == "numpy":
        raise BadArguments(f"{path}: a {type(value).__name__} cannot be a key of a dict or an item of a set", path)
    return value


def _index(number: Any, length: int) -> int:
    if not isinstance(number, int) or not 0 <= number < length:
        msg = f"buffer {number!r} of {length}"
        raise IndexError(msg)
    return number


_FORMATS = {"<i1": "b", "<i2": "h", "<i4": "i", "<i8": "q", "<u1": "B", "<u2": "H", "<u4": "I", "<u8": "Q"} | {
    "<f2": "e",
    "<f4": "f",
    "<f8": "d",
}
_NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "-0": -0.0}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_INTEGER = re.compile(r"-?[0-9]{1,4300}")


def _read_int(data: dict[str, Any]) -> int:
    if not _INTEGER.fullmatch(data["v"]):
        msg = "not a decimal integer"
        raise ValueError(msg)
    return int(data["v"])


def _read_regex(data: dict[str, Any]) -> re.Pattern[str]:
    flags = 0
    for letter in data.get("f", ""):
        flags |= _FLAGS.get(letter, 0)
    return re.compile(data["v"], flags)


def _read_error(data: dict[str, Any]) -> Exception:
    return to_exception(msgspec.convert(data["v"], ErrorRecord))


_READERS: dict[str, Callable[[_Decoder, dict[str, Any], str], Any]] = {
    "undef": lambda _d, _data, _p: None,
    "num": lambda _d, data, _p: _NUMBERS[data["v"]],
    "int": lambda _d, data, _p: _read_int(data),
    "date": lambda _d, data, _p: None if data["v"] is None else _EPOCH + timedelta(milliseconds=data["v"]),
    "map": lambda d, data, p: d._fill_map({}, data["v"], p),  # noqa: SLF001
    "obj": lambda d, data, p: d._fill_map({}, data["v"], p),  # noqa: SLF001
    "set": lambda d, data, p: d._fill_set(set(), data["v"], p),  # noqa: SLF001
    "re": lambda _d, data, _p: _read_regex(data),
    "buf": lambda d, data, _p: d._array(data),  # noqa: SLF001
    "arrow": lambda d, data, p: d._table(data, p),  # noqa: SLF001
    "err": lambda _d, data, _p: _read_error(data),
    "def": lambda d, data, p: d._define(data, p),  # noqa: SLF001
    "ref": lambda d, data, _p: d._known[data["n"]],  # noqa: SLF001
}
