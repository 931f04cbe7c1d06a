"""Plain classes: for each, how a value that came from a page becomes one of them. A table; it knows no paths or shapes.

What fits no row is refused by raising `Misfit`; whoever looks a row up says what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any
from uuid import UUID

Convert = Callable[[Any], Any]


class Misfit(ValueError):  # noqa: N818 -- not an error of anybody yet
    """The value is not of that kind; `args[0]`, if any, says more than the kind's name does."""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _instance(kind: type) -> Convert:
    def same(value: Any) -> Any:
        if not isinstance(value, kind):
            raise Misfit
        return value

    return same


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Misfit
    return value


def _int(value: Any) -> int:
    if not _is_number(value) or (isinstance(value, float) and not value.is_integer()):
        raise Misfit
    return int(value)  # -0 and 1e21 are integers too


def _float(value: Any) -> float:
    if not _is_number(value):
        raise Misfit
    return float(value)


def _complex(value: Any) -> complex:
    return complex(_float(value))


def _bytes(kind: Callable[[bytes], Any]) -> Convert:
    def convert(value: Any) -> Any:
        if type(value).__name__ == "ndarray" and value.dtype == "uint8" and value.ndim == 1:
            return kind(value.tobytes())  # a Uint8Array
        if not isinstance(value, bytes | bytearray | memoryview):  # a string is none, in base64 or not
            raise Misfit
        return kind(bytes(value))

    return convert


def _text(kind: Callable[[str], Any], example: str) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, str):
            raise Misfit
        try:
            return kind(value)
        except (ValueError, ArithmeticError) as problem:
            raise Misfit(f"a string like {example!r}") from problem

    return convert


_decimal_text = _text(Decimal, "1.50")


def _decimal(value: Any) -> Decimal:
    return Decimal(repr(value)) if _is_number(value) else _decimal_text(value)


def _timedelta(value: Any) -> timedelta:
    if not _is_number(value) or not math.isfinite(value):
        raise Misfit("milliseconds as a number")
    return timedelta(milliseconds=value)


PLAIN: dict[type, Convert] = {
    type(None): _instance(type(None)),
    bool: _bool,
    int: _int,
    float: _float,
    complex: _complex,
    str: _instance(str),
    bytes: _bytes(bytes),
    bytearray: _bytes(bytearray),
    memoryview: _bytes(memoryview),
    datetime: _instance(datetime),
    date: _text(date.fromisoformat, "2026-01-31"),
    time: _text(time.fromisoformat, "12:30:00"),
    timedelta: _timedelta,
    Decimal: _decimal,
    UUID: _text(UUID, "12345678-1234-5678-1234-567812345678"),
    re.Pattern: _instance(re.Pattern),
}


def plain(kind: type, value: Any) -> Any:
    """`value` as a `kind` of the table, a path, or a numpy scalar. Raises `Misfit`."""
    convert = PLAIN.get(kind)
    try:
        if convert is not None:
            return convert(value)
        if issubclass(kind, PurePath):
            return _text(kind, "folder/file")(value)
        return _numpy_scalar(kind, value)
    except OverflowError as problem:
        raise Misfit(f"a smaller {kind.__name__}") from problem


def _numpy_scalar(kind: type, value: Any) -> Any:
    bases = {base.__name__ for base in kind.__mro__}
    if "bool_" in bases or kind.__name__ == "bool":
        return kind(_bool(value))
    if "integer" in bases:
        return kind(_int(value))
    if "number" in bases:
        return kind(_float(value))
    return _instance(kind)(value)
