"""Data and binary buffers → values, as the table in docs/protocol.md says; js/src/wire/decode.ts is its twin.

What comes in is a page's: every tag is checked, and whatever is not well formed is refused with its path.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from jupyterwin.errors import BadArguments, JupyterWinError, PeerError
from jupyterwin.wire.arrow import read_table
from jupyterwin.wire.frames import ErrorRecord
from jupyterwin.wire.records import to_exception
from jupyterwin.wire.scientific import TYPED_ARRAYS
from jupyterwin.wire.text import cut

# Python warns of patterns that may mean something else one day; a page must not fill the notebook with that.
warnings.filterwarnings("ignore", category=FutureWarning, module=re.escape(__name__))

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN = 200
"""Characters of what a page wrote that an error repeats, of each key."""
_LONGEST_PATTERN = 64 * 1024
"""Characters of a regular expression: Python needs seconds to compile a million of them."""
_MALFORMED = (
    KeyError,
    TypeError,
    ValueError,
    IndexError,
    OverflowError,
    re.error,
    Warning,  # where warnings are errors
    msgspec.MsgspecError,
)
_DTYPES = {name: f"<{kind}{size}" for (kind, size), name in TYPED_ARRAYS.items()} | {"Uint8ClampedArray": "<u1"}


def decode(data: Any, buffers: Sequence[Any] = (), path: str = "value") -> Any:
    """The value that `data` and `buffers` say. Raises `PeerError` naming the path of what is not well formed."""
    try:
        return _Decoder(buffers, path).decode(data)
    except RecursionError as problem:
        msg = f"{path}: nested too deeply"
        raise PeerError(msg) from problem


class _Decoder:
    def __init__(self, buffers: Sequence[Any], root: str) -> None:
        self._buffers = buffers
        self._known: dict[int, Any] = {}
        self._root = root
        self._trail: list[Any] = []
        """Where it stands: an index, a key, a Map's key in a tuple, None for no step. As text only once it is needed: keys may be long."""

    def decode(self, data: Any, step: Any = None) -> Any:
        """The value of what is one step further; of what stands in its place already without one."""
        if not isinstance(data, list | dict):
            return data
        self._trail.append(step)
        if isinstance(data, list):
            value: Any = self._fill_list([], data)
        else:
            value = self._tagged(data) if "$" in data else self._fill_dict({}, data)
        self._trail.pop()
        return value

    def _path(self) -> str:
        return self._root + "".join(map(_shown, self._trail))

    def _fill_list(self, out: list[Any], data: list[Any]) -> list[Any]:
        for index, item in enumerate(data):
            out.append(self.decode(item, index))
        return out

    def _fill_dict(self, out: dict[Any, Any], data: dict[str, Any]) -> dict[Any, Any]:
        for key, item in data.items():
            out[key] = self.decode(item, key)
        return out

    def _tagged(self, data: dict[str, Any]) -> Any:
        tag, depth = data["$"], len(self._trail)
        read = _READERS.get(tag) if isinstance(tag, str) else None
        if read is None:
            msg = f"{self._path()}: unknown tag {cut(repr(tag), _SHOWN)}"
            raise PeerError(msg)
        try:
            return read(self, data)
        except JupyterWinError:
            raise
        except _MALFORMED as problem:
            del self._trail[depth:]
            msg = f"{self._path()}: malformed {tag!r}: {cut(str(problem), _SHOWN)}"
            raise PeerError(msg) from problem

    def _define(self, data: dict[str, Any]) -> Any:
        # The empty container is known before it is filled, so that a cycle can point at it.
        inner, number = data["v"], data["n"]
        if isinstance(inner, list):
            known = self._known[number] = []
            return self._fill_list(known, inner)
        if not isinstance(inner, dict):
            msg = "only containers are shared"
            raise TypeError(msg)
        if "$" not in inner:
            known_dict = self._known[number] = {}
            return self._fill_dict(known_dict, inner)
        if inner["$"] in {"map", "obj"}:
            known_dict = self._known[number] = {}
            return self._fill_map(known_dict, inner)
        if inner["$"] == "set":
            known_set: set[Any] = set()
            self._known[number] = known_set
            return self._fill_set(known_set, inner)
        value = self._known[number] = self.decode(inner)
        return value

    def _fill_map(self, out: dict[Any, Any], data: dict[str, Any]) -> dict[Any, Any]:
        for pair in _items(data):
            if not isinstance(pair, list):
                msg = "a pair is a list of two"
                raise TypeError(msg)
            key, item = pair
            decoded = self._hashable("<key>", self.decode(key, "<key>"))
            out[decoded] = self.decode(item, (decoded,))
        return out

    def _fill_set(self, out: set[Any], data: dict[str, Any]) -> set[Any]:
        for index, item in enumerate(_items(data)):
            out.add(self._hashable(index, self.decode(item, index)))
        return out

    def _hashable(self, step: Any, value: Any) -> Any:
        """A page may well have a Map with arrays as keys; Python's dicts and sets cannot."""
        if isinstance(value, list | dict | set) or type(value).__module__ == "numpy":
            path = self._path() + _shown(step)
            raise BadArguments(f"{path}: a {type(value).__name__} cannot be a key of a dict or an item of a set", path)
        return value

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
        return array.reshape(_shape(data["s"])) if "s" in data else array

    def _table(self, data: dict[str, Any]) -> Any:
        raw = self._buffers[_index(data["i"], len(self._buffers))]
        try:
            return read_table(raw)
        except PeerError as problem:
            raise PeerError(f"{self._path()}: {problem}") from problem


def _shown(step: Any) -> str:
    """One step of a path."""
    if step is None:
        return ""
    if isinstance(step, tuple):
        return f"[{cut(repr(step[0]), _SHOWN)}]"
    return f"[{step}]" if isinstance(step, int) else f".{cut(step, _SHOWN)}"


def _items(data: dict[str, Any]) -> list[Any]:
    if not isinstance(data["v"], list):
        msg = "its items are no list"
        raise TypeError(msg)
    return data["v"]


def _shape(lengths: Any) -> list[int]:
    if not (isinstance(lengths, list) and all(type(length) is int and length >= 0 for length in lengths)):
        msg = "a shape is a list of lengths"
        raise TypeError(msg)
    return lengths


def _index(number: Any, length: int) -> int:
    if type(number) is not int or not 0 <= number < length:
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


def _read_date(data: dict[str, Any]) -> datetime | None:
    if isinstance(data["v"], bool):
        msg = "not a number of milliseconds"
        raise TypeError(msg)
    return None if data["v"] is None else _EPOCH + timedelta(milliseconds=data["v"])


def _read_regex(data: dict[str, Any]) -> re.Pattern[str]:
    if len(data["v"]) > _LONGEST_PATTERN:
        msg = f"a pattern of more than {_LONGEST_PATTERN} characters"
        raise ValueError(msg)
    flags = 0
    for letter in data.get("f", ""):
        flags |= _FLAGS.get(letter, 0)
    return re.compile(data["v"], flags)


def _read_error(data: dict[str, Any]) -> Exception:
    return to_exception(msgspec.convert(data["v"], ErrorRecord))


_READERS: dict[str, Callable[[_Decoder, dict[str, Any]], Any]] = {
    "undef": lambda _d, _data: None,
    "num": lambda _d, data: _NUMBERS[data["v"]],
    "int": lambda _d, data: _read_int(data),
    "date": lambda _d, data: _read_date(data),
    "map": lambda d, data: d._fill_map({}, data),  # noqa: SLF001
    "obj": lambda d, data: d._fill_map({}, data),  # noqa: SLF001
    "set": lambda d, data: d._fill_set(set(), data),  # noqa: SLF001
    "re": lambda _d, data: _read_regex(data),
    "buf": lambda d, data: d._array(data),  # noqa: SLF001
    "arrow": lambda d, data: d._table(data),  # noqa: SLF001
    "err": lambda _d, data: _read_error(data),
    "def": lambda d, data: d._define(data),  # noqa: SLF001
    "ref": lambda d, data: d._known[data["n"]],  # noqa: SLF001
}
