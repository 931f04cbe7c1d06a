"""Cells: one column's values as they lie in memory: numpy's arrays where numpy is installed, else those of `array`; text is a list.

It knows no names of columns and no rows; it neither checks nor converts what a user gave.
"""

from __future__ import annotations

from array import array
from typing import Any

from jupyterwin.panels.livetable.kinds import Group, Kind

Cells = Any
"""A numpy array, an ``array``, or a list of str and None: each can be cut and assigned by slices."""

NAT = -(2**63)
"""A time that is missing."""


def numpy() -> Any:
    """numpy, or None where it is not installed. It is imported by the first table, never by importing this package."""
    try:
        import numpy as np
    except ImportError:
        return None
    return np


def blank(kind: Kind, count: int) -> Cells:
    """Cells for so many values; what they hold means nothing yet."""
    np = numpy()
    if kind.group is Group.TEXT:
        return [None] * count
    return array(kind.code, bytes(kind.size * count)) if np is None else np.empty(count, kind.dtype)


def packed(kind: Kind, values: list[Any]) -> Cells:
    """Cells of values that are right already. Raises OverflowError for a number that the kind has no room for."""
    np = numpy()
    if kind.group is Group.TEXT:
        return values
    return array(kind.code, values) if np is None else np.array(values, kind.dtype)


def joined(first: Cells, second: Cells) -> Cells:
    """Both, one after the other, in memory of their own."""
    if isinstance(first, list | array):
        return first + second
    return numpy().concatenate((first, second))


class Ring:
    """The newest `keep` values of one column. Rows are counted from 0; the caller says which rows, and holds the lock."""

    def __init__(self, kind: Kind, keep: int) -> None:
        self._kind = kind
        self._keep = keep
        self._cells: Cells = blank(kind, 0)

    def write(self, row: int, given: Cells) -> None:
        """Put values at row, row + 1, …: not more than `keep`."""
        self._grow(row + len(given))
        at = row % self._keep
        before_end = min(len(given), self._keep - at)
        self._cells[at : at + before_end] = given[:before_end]
        if before_end < len(given):
            self._cells[: len(given) - before_end] = given[before_end:]

    def read(self, first: int, last: int) -> Cells:
        """A copy of the values of rows first … last - 1."""
        if last <= first:
            return blank(self._kind, 0)
        at, end = first % self._keep, (last - 1) % self._keep + 1
        if at < end:
            cells = self._cells[at:end]
            return cells.copy() if hasattr(cells, "base") else cells
        return joined(self._cells[at:], self._cells[:end])

    def _grow(self, rows: int) -> None:
        """A table that stays small stays small in memory; one that is full is never moved again."""
        have = len(self._cells)
        if have >= min(rows, self._keep):
            return
        more = min(self._keep, max(rows, 2 * have, 1024))
        self._cells = joined(self._cells, blank(self._kind, more - have))
