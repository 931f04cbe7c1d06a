"""Column: one column of any table: its cells as a page draws them, its keys as sorting and filtering take them.

It knows no library of tables: each of those has columns of its own that derive from this one.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyterwin.panels.tables.words import Texts

Rows = Sequence[int]
"""Numbers of rows in a source: a range, a list, an array."""

NUMERIC = frozenset({"integer", "number", "truth", "date", "duration"})
"""Kinds whose keys are numbers; those of all others are words."""


class Missing(str):
    """A value that is not there, by the name its library gives it: ``None``, ``NaN``, ``NaT``, ``NA``, ``null``."""

    __slots__ = ()


NONE, NAN, NAT, NA, NULL = (Missing(name) for name in ("None", "NaN", "NaT", "NA", "null"))


@dataclass(frozen=True)
class Keys:
    """A column as sorting and filtering take it: an array (or a list) of numbers.

    `kind` says what the numbers are; those of `texts` only have their order. `given` are the numbers, or what makes them when a
    sort needs them first. `missing`: an array of truth, or None where nothing is missing. `unit`: the seconds that 1 is, for
    dates (since 1970, in UTC) and durations; `zone`: the time zone in which dates are shown.
    """

    kind: str
    given: Any
    missing: Any = None
    texts: Texts | None = None
    unit: float = 1.0
    zone: str | None = None

    @cached_property
    def values(self) -> Any:
        """The numbers."""
        return self.given() if callable(self.given) else self.given

    def __len__(self) -> int:
        return len(self.values if self.missing is None else self.missing)


class Column:
    """One column. `name` has one part for each level of the header; `kind` says how it is drawn and aligned."""

    def __init__(self, name: tuple[str, ...], kind: str, dtype: str, *, index: bool = False) -> None:
        self.name = name
        self.kind = kind
        self.dtype = dtype
        self.index = index

    def cells(self, rows: Rows) -> list[Any]:
        """What these rows hold: numbers, truths and texts; `Missing` where nothing is."""
        raise NotImplementedError

    def keys(self) -> Keys:
        """The whole column, as numbers. Takes long for texts: whoever calls keeps it."""
        raise NotImplementedError


# -------------------------------------------------- one value

_MISSING_TYPES = {"NoneType": NONE, "NaTType": NAT, "NAType": NA}
_short = reprlib.Repr()
_short.maxlist = _short.maxtuple = _short.maxset = _short.maxfrozenset = _short.maxdict = _short.maxdeque = 100
_short.maxstring = _short.maxother = _short.maxlong = 1000
_CONTAINERS = (list, tuple, dict, set, frozenset)


def cell(value: Any) -> Any:
    """Any value as a cell: what is no number, truth or text becomes its text."""
    kind = type(value)
    if kind is str or kind is bool or kind is int:
        return value
    if kind is float:
        return value if value == value else NAN  # noqa: PLR0124 -- NaN is not equal to itself
    if (missing := _MISSING_TYPES.get(kind.__name__)) is not None:
        return missing
    if kind.__module__ == "numpy":
        return _numpy_cell(value)
    return text_of(value)


def _numpy_cell(value: Any) -> Any:
    kind = getattr(getattr(value, "dtype", None), "kind", "O")
    if getattr(value, "ndim", 1) != 0:
        return text_of(value)
    if kind in "Mm":
        text = str(value)
        return NAT if text == "NaT" else text.replace("T", " ") if kind == "M" else _duration(value, text)
    if kind == "f":  # by its own shortest text: 0.1 of 32 bits is not 0.10000000149011612
        number = float(str(value))
        return number if math.isfinite(number) or number == number else NAN  # noqa: PLR0124
    return cell(value.item()) if kind in "biuUS" else text_of(value)


def _duration(value: Any, text: str) -> str:
    exact = value.item()
    return str(exact) if isinstance(exact, timedelta) else text


def text_of(value: Any) -> str:
    """The text of any object, of bounded length for containers. Never raises."""
    try:
        if isinstance(value, _CONTAINERS):
            return _short.repr(value)
        return repr(value) if isinstance(value, bytes) else str(value)
    except Exception:  # noqa: BLE001 -- code of the object's class
        return f"<{type(value).__name__}>"


_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "truth"),
    ((int,), "integer"),
    ((float, int, Decimal), "number"),
    ((datetime,), "date"),
    ((date,), "date"),
    ((timedelta,), "duration"),
    ((str, time), "text"),
)


def kind_of(values: Sequence[Any]) -> str:
    """What these Python values are, all of them that are there; ``mixed`` when they are not of one kind."""
    kinds = {type(value) for value in values if type(value).__name__ not in _MISSING_TYPES}
    if not kinds:
        return "mixed"
    for types, kind in _KINDS:
        if all(_is(each, types) for each in kinds):
            return kind
    return "mixed"


def _is(kind: type, types: tuple[type, ...]) -> bool:
    if kind.__module__ == "numpy":
        names = {"bool": bool, "int": int, "uint": int, "float": float, "str_": str}
        kind = names.get(kind.__name__.rstrip("0123456789_") or "", names.get(kind.__name__, kind))
    if kind is bool:
        return bool in types
    if issubclass(kind, datetime):
        return datetime in types
    return issubclass(kind, types)
