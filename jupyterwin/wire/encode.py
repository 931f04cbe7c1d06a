"""Values → (JSON-ready data, binary buffers), as the table in docs/protocol.md says; js/src/wire/encode.ts is its twin.

Pure: it imports numpy and pandas never, and only looks at them when the user's value is already one of theirs.
The fast path is a value that plain JSON can say; sharing and cycles are looked for, and written only where they occur.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec

from jupyterwin.errors import Unserializable
from jupyterwin.wire.fields import fields_of
from jupyterwin.wire.records import to_record
from jupyterwin.wire.scientific import is_scientific, plain_number, scientific

SAFE_INTEGER = 2**53 - 1

Buffers = list[Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class _SharedFoundError(Exception):
    """A container was met twice: encode again, with `def` and `ref`."""


def encode(value: Any, path: str = "value") -> tuple[Any, Buffers]:
    """`value` as JSON-ready data and its buffers (bytes-like, not copied).

    Raises `Unserializable` naming the path of what cannot cross. Runs in the caller's thread.
    """
    try:
        encoder = Encoder(shared=False)
        return encoder.encode(value, path), encoder.buffers
    except _SharedFoundError:
        encoder = Encoder(shared=True)
        return encoder.unwrap(encoder.encode(value, path)), encoder.buffers
    except RecursionError as problem:
        msg = f"{path}: nested too deeply"
        raise Unserializable(msg, path) from problem


class Encoder:
    """One pass over one value. With `shared`, every container is wrapped in a `def` that `unwrap` removes if unused."""

    def __init__(self, *, shared: bool) -> None:
        self.buffers: Buffers = []
        self._shared = shared
        self._seen: dict[int, Any] = {}
        self._keep: list[Any] = []
        self._referenced: set[int] = set()

    def encode(self, value: Any, path: str) -> Any:
        """The form of any value."""
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return _string(value)
        if kind is int:
            return value if -SAFE_INTEGER <= value <= SAFE_INTEGER else _big(value, path)
        if kind is float:
            return _number(value)
        if kind is list:
            return self._container(value, path, self.array)
        if kind is dict:
            return self._container(value, path, self._mapping)
        if kind is tuple:
            return self.array(value, path)
        return self._other(value, kind, path)

    def _container(self, value: Any, path: str, write: Callable[[Any, str], Any]) -> Any:
        key = id(value)
        if key in self._seen:
            if not self._shared:
                raise _SharedFoundError
            self._referenced.add(self._seen[key])
            return {"$": "ref", "n": self._seen[key]}
        number = self._seen[key] = len(self._seen) + 1
        self._keep.append(value)
        if not self._shared:
            return write(value, path)
        return {"$": "def", "n": number, "v": write(value, path)}

    def array(self, value: Sequence[Any], path: str) -> list[Any]:
        """The items of a sequence."""
        out = []
        for index, item in enumerate(value):
            out.append(self.encode(item, f"{path}[{index}]"))
        return out

    def _set(self, value: AbstractSet[Any], path: str) -> dict[str, Any]:
        return {"$": "set", "v": self.array(list(value), path)}

    def _mapping(self, value: Mapping[Any, Any], path: str) -> Any:
        if not all(type(key) is str for key in value):
            return self._map(value, path)
        pairs = {}
        for key, item in value.items():
            pairs[_string(key)] = self.encode(item, f"{path}.{key}")
        return {"$": "obj", "v": [[k, v] for k, v in pairs.items()]} if "$" in pairs else pairs

    def _map(self, value: Mapping[Any, Any], path: str) -> Any:
        if all(isinstance(key, str) for key in value):
            return self._mapping({str(k): v for k, v in value.items()}, path)
        pairs = []
        for key, item in value.items():
            pairs.append([self.encode(key, f"{path}.<key>"), self.encode(item, f"{path}[{key!r}]")])
        return {"$": "map", "v": pairs}

    def _other(self, value: Any, kind: type, path: str) -> Any:
        for types, write in _WRITERS:
            if isinstance(value, types):
                return write(self, value, path)
        fields = fields_of(value)
        if fields is not None:
            return self._mapping(fields, path) if isinstance(fields, dict) else self.array(fields, path)
        if is_scientific(value):
            return scientific(self, value, path)
        name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
        cure = ": expose it" if callable(value) else ""
        msg = f"{path}: a {name} cannot cross to the other process{cure}"
        raise Unserializable(msg, path)

    def buffer(self, data: Any, name: str) -> dict[str, Any]:
        """Binary data, as a typed array of that name."""
        self.buffers.append(data)
        return {"$": "buf", "i": len(self.buffers) - 1, "t": name}

    def unwrap(self, data: Any) -> Any:
        """`data` without the `def`s that nothing refers to."""
        if isinstance(data, list):
            return [self.unwrap(item) for item in data]
        if not isinstance(data, dict):
            return data
        if data.get("$") == "def" and data["n"] not in self._referenced:
            return self.unwrap(data["v"])
        return {key: self.unwrap(item) for key, item in data.items()}


def _big(value: int, path: str) -> dict[str, str]:
    try:
        return {"$": "int", "v": str(value)}
    except ValueError as problem:  # Python's own bound on digits, which the reader has too
        raise Unserializable(f"{path}: an integer of so many digits cannot cross: {problem}", path) from problem


def _string(value: str) -> str:
    if value.isascii() or not _LONE_SURROGATE.search(value):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _number(value: float) -> Any:
    if math.isfinite(value) and (value != 0 or math.copysign(1, value) > 0):
        return value
    return {"$": "num", "v": "nan" if math.isnan(value) else "-0" if value == 0 else "inf" if value > 0 else "-inf"}


def _datetime(value: datetime) -> Any:
    if value != value:  # noqa: PLR0124 -- pandas' NaT is a datetime that is not equal to itself
        return None
    aware = value if value.tzinfo else value.astimezone()
    return {"$": "date", "v": plain_number((aware - _EPOCH) / timedelta(milliseconds=1))}


def _regex(value: re.Pattern[Any]) -> Any:
    names = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
    return {"$": "re", "v": str(value.pattern), "f": "".join(n for bit, n in names.items() if value.flags & bit)}


# Checked in this order: a subclass stands before its base.
_WRITERS: list[tuple[Any, Callable[[Encoder, Any, str], Any]]] = [
    (Enum, lambda e, v, p: e.encode(v.value, p)),
    (bool, lambda _e, v, _p: bool(v)),
    (str, lambda _e, v, _p: _string(str(v))),
    (int, lambda e, v, p: e.encode(int(v), p)),
    (float, lambda _e, v, _p: _number(float(v))),
    (datetime, lambda _e, v, _p: _datetime(v)),
    ((date, time), lambda _e, v, _p: v.isoformat()),
    (timedelta, lambda _e, v, _p: None if v != v else plain_number(v / timedelta(milliseconds=1))),  # noqa: PLR0124
    ((Decimal, PurePath, UUID), lambda _e, v, _p: str(v)),
    ((bytes, bytearray, memoryview), lambda e, v, _p: e.buffer(memoryview(v).cast("B"), "ArrayBuffer")),
    (re.Pattern, lambda _e, v, _p: _regex(v)),
    (BaseException, lambda _e, v, _p: {"$": "err", "v": msgspec.to_builtins(to_record(v))}),
    (Mapping, lambda e, v, p: e._container(v, p, e._map)),  # noqa: SLF001
    (AbstractSet, lambda e, v, p: e._container(v, p, e._set)),  # noqa: SLF001
    (list, lambda e, v, p: e._container(v, p, e.array)),  # noqa: SLF001
    (tuple, lambda e, v, p: e.array(v, p)),
]
