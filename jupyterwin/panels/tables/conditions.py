"""Conditions: what a person writes to filter a column, or to search all of them → where it is true. It sorts nothing.

| Written | Finds |
|---|---|
| `lon` | texts that hold it, whatever their case; numbers and dates that begin so: `12.3` also 12.34, `2024-03` all of March |
| `= lon` `!= lon` `!lon` | exactly that; anything but that; what does not hold it (what is missing does not, either) |
| `> 5` `>= 5` `< 5` `<= 5` | numbers, dates, durations |
| `5..10` | from 5 to 10, both included; one side may be left out |
| `missing` `!missing` | where nothing is; where something is |
| `"> 5"` | a text in quotes is only a text |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.panels.tables import arrays, moments
from jupyterwin.panels.tables.column import Keys

_OPERATOR = re.compile(r"\s*(<=|>=|==|!=|<|>|=|!)?\s*(.*?)\s*", re.DOTALL)
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_TRUE, _FALSE = {"true", "yes", "1", "t", "y"}, {"false", "no", "0", "f", "n"}

Span = tuple[Any, Any, bool]
"""The numbers that a written value stands for: from, to, and whether the last one is in it."""


@dataclass(frozen=True)
class Condition:
    """A condition on one column, as it is written."""

    text: str

    def mask(self, keys: Keys) -> Any:
        """An array of truths. Raises `UsageError`, which says what could be written instead."""
        operator, operand = _parts(self.text)
        if operand == "missing" and operator in {None, "=", "!", "!="}:
            missing = arrays.constant(False, len(keys)) if keys.missing is None else keys.missing
            return arrays.inverted(missing) if operator in {"!", "!="} else missing
        found = _texts(keys, operator, operand) if keys.texts is not None else _numbers(keys, operator, operand)
        if operator in {"!", "!="}:
            return arrays.inverted(_there(found, keys))
        return _there(found, keys)


def _parts(text: str) -> tuple[str | None, str]:
    match = _OPERATOR.fullmatch(text)
    operator, operand = (match[1], match[2]) if match else (None, text)
    return ("=" if operator == "==" else operator), operand


def _there(found: Any, keys: Keys) -> Any:
    return found if keys.missing is None else arrays.both(found, arrays.inverted(keys.missing))


# -------------------------------------------------- texts


def _texts(keys: Keys, operator: str | None, operand: str) -> Any:
    texts, quoted = keys.texts, _QUOTED.fullmatch(operand)
    needle = quoted[1] if quoted else operand
    if texts is None or operator in {"<", "<=", ">", ">="}:
        raise UsageError(f"{operator} is for numbers and dates; a text is found by a part of it, or by = and all of it")
    return texts.equal(needle) if operator in {"=", "!="} else texts.containing(needle)


# -------------------------------------------------- numbers, dates, durations, truths


def _numbers(keys: Keys, operator: str | None, operand: str) -> Any:
    if ".." in operand and operator in {None, "=", "!", "!="}:
        low, high = (part.strip() for part in operand.split("..", 1))
        first = _span(keys, low)[0] if low else None
        last = _span(keys, high) if high else None
        return arrays.both(
            _test(keys, ">=", first) if first is not None else None, _upto(keys, last) if last is not None else None
        )
    start, end, closed = _span(keys, operand, exact=operator is not None and operator != "!")
    if operator in {">", ">="}:
        return _test(keys, ">=", start) if operator == ">=" else arrays.inverted(_upto(keys, (start, end, closed)))
    if operator in {"<", "<="}:
        return _test(keys, "<", start) if operator == "<" else _upto(keys, (start, end, closed))
    if start == end:
        return _test(keys, "==", start)
    lowest, highest = _test(keys, ">=", start), _upto(keys, (start, end, closed))
    if not closed and end < start:  # negative numbers begin at their other end
        return arrays.both(_test(keys, "<=", start), _test(keys, ">", end))
    return arrays.both(lowest, highest)


def _upto(keys: Keys, span: Span) -> Any:
    _, end, closed = span
    return _test(keys, "<=" if closed else "<", end)


def _test(keys: Keys, test: str, number: Any) -> Any:
    return arrays.compare(keys.values, test, number)


def _span(keys: Keys, written: str, *, exact: bool = True) -> Span:
    span = _SPANS[keys.kind](keys, written, exact)
    if span is None:
        raise UsageError(f"{written!r} is {_WANTED[keys.kind]}")
    return span


def _number_span(_: Keys, written: str, exact: bool) -> Span | None:  # noqa: FBT001 -- called by the table
    try:
        number = Decimal(written.replace(",", "").replace("_", "").replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        return None
    value = float(number) if number.as_tuple().exponent != 0 or abs(number) > 2**53 else int(number)
    if number.is_infinite() or number.is_nan() or exact:
        return value, value, True
    step = float(Decimal(1).scaleb(int(number.as_tuple().exponent)))
    return value, value + (-step if written.startswith(("-", "\N{MINUS SIGN}")) else step), False


def _date_span(keys: Keys, written: str, _: bool) -> Span | None:  # noqa: FBT001
    found = moments.interval(written, keys.unit, keys.zone)
    return None if found is None else (*found, False)


def _duration_span(keys: Keys, written: str, _: bool) -> Span | None:  # noqa: FBT001
    found = moments.seconds(written)
    return None if found is None else (found / keys.unit, found / keys.unit, True)


def _truth_span(_: Keys, written: str, __: bool) -> Span | None:  # noqa: FBT001
    word = written.lower()
    return (1, 1, True) if word in _TRUE else (0, 0, True) if word in _FALSE else None


_SPANS: dict[str, Callable[[Keys, str, bool], Span | None]] = {
    "integer": _number_span,
    "number": _number_span,
    "date": _date_span,
    "duration": _duration_span,
    "truth": _truth_span,
}
_WANTED = {
    "integer": "no number: 5, > 5, 5..10",
    "number": "no number: 5, > 0.5, 1..2.5",
    "date": "no date: 2024, 2024-03, > 2024-03-15 12:00",
    "duration": "no duration: > 90 s, 1.5 h, 1 day 02:00:00",
    "truth": "neither true nor false",
}


def found_anywhere(text: str, keys: Keys) -> Any:
    """Where a column holds what is searched for in all columns; None where it cannot hold it."""
    literal = f'"{text.strip()}"'
    if keys.texts is not None:
        return _there(_texts(keys, None, literal), keys)
    try:
        return _there(_numbers(keys, None, text.strip()), keys)
    except UsageError:
        return None
