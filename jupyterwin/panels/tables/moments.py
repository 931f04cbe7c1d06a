"""Moments: points in time and durations as numbers of a unit ↔ the text that a person reads and writes. Pure.

A text may be cut after any part: ``2024-03`` is a month. Texts of a zone are read as times of that zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
"""The seconds that 1 is."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?)?)?)?"
)
_LENGTHS = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "ms": 1e-3,
    "s": 1,
    "min": 60,
    "m": 60,
    "h": 3600,
    "d": 86400,
    "w": 604800,
}
_DURATION = re.compile(r"(-?\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|min|m|h|d|w)?[a-z]*\s*")
_CLOCK = re.compile(r"(-)?(?:(\d+)\s*d[a-z]*[ ,]*)?(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?")


def moment_text(value: int, unit: float, zone: str | None) -> str:
    """A point in time, as ISO 8601 with a space between date and time."""
    per_second = round(1 / unit)
    seconds, rest = divmod(value, per_second)
    try:
        when = _EPOCH + timedelta(seconds=seconds)
        when = when if zone is None else when.astimezone(_zone(zone))
    except (OverflowError, ValueError):
        return f"{value} × {unit:g} s since 1970"
    digits = f"{rest:0{len(str(per_second)) - 1}d}".rstrip("0") if rest else ""
    digits = digits.ljust(-(-len(digits) // 3) * 3, "0")
    offset = "" if zone is None else _offset(when)
    return f"{when:%Y-%m-%d %H:%M:%S}".zfill(19) + (f".{digits}" if digits else "") + offset


def _offset(when: datetime) -> str:
    text = f"{when:%z}"
    return f"{text[:3]}:{text[3:5]}"


@lru_cache(maxsize=64)
def _zone(name: str) -> Any:
    if match := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)", name):
        sign = -1 if match[1] == "-" else 1
        from datetime import timezone

        return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3])))
    return ZoneInfo(name)


def duration_text(value: int, unit: float) -> str:
    """A duration as Python writes it; what a microsecond cannot hold is kept as a number of nanoseconds."""
    if unit == UNITS["ns"] and value % 1000:
        return f"{value} ns"
    return str(timedelta(microseconds=value * round(unit * 1e6) if unit >= 1e-6 else value // 1000))


def interval(text: str, unit: float, zone: str | None) -> tuple[int, int] | None:
    """The numbers from … to before … that a written date stands for: a year, a month, a day, … None when it is no date."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    year, *rest = match.groups()
    parts = [int(part) for part in rest[:5] if part is not None]
    try:
        month, day, hour, minute, second = parts + [1, 1, 0, 0, 0][len(parts) :]
        start = datetime(int(year), month, day, hour, minute, second, tzinfo=UTC if zone is None else _zone(zone))
        end = _after(start, len(parts))
    except (ValueError, OverflowError, KeyError):
        return None
    fraction = match[7]
    per_second = round(1 / unit) if unit <= 1 else 0
    first, last = _number(start, unit), _number(end, unit)
    if fraction is None or not per_second:
        return first, last
    step = per_second // 10 ** len(fraction) or 1
    begin = first + int(fraction.ljust(9, "0")) * per_second // 10**9
    return begin, begin + step


def _after(start: datetime, parts: int) -> datetime:
    if parts == 0:
        return start.replace(year=start.year + 1)
    if parts == 1:
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start + (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))[parts - 2]


def _number(when: datetime, unit: float) -> int:
    """Rounded up: what begins within a day begins after that day's number."""
    microseconds = (when - _EPOCH) // timedelta(microseconds=1)
    if unit < 1e-6:
        return microseconds * round(1e-6 / unit)
    return -(-microseconds // round(unit * 1e6))


def seconds(text: str) -> float | None:
    """The seconds that a written duration stands for: ``90``, ``1.5 h``, ``2 d 3 h``, ``1 day 02:00:00``."""
    text = text.strip().lower()
    if clock := _CLOCK.fullmatch(text):
        sign, days, hours, minutes, rest = clock.groups()
        total = int(days or 0) * 86400 + int(hours) * 3600 + int(minutes) * 60 + float(rest or 0)
        return -total if sign else total
    total, at = 0.0, 0
    while at < len(text):
        match = _DURATION.match(text, at)
        if match is None or match.end() == at:
            return None
        total += float(match[1]) * _LENGTHS[match[2] or "s"]
        at = match.end()
    return total if text else None
