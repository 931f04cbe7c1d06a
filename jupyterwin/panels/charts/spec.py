"""Options and a table's columns → the chart's specification, as the page reads it (wire.ts). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.charts.options import MOST_SERIES, Options
from jupyterwin.panels.charts.source import NUMBERS, Source
from jupyterwin.panels.livetable.kinds import Group


def spec_of(options: Options, source: Source) -> dict[str, Any] | None:
    """What to draw; None while a live table has no columns yet. Raises `UsageError` for columns that do not fit."""
    groups = source.groups()
    if not groups:
        return None
    for name in options.columns:
        if name not in groups:
            raise UsageError(f"{options.mark}: no column {name!r}; the table has {', '.join(map(repr, groups))}")
    x = options.x or source.index
    if options.by is not None and groups[options.by] is not Group.TEXT:
        raise UsageError(f"{options.mark}: by={options.by!r} is a column of numbers; it wants one of text")
    names = options.y or _all_numbers(options, groups, x)
    for name in names:
        if groups[name] not in NUMBERS:
            raise UsageError(f"{options.mark}: y={name!r} is {groups[name].value}; y wants numbers")
    kind = _x_kind(options, groups, x)
    return {
        "mark": options.mark,
        "x": {
            "name": x,
            "label": options.labels.get(x or "", x or "row"),
            "kind": kind,
            "utc": _utc(options, source, x),
        },
        "y": [{"name": name, "label": options.labels.get(name, name), "unit": _unit(options, name)} for name in names],
        "by": options.by,
        "title": options.title,
        "unit": options.unit if isinstance(options.unit, str) else "",
        "digits": options.digits,
        "range": list(options.range) if options.range else None,
        "log": options.log,
        "stack": options.stack,
        "last": _last(options, kind),
        "sync": options.sync,
        "brush": options.brush,
        "note": source.note,
    }


def columns_of(spec: Mapping[str, Any]) -> list[str]:
    """The columns that travel: those it draws and no others."""
    named = [spec["x"]["name"], *(series["name"] for series in spec["y"]), spec["by"]]
    return list(dict.fromkeys(name for name in named if name is not None))


def _all_numbers(options: Options, groups: Mapping[str, Group], x: str | None) -> tuple[str, ...]:
    names = tuple(name for name, group in groups.items() if group in NUMBERS and name != x)
    if not names:
        raise UsageError(f"{options.mark}: the table has no column of numbers to draw")
    if len(names) > MOST_SERIES:
        raise UsageError(
            f"{options.mark}: {len(names)} columns of numbers; name up to {MOST_SERIES}: y=[{names[0]!r}, …]"
        )
    return names


def _x_kind(options: Options, groups: Mapping[str, Group], x: str | None) -> str:
    if x is None:
        return "row"
    if groups[x] is Group.TEXT and options.mark in {"line", "area"}:
        raise UsageError(f"{options.mark}: x={x!r} is text; draw it with bar, or give numbers or times")
    return {Group.TEXT: "category", Group.TIME: "time"}.get(groups[x], "number")


def _utc(options: Options, source: Source, x: str | None) -> bool:
    """Times without a zone are shown as they were written: they are kept as if they were UTC."""
    if x is not None and source.table.column(x).clock == "as written":
        return True
    return options.time == "utc"


def _unit(options: Options, name: str) -> str:
    return options.unit if isinstance(options.unit, str) else str(options.unit.get(name, ""))


def _last(options: Options, kind: str) -> dict[str, Any]:
    if isinstance(options.last, timedelta):
        if kind != "time":
            raise UsageError(f"{options.mark}: last= is a timedelta, but x is no time; give a number of rows")
        return {"rows": None, "ms": options.last / timedelta(milliseconds=1)}
    return {"rows": options.last, "ms": None}
