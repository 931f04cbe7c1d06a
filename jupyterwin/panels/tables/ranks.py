"""Ranks: texts of Arrow as numbers in the order of the texts, equal for equal ones; without making a text of Python's.

Texts of some length are numbers of a few digits, of eight bytes each: sorting those is several times as fast as comparing texts.
"""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.tables.arrays import numpy
from jupyterwin.panels.tables.ordering import order

_DIGIT = 8
_LONGEST = 64
"""Bytes of a text; longer ones are compared."""


def ranks_of(texts: Any) -> Any:
    """The ranks of a large_string array; those of what is missing mean nothing."""
    np = numpy()
    texts = texts.fill_null("")
    _, ends, data = texts.buffers()
    bounds = np.frombuffer(ends, "int64")[texts.offset : texts.offset + len(texts) + 1]
    longest = int(np.diff(bounds).max(initial=0))
    if longest > _LONGEST:
        return _compared(texts)
    bytes_ = np.frombuffer(data, "uint8") if data is not None else np.zeros(0, "uint8")
    digits = [_digit(bytes_, bounds, place) for place in range(0, max(1, longest), _DIGIT)]
    if len(digits) == 1:
        return digits[0]
    rows = None
    for digit in reversed(digits):
        rows = order(digit, None, rows, descending=False)
    steps = np.zeros(len(texts), dtype=bool)
    for digit in digits:
        found = digit[rows]
        steps[1:] |= found[1:] != found[:-1]
    return _ranks(rows, steps)


def _digit(data: Any, bounds: Any, place: int) -> Any:
    """Eight bytes of each text from a place on, as a number; zeros after its end."""
    np = numpy()
    starts, lengths = bounds[:-1], np.diff(bounds)
    digit = np.zeros((len(starts), _DIGIT), dtype="uint8")
    for at in range(_DIGIT):
        there = lengths > place + at
        digit[there, at] = data[starts[there] + place + at]
    return digit.view(">u8").ravel().astype("uint64")


def _compared(texts: Any) -> Any:
    import pyarrow.compute as pc

    rows = pc.sort_indices(texts).to_numpy()
    found = texts.take(rows)
    steps = numpy().zeros(len(texts), dtype=bool)
    steps[1:] = pc.not_equal(found[1:], found[:-1]).to_numpy(zero_copy_only=False)
    return _ranks(rows, steps)


def _ranks(rows: Any, steps: Any) -> Any:
    """From the rows in order, and whether each differs from the one before."""
    np = numpy()
    ranks = np.empty(len(rows), dtype="int64")
    ranks[rows] = np.cumsum(steps)
    return ranks
