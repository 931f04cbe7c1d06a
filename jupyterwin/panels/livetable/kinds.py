"""Kinds of columns of a LiveTable, as one table: how each is kept, and which names of types mean it.

It knows no values and no table; numpy and pyarrow are only read by the names of their types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from jupyterwin.errors import UsageError


class Group(Enum):
    """What the values of a column are."""

    NUMBER = "a float"
    INTEGER = "an int"
    TRUTH = "a bool"
    TIME = "a datetime"
    TEXT = "a str"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column. `code` is the type code of `array` (its numpy dtype has the same size); text has none.

    Times are microseconds since 1970-01-01 in 64 bits. `size` is bytes a value, for text the rough size of a reference.
    """

    name: str
    group: Group
    code: str
    size: int

    @property
    def dtype(self) -> str:
        """The dtype of numpy in which it is kept."""
        return {"string": "object", "datetime": "int64"}.get(self.name, self.name)


FLOAT64 = Kind("float64", Group.NUMBER, "d", 8)
INT64 = Kind("int64", Group.INTEGER, "q", 8)
BOOL = Kind("bool", Group.TRUTH, "B", 1)
DATETIME = Kind("datetime", Group.TIME, "q", 8)
STRING = Kind("string", Group.TEXT, "", 16)

KINDS = {
    kind.name: kind
    for kind in (
        FLOAT64,
        Kind("float32", Group.NUMBER, "f", 4),
        INT64,
        Kind("int32", Group.INTEGER, "i", 4),
        Kind("int16", Group.INTEGER, "h", 2),
        Kind("int8", Group.INTEGER, "b", 1),
        Kind("uint64", Group.INTEGER, "Q", 8),
        Kind("uint32", Group.INTEGER, "I", 4),
        Kind("uint16", Group.INTEGER, "H", 2),
        Kind("uint8", Group.INTEGER, "B", 1),
        BOOL,
        DATETIME,
        STRING,
    )
}

_CLASSES: dict[type, Kind] = {float: FLOAT64, int: INT64, bool: BOOL, str: STRING, datetime: DATETIME, date: DATETIME}

# How numpy, pandas, polars, pyarrow and people spell them; a name that begins so, in small letters.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    *((name, name) for name in KINDS),
    ("timestamp", "datetime"),
    ("date", "datetime"),
    ("double", "float64"),
    ("halffloat", "float32"),
    ("float16", "float32"),
    ("float", "float64"),
    ("int", "int64"),
    ("str", "string"),
    ("utf8", "string"),
    ("large_string", "string"),
    ("large_utf8", "string"),
    ("categor", "string"),
    ("enum", "string"),
    ("dictionary<values=string", "string"),
    ("<u", "string"),
)


def spelled(name: str) -> Kind | None:
    """The kind that a type's name means; None for one that is no column's (``object``, ``list<double>``)."""
    small = name.lower()
    for beginning, kind in _SPELLINGS:
        if small.startswith(beginning):
            return KINDS[kind]
    return None


def declared(column: str, given: Any) -> Kind:
    """The kind of a column as a schema gives it: a class, a dtype, a type of Arrow, or the name of one."""
    if isinstance(given, Kind):
        return given
    if isinstance(given, type):
        for base in given.__mro__:
            if base in _CLASSES:
                return _CLASSES[base]
    name = given.__name__ if isinstance(given, type) else str(given)
    kind = spelled(name.rstrip("_"))
    if kind is None:
        msg = f"schema: column {column!r}: {name!r} is no type of a column; the types are {', '.join(KINDS)}"
        raise UsageError(msg)
    return kind
