"""The few operations on arrays that sorting and filtering need: numpy's, or on lists where numpy is not installed.

It knows no tables. An array of rows is what `order` and `rows_where` give; None stands for all rows in their own order.
"""

from __future__ import annotations

import operator
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

_TESTS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
}


def numpy() -> Any:
    """numpy, or None where it is not installed."""
    if "numpy" not in sys.modules:
        try:
            import numpy  # noqa: ICN001
        except ImportError:
            return None
        return numpy
    return sys.modules["numpy"]


def is_list(values: Any) -> bool:
    """Whether it is the kind of array that is used where numpy is missing."""
    return isinstance(values, list)


def from_values(values: list[Any], *, whole: bool) -> Any:
    """An array of Python numbers; of floats where integers are too large for 64 bits, or `whole` is not."""
    np = numpy()
    if np is None:
        return values
    try:
        return np.array(values, dtype="int64" if whole else "float64")
    except OverflowError:
        return np.array([float(value) for value in values])


def truths(values: Iterable[Any]) -> Any:
    """An array of truths."""
    np = numpy()
    made = [bool(value) for value in values]
    return made if np is None else np.array(made, dtype=bool)


def any_of(values: Any) -> bool:
    """Whether one of them is true."""
    return any(values) if is_list(values) else bool(values.any())


def compare(values: Any, test: str, other: Any) -> Any:
    """The truth of a test for each value."""
    check = _TESTS[test]
    return [check(value, other) for value in values] if is_list(values) else check(values, other)


def both(a: Any, b: Any) -> Any:
    """Where both are true. None stands for: everywhere."""
    if a is None or b is None:
        return b if a is None else a
    return [x and y for x, y in zip(a, b, strict=True)] if is_list(a) else a & b


def either(a: Any, b: Any) -> Any:
    """Where one of them is true. None stands for: nowhere."""
    if a is None or b is None:
        return b if a is None else a
    return [x or y for x, y in zip(a, b, strict=True)] if is_list(a) else a | b


def inverted(a: Any) -> Any:
    """Where it is not true."""
    return [not x for x in a] if is_list(a) else ~a


def constant(value: bool, length: int) -> Any:  # noqa: FBT001
    """The same truth `length` times."""
    np = numpy()
    return [value] * length if np is None else np.full(length, value)


def pick(values: Any, codes: Any) -> Any:
    """The value that each code stands for. A code of -1 gives any."""
    if is_list(codes):
        return [bool(len(values)) and values[code] for code in codes]
    return values[codes] if len(values) else codes >= 0


def rows_where(mask: Any) -> Any:
    """The rows at which it is true."""
    if is_list(mask):
        return [row for row, true in enumerate(mask) if true]
    return numpy().flatnonzero(mask)


def compact(rows: Any) -> Any:
    """The rows in as little memory as they need: they are kept."""
    if rows is None or is_list(rows):
        return rows
    return rows.astype("uint32") if not len(rows) or rows.max() < 2**32 else rows


def listed(rows: Sequence[int]) -> list[int]:
    """Rows as Python numbers."""
    return rows if isinstance(rows, list) else list(rows) if isinstance(rows, range) else list(map(int, rows))


def joined(parts: list[Any], begins: int) -> Any:
    """Rows one after another, each counted from `begins`: an array, or a list."""
    np = numpy()
    if np is None:
        return [begins + row for part in parts for row in listed(part)]
    return begins + np.concatenate([np.arange(0), *(np.asarray(part, dtype="int64") for part in parts)])


def numbered(rows: Any) -> Any:
    """Numbers of rows that somebody gave: an array, or a list. Raises `TypeError` or `ValueError` for what is none."""
    np = numpy()
    if np is None:
        return [operator.index(row) for row in rows]
    made = np.asarray(rows if hasattr(rows, "__len__") else list(rows))
    if made.ndim != 1 or (made.size and made.dtype.kind not in "iu"):
        raise TypeError(rows)
    return made.astype("int64", copy=False)


def is_same(a: Any, b: Any) -> bool:
    """Whether two arrays hold the same."""
    np = numpy()
    return a is b or (list(a) == list(b) if np is None else bool(np.array_equal(a, b)))


def places_of(rows: Any, order: Any, length: int) -> Any:
    """Where in `order`, of all or some of `length` rows, these rows stand; ascending. Those that are not there are left out."""
    if is_list(rows):
        wanted = set(rows)
        return [place for place, row in enumerate(order) if row in wanted]
    np = numpy()
    mask = np.zeros(length, dtype=bool)
    mask[rows[(rows >= 0) & (rows < length)]] = True
    return np.flatnonzero(mask if isinstance(order, range) else mask[order])


def spans_of(places: Any) -> array[int]:
    """Ascending places as spans: from, to before, from, to before …"""
    spans = array("i")
    if is_list(places):
        for place in places:
            if spans and spans[-1] == place:
                spans[-1] = place + 1
            else:
                spans.extend((place, place + 1))
        return spans
    np = numpy()
    breaks = np.flatnonzero(np.diff(places) != 1)
    starts = places[np.concatenate([[0], breaks + 1])] if len(places) else places
    stops = places[np.concatenate([breaks, [len(places) - 1]])] + 1 if len(places) else places
    spans.frombytes(np.stack([starts, stops], axis=1).astype("int32").tobytes())
    return spans
