"""What a user gave for one column → cells of its kind, or an error that names the column, the row and the cure.

It knows one column at a time: no table, no order of rows. Libraries of tables are met by what their columns can do.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.panels.livetable.cells import NAT, Cells, numpy, packed
from jupyterwin.panels.livetable.kinds import BOOL, DATETIME, FLOAT64, INT64, STRING, Group, Kind, spelled

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- naive times are kept as they are written
_MICROSECOND = timedelta(microseconds=1)


Clock = Literal["utc", "as written"]
"""Times that had a time zone are kept as UTC, those without one as they were written."""


class _WrongError(Exception):
    """A value does not fit; the text says what to do."""


class Column:
    """A column's name and kind. `clock`: how its times are meant; None until the first time."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name = name
        self.kind = kind
        self.clock: Clock | None = None

    def cells(self, given: Sequence[Any]) -> tuple[Cells, Clock | None]:
        """The values as cells, and how times among them are meant. Raises `UsageError`; the column is as before."""
        values = _plain(given)
        np = numpy()
        typed = None if np is None else _typed(np, values, self.kind.group)
        if typed is not None and typed.ndim != 1:
            raise self._error(f"an array of shape {typed.shape}; a column has one dimension")
        found = None if typed is None else self._whole(typed)
        if found is None:
            return self._one_by_one(values)
        clock: Clock | None = None
        if self.kind.group is Group.TIME and len(values):
            clock = "utc" if _zone(given) else "as written"
        return found, self._same_zone(clock, 0)

    def settle(self, clock: Clock | None) -> None:
        """The times that are about to be written have a zone, or none. Raises `UsageError` if others got there first."""
        self.clock = self._same_zone(clock, 0)

    def _whole(self, values: Any) -> Cells | None:
        """An array at once, where its dtype says that it fits; None: look at each value."""
        group, have = self.kind.group, values.dtype.kind
        if group is Group.NUMBER and have in "fiub":
            return values.astype(self.kind.dtype)
        if group is Group.INTEGER and have in "iub":
            cells = values.astype(self.kind.dtype)
            return cells if (cells == values).all() and ((cells < 0) == (values < 0)).all() else None
        if group is Group.TRUTH and have == "b":
            return values.copy()
        if group is Group.TIME and have == "M":
            return values.astype("datetime64[us]").view("int64").copy()
        return values.tolist() if group is Group.TEXT and have == "U" else None

    def _one_by_one(self, values: Sequence[Any]) -> tuple[Cells, Clock | None]:
        read = _READERS[self.kind.group]
        out: list[Any] = []
        clock: Clock | None = None
        for row, value in enumerate(values):
            try:
                out.append(read(value))
            except (_WrongError, OverflowError) as wrong:
                raise self._error(f"row {row}: {_shown(value)} is not {self.kind.group.value}; {wrong}") from None
            if self.kind.group is Group.TIME and out[-1] != NAT:
                clock = self._same_zone(_clock_of(value), row, clock)
        try:
            return packed(self.kind, out), clock
        except OverflowError:
            row = next(row for row, value in enumerate(out) if not _has_room(self.kind, value))
            raise self._error(
                f"row {row}: {out[row]} does not fit into {self.kind.name}; declare it int64 or float"
            ) from None

    def _same_zone(self, clock: Clock | None, row: int, before: Clock | None = None) -> Clock | None:
        known = self.clock if before is None else before
        if clock is None or known is None or clock == known:
            return known if clock is None else clock
        have, had = ("a", "none") if clock == "utc" else ("no", "one")
        raise self._error(
            f"row {row}: a time with {have} time zone, the ones before had {had}; give all of them one "
            "(datetime.now(UTC), tz_localize) or none"
        )

    def _error(self, text: str) -> UsageError:
        return UsageError(f"column {self.name!r}: {text}")


def inferred(name: str, given: Sequence[Any]) -> Kind:
    """The kind of a column that nobody declared, by what was given for it first."""
    dtype = getattr(given, "dtype", None) or getattr(given, "type", None)
    known = spelled(str(dtype)) if dtype is not None and getattr(dtype, "kind", "") != "O" else None
    if known is not None:
        return known
    seen = {_group(value) for value in given if not _missing(value)}
    for groups, kind in _INFERRED:
        if seen and seen <= groups:
            missing = kind in {INT64, BOOL} and any(_missing(value) for value in given)
            return FLOAT64 if missing and kind is INT64 else kind
    if not seen:
        cure = "nothing to tell its type by; give the schema, as LiveTable({'name': float, …})"
    else:
        cure = f"values of {' and '.join(sorted({type(value).__name__ for value in given}))}; give the schema, or convert them"
    raise UsageError(f"column {name!r}: {cure}")


_INFERRED: tuple[tuple[frozenset[Group | None], Kind], ...] = (
    (frozenset({Group.TRUTH}), BOOL),
    (frozenset({Group.INTEGER}), INT64),
    (frozenset({Group.INTEGER, Group.NUMBER}), FLOAT64),
    (frozenset({Group.TIME}), DATETIME),
    (frozenset({Group.TEXT}), STRING),
)


def _group(value: Any) -> Group | None:
    for types, group in (
        (bool, Group.TRUTH),
        (str, Group.TEXT),
        (numbers.Integral, Group.INTEGER),
        (numbers.Number, Group.NUMBER),
        (date, Group.TIME),
    ):
        if isinstance(value, types):
            return group
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return {"b": Group.TRUTH, "M": Group.TIME}.get(kind)


# -------------------------------------------------- columns of libraries


def _plain(given: Any) -> Any:
    """A numpy array where the column has one that loses nothing, else a sequence of Python's values."""
    if isinstance(given, list | tuple) or type(given).__module__ in {"numpy", "array"}:
        return given
    nulls = getattr(given, "null_count", 0)
    if hasattr(given, "to_pylist"):  # pyarrow
        whole = not nulls and str(given.type).startswith(("int", "uint", "float", "double", "timestamp", "half"))
        return given.to_numpy() if whole else given.to_pylist()
    if callable(nulls):  # polars
        whole = not nulls() and given.dtype.is_numeric()
        return given.to_numpy() if whole else given.to_list()
    dtype = getattr(given, "dtype", None)
    if dtype is not None and hasattr(given, "to_numpy"):  # pandas
        if getattr(dtype, "tz", None) is not None:
            return given.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return given.to_numpy() if getattr(dtype, "kind", "O") in "iufbM" and not given.isna().any() else list(given)
    return list(given)


def _zone(given: Any) -> Any:
    """The time zone of a library's column of times."""
    for kind in (getattr(given, "dtype", None), getattr(given, "type", None)):
        for name in ("tz", "time_zone"):
            if getattr(kind, name, None):
                return getattr(kind, name)
    return None


def _typed(np: Any, values: Any, group: Group) -> Any:
    """The values as an array whose dtype says what they are, or None."""
    if not isinstance(values, np.ndarray):
        if group in {Group.TEXT, Group.TIME}:
            return None
        try:
            values = np.asarray(values)
        except (ValueError, OverflowError):  # ragged, or too large: the one that is wrong is named later
            return None
    return values if values.dtype.kind in "fiubMU" else None


# -------------------------------------------------- single values


def _missing(value: Any) -> bool:
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def _number(value: Any) -> float:
    if _missing(value):
        return math.nan
    if isinstance(value, str | bytes) or not hasattr(value, "__float__"):
        raise _WrongError("convert it, or declare the column str")
    return float(value)


def _integer(value: Any) -> int:
    if _missing(value):
        raise _WrongError("an int has no missing values: declare the column float, where one is NaN")
    if isinstance(value, str | bytes) or not hasattr(value, "__int__"):
        raise _WrongError("convert it, or declare the column str")
    if int(value) != value:
        raise _WrongError("declare the column float")
    return int(value)


def _truth(value: Any) -> bool:
    if isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b":
        return bool(value)
    raise _WrongError("give True or False, or declare the column float, where a missing one is NaN")


def _time(value: Any) -> int:
    if _missing(value):
        return NAT
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":
        return int(value.astype("datetime64[us]").astype("int64"))
    if isinstance(value, datetime):
        naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return (naive - _EPOCH) // _MICROSECOND
    if isinstance(value, date):
        return (datetime(value.year, value.month, value.day) - _EPOCH) // _MICROSECOND  # noqa: DTZ001
    raise _WrongError("give a datetime (datetime.fromtimestamp(seconds, UTC)), or declare the column float")


def _text(value: Any) -> str | None:
    if isinstance(value, str) or _missing(value):
        return value if isinstance(value, str) else None
    raise _WrongError("give str(…) of it")


_READERS: dict[Group, Callable[[Any], Any]] = {
    Group.NUMBER: _number,
    Group.INTEGER: _integer,
    Group.TRUTH: _truth,
    Group.TIME: _time,
    Group.TEXT: _text,
}


def _clock_of(value: Any) -> Clock:
    return "as written" if getattr(value, "tzinfo", None) is None else "utc"


def _has_room(kind: Kind, value: Any) -> bool:
    try:
        packed(kind, [value])
    except OverflowError:
        return False
    return True


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…"
