"""Options of charts, checked where they are given: a wrong one is refused with its name and the cure. It knows no table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from jupyterwin.errors import UsageError

Mark = Literal["line", "scatter", "bar", "area"]
MOST_SERIES = 8
"""As many colours can be told apart."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a chart was told, as plain data."""

    mark: Mark
    x: str | None = None
    y: tuple[str, ...] = ()
    by: str | None = None
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str | Mapping[str, str] = ""
    digits: int | None = None
    range: tuple[float | None, float | None] | None = None
    log: bool = False
    stack: bool = False
    agg: Literal["sum", "mean", "count"] | None = None
    time: Literal["local", "utc"] | None = None
    last: int | timedelta | None = None
    sync: str | None = None
    brush: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names."""
        return tuple(name for name in (self.x, *self.y, self.by) if name is not None)


def checked(mark: Mark, *, y: str | Sequence[str] | None, **given: Any) -> Options:
    """The options, or a `UsageError`."""
    names = () if y is None else (y,) if isinstance(y, str) else tuple(y)
    for rule, says in _RULES:
        if not rule({**given, "y": names}):
            raise UsageError(f"{mark}: {says}")
    return Options(mark=mark, y=names, **given)


def _is_name(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_range(value: Any) -> bool:
    if value is None:
        return True
    if not isinstance(value, tuple | list) or len(value) != 2:
        return False
    ends = [end for end in value if end is not None]
    return all(isinstance(end, int | float) for end in ends) and (len(ends) < 2 or ends[0] < ends[1])


def _is_last(value: Any) -> bool:
    if isinstance(value, timedelta):
        return value > timedelta(0)
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


_RULES: tuple[tuple[Callable[[dict[str, Any]], bool], str], ...] = (
    (lambda o: _is_name(o.get("x")), "x= is the name of a column"),
    (lambda o: all(isinstance(name, str) for name in o["y"]), "y= is the name of a column, or a list of them"),
    (lambda o: len(set(o["y"])) == len(o["y"]), "y= names a column twice"),
    (lambda o: len(o["y"]) <= MOST_SERIES, f"y= names more than {MOST_SERIES} columns: make two charts of them"),
    (lambda o: _is_name(o.get("by")), "by= is the name of a column of text"),
    (
        lambda o: o.get("by") is None or len(o["y"]) == 1 or (o.get("agg") == "count" and not o["y"]),
        "by= splits one column: give y= one name",
    ),
    (lambda o: o.get("agg") in {None, "sum", "mean", "count"}, "agg= is 'sum', 'mean' or 'count'"),
    (lambda o: _is_range(o.get("range")), "range= is (lowest, highest), where None is left to the values"),
    (lambda o: _is_last(o.get("last")), "last= is a number of rows, or a timedelta"),
    (lambda o: o.get("time") in {None, "local", "utc"}, "time= is 'local' or 'utc'"),
    (lambda o: _is_name(o.get("sync")), "sync= is a text: charts of the same one share cross-hair and zoom"),
    (lambda o: o.get("digits") is None or o["digits"] in range(13), "digits= is how many decimal places, 0 … 12"),
    (
        lambda o: isinstance(o.get("unit", ""), str) or isinstance(o["unit"], Mapping),
        "unit= is a text, or {column: text}",
    ),
    (lambda o: isinstance(o.get("labels", {}), Mapping), "labels= is {column: text}"),
    (lambda o: isinstance(o.get("title", ""), str), "title= is a text"),
)
