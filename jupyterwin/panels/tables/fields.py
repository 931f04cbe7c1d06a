"""Fields: what a page is told of a column before it has seen its rows: how to align, format and how wide to draw it.

It is told by a sample, spread over the whole column; a page widens what turns out to be too narrow when it is asked to.
"""

from __future__ import annotations

import math
import re
from typing import Any

from jupyterwin.panels.tables.column import Column, Missing

_SAMPLE = 200
"""Rows of a column that are looked at, …"""
_CELLS = 20_000
"""… and cells of a table: of very wide ones fewer rows."""
_DIGITS = 6
_FRACTION = re.compile(r"\.(\d+)")
_MIDNIGHT = " 00:00:00"


def fields_of(columns: list[Column], length: int) -> list[dict[str, Any]]:
    """The fields of a table's columns, ready to cross to a page."""
    return [_field(column, _sample(length, len(columns))) for column in columns]


def _sample(length: int, columns: int) -> list[int]:
    count = min(length, max(20, min(_SAMPLE, _CELLS // max(1, columns))))
    head = min(count, 20)
    step = max(1, length // max(1, count))
    return sorted({*range(head), *range(0, length, step)}) if count else []


def _field(column: Column, rows: list[int]) -> dict[str, Any]:
    cells = column.cells(rows)
    there = [cell for cell in cells if not isinstance(cell, Missing)]
    field: dict[str, Any] = {
        "name": list(column.name),
        "kind": column.kind,
        "type": column.dtype,
        "index": column.index,
    }
    if column.kind == "number":
        field["digits"] = digits = _digits([cell for cell in there if isinstance(cell, float)])
        texts = [_number_text(cell, digits) for cell in there]
    elif column.kind == "date":
        texts = [str(cell) for cell in there]
        field["day"] = all(map(_is_day, texts))
        field["fraction"] = fraction = max(map(_fraction, texts), default=0)
        texts = [text[:10] if field["day"] else _moment(text, fraction) for text in texts]
    else:
        texts = [str(cell) for cell in there]
    texts += [str(cell) for cell in cells if isinstance(cell, Missing)]
    field["chars"] = max(map(len, texts), default=0)
    return field


def _digits(numbers: list[float]) -> int | None:
    """Decimal places that all of them need, at most 6; None when they are written better with an exponent."""
    sizes = [abs(number) for number in numbers if number and math.isfinite(number)]
    if not sizes:
        return 1 if numbers else 0
    if max(sizes) >= 1e15 or max(sizes) < 10**-4:
        return None
    return max(1, *(len(f"{size:.{_DIGITS}f}".rstrip("0").partition(".")[2]) for size in sizes))


def _number_text(cell: Any, digits: int | None) -> str:
    if not isinstance(cell, int | float):
        return str(cell)
    return f"{cell:.4e}" if digits is None else f"{cell:.{digits}f}"


def _is_day(text: str) -> bool:
    """Whether it is a date alone, or midnight, in whatever zone."""
    return len(text) <= 10 or (text[10:19] == _MIDNIGHT and text[19:20] != ".")


def _moment(text: str, fraction: int) -> str:
    """A time as a page writes it: with so many digits of a fraction, and its zone."""
    digits = _FRACTION.match(text, 19)
    zone = text[digits.end() if digits else 19 :]
    return text[:19] + ("." + "0" * fraction if fraction else "") + zone


def _fraction(text: str) -> int:
    """Digits of a second's fraction that it needs: 0, 3, 6 or 9."""
    found = _FRACTION.match(text, 19)
    return -(-len(found[1].rstrip("0")) // 3) * 3 if found else 0
