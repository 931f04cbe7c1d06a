"""Origin: which rows of what a chart was given are behind the rows that it draws: the same, some of them, or groups. Nothing is drawn."""

from __future__ import annotations

from typing import Any, Protocol

from jupyterwin.panels.livetable.cells import numpy


class Origin(Protocol):
    """Both ways; rows are arrays or lists of numbers."""

    def original(self, rows: Any) -> Any:
        """Rows of what was given that are behind these drawn ones."""

    def drawn(self, rows: Any) -> Any:
        """Drawn rows that show some of these; those that are not drawn are left out."""


class Same:
    """Every row is drawn."""

    def original(self, rows: Any) -> Any:
        """As they are."""
        return rows

    def drawn(self, rows: Any) -> Any:
        """As they are."""
        return rows


class Picked:
    """Some rows are drawn: those of these numbers, ascending."""

    def __init__(self, numbers: Any) -> None:
        self._numbers = numbers

    def original(self, rows: Any) -> Any:
        """Their numbers."""
        return self._numbers[rows] if numpy() is not None else [self._numbers[row] for row in rows]

    def drawn(self, rows: Any) -> Any:
        """Those that are drawn."""
        np = numpy()
        if np is None:
            places = {number: place for place, number in enumerate(self._numbers)}
            return [places[row] for row in rows if row in places]
        places = np.searchsorted(self._numbers, rows)
        places = np.minimum(places, len(self._numbers) - 1)
        return places[self._numbers[places] == rows]


class Grouped:
    """A drawn row stands for several. `groups`: of each row the drawn one, or -1."""

    def __init__(self, groups: Any) -> None:
        self._groups = groups

    def original(self, rows: Any) -> Any:
        """All that they stand for."""
        np = numpy()
        if np is None:
            wanted = set(rows)
            return [row for row, group in enumerate(self._groups) if group in wanted]
        return np.flatnonzero(np.isin(self._groups, rows))

    def drawn(self, rows: Any) -> Any:
        """Those that stand for one of them."""
        np = numpy()
        there = [row for row in rows if 0 <= row < len(self._groups)]
        found = sorted({int(self._groups[row]) for row in there} - {-1})
        return found if np is None else np.array(found, dtype="int64")
