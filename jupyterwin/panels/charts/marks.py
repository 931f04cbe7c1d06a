"""`line`, `scatter`, `bar`, `area`: the small chart API. They check options and make a `Chart`, nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from jupyterwin.panels.charts.chart import Chart
from jupyterwin.panels.charts.options import checked

_Range = tuple[float | None, float | None]


def line(
    table: Any,
    *,
    x: str | None = None,
    y: str | Sequence[str] | None = None,
    by: str | None = None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] = "",
    digits: int | None = None,
    range: _Range | None = None,  # noqa: A002 -- what an axis has
    log: bool = False,
    time: Literal["local", "utc"] | None = None,
    last: int | timedelta | None = None,
    sync: str | None = None,
    brush: bool = False,
) -> Chart:
    """A line for each column `y` over the column `x`: ``jw.line(table, x="t", y=["bid", "ask"])``.

    `table`: a `LiveTable`, which it follows, or any table, dict of columns, or values. Without `x` it is the table's index, or the
    number of the row; without `y` all columns of numbers, up to 8. `by`: a column of text that makes a series of each of its values.
    `unit` (text, or text by column), `digits`, `labels` (by column), `range` (lowest, highest) and `log` say how values are written
    and scaled; `time` in which zone times are. `last`: only the newest rows, or the newest time span (a timedelta).

    A drag zooms in, the wheel zooms, a drag with Shift moves, a double click shows all; the keys + - 0 and the arrows do the same.
    Charts of one `sync` key share cross-hair and zoom, in all windows. With `brush` a drag selects a range of x instead, which the
    panel tells as event ``select``.
    """
    return _chart("line", table, locals())


def area(
    table: Any,
    *,
    x: str | None = None,
    y: str | Sequence[str] | None = None,
    by: str | None = None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] = "",
    digits: int | None = None,
    range: _Range | None = None,  # noqa: A002
    stack: bool = False,
    time: Literal["local", "utc"] | None = None,
    last: int | timedelta | None = None,
    sync: str | None = None,
    brush: bool = False,
) -> Chart:
    """Areas down to zero; with `stack` on top of each other. The rest is as in `line`."""
    return _chart("area", table, locals())


def scatter(
    table: Any,
    *,
    x: str | None = None,
    y: str | Sequence[str] | None = None,
    by: str | None = None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] = "",
    digits: int | None = None,
    range: _Range | None = None,  # noqa: A002
    log: bool = False,
    time: Literal["local", "utc"] | None = None,
    last: int | timedelta | None = None,
    sync: str | None = None,
    brush: bool = False,
) -> Chart:
    """A point for each row; with `by` in the colours of that column's values. The rest is as in `line`."""
    return _chart("scatter", table, locals())


def bar(
    table: Any,
    *,
    x: str | None = None,
    y: str | Sequence[str] | None = None,
    by: str | None = None,
    title: str = "",
    labels: Mapping[str, str] | None = None,
    unit: str | Mapping[str, str] = "",
    digits: int | None = None,
    range: _Range | None = None,  # noqa: A002
    stack: bool = False,
    agg: Literal["sum", "mean", "count"] | None = None,
    time: Literal["local", "utc"] | None = None,
    last: int | timedelta | None = None,
    sync: str | None = None,
    brush: bool = False,
) -> Chart:
    """Bars from zero, beside each other or with `stack` on top of each other; `x` may be text.

    Where an x comes more than once the newest row counts, or with `agg` ``"sum"``, ``"mean"`` or ``"count"`` of all rows of that x (and
    `by`), of values that are not missing; a count without `y` is of rows: ``jw.bar(cars, x="Origin", agg="count")``. The rest is
    as in `line`.
    """
    return _chart("bar", table, locals())


def _chart(mark: Any, table: Any, given: dict[str, Any]) -> Chart:
    options = {name: value for name, value in given.items() if name != "table"}
    options["labels"] = dict(options["labels"] or {})
    return Chart(table, checked(mark, **options))
