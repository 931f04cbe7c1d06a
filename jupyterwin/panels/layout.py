"""Layout: a grid given as text, read into cells. Pure: it knows names and numbers, and no panel.

Each line is a row, each word a column; a name that covers a rectangle is one large cell, ``a|b`` one cell with two tabs, and
``.`` a gap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "."
TAB = "|"


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle of the grid, counted from 0, and the panels that share it, as tabs if there are several."""

    row: int
    column: int
    rows: int
    columns: int
    panels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that do not overlap. Gaps belong to none."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]

    @property
    def panels(self) -> tuple[str, ...]:
        """All panels, in reading order."""
        return tuple(name for cell in self.cells for name in cell.panels)

    def renamed(self, old: str, new: str) -> Grid:
        """With another name for a panel."""
        return self._with(tuple(tuple(new if name == old else name for name in cell.panels) for cell in self.cells))

    def without(self, name: str) -> Grid | None:
        """Without a panel: a gap is left where it was alone, and rows and columns that hold nothing go. None if it was the last."""
        left = [tuple(one for one in cell.panels if one != name) for cell in self.cells]
        cells = tuple(cell for cell in self._with(tuple(left)).cells if cell.panels)
        if not cells:
            return None
        rows = sorted({r for c in cells for r in range(c.row, c.row + c.rows)})
        columns = sorted({n for c in cells for n in range(c.column, c.column + c.columns)})
        moved = tuple(replace(c, row=rows.index(c.row), column=columns.index(c.column)) for c in cells)
        return Grid(len(rows), len(columns), moved)

    def _with(self, panels: tuple[tuple[str, ...], ...]) -> Grid:
        cells = tuple(replace(cell, panels=names) for cell, names in zip(self.cells, panels, strict=True))
        return replace(self, cells=cells)

    def text(self) -> str:
        """As it is written: `parse` reads it back."""
        words = [[GAP] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in words[cell.row : cell.row + cell.rows]:
                row[cell.column : cell.column + cell.columns] = [TAB.join(cell.panels)] * cell.columns
        widths = [max(len(row[n]) for row in words) for n in range(self.columns)]
        lines = (" ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in words)
        return "\n".join(line.rstrip() for line in lines)

    def plain(self) -> dict[str, Any]:
        """As the page is told."""
        cells = [
            {"row": c.row, "column": c.column, "rows": c.rows, "columns": c.columns, "panels": list(c.panels)}
            for c in self.cells
        ]
        return {"rows": self.rows, "columns": self.columns, "cells": cells}


def parse(text: str) -> Grid:
    """Read a layout. Raises `UsageError`, which says which line, and the cure."""
    if not isinstance(text, str):
        msg = f"layout: text is needed, a line for each row, got {type(text).__name__}"
        raise UsageError(msg)
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if not rows:
        msg = "layout: it is empty; name the panels, a line for each row"
        raise UsageError(msg)
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            msg = (
                f"layout: line {number} ({' '.join(row)!r}) has {len(row)} columns, the first has {width}; "
                f"repeat a name to make it wider, or write {GAP!r} for a gap"
            )
            raise UsageError(msg)
    cells = tuple(_cell(word, rows) for word in dict.fromkeys(word for row in rows for word in row) if word != GAP)
    seen: set[str] = set()
    for name in (name for cell in cells for name in cell.panels):
        if name in seen:
            msg = f"layout: {name!r} is in two cells; a panel has one place"
            raise UsageError(msg)
        seen.add(name)
    if not cells:
        msg = f"layout: there are only gaps ({GAP!r}); name a panel"
        raise UsageError(msg)
    return Grid(len(rows), width, cells)


def check_name(name: object) -> None:
    """Refuse what a layout could not name. Raises `UsageError`."""
    if not isinstance(name, str) or not name or any(char.isspace() or char == TAB for char in name) or name == GAP:
        msg = f"name: one word without {TAB!r} is needed, got {name!r}; a panel's title may be anything"
        raise UsageError(msg)


def _cell(word: str, rows: Sequence[Sequence[str]]) -> Cell:
    at = [(r, c) for r, row in enumerate(rows) for c, one in enumerate(row) if one == word]
    top, left = at[0]
    bottom, right = max(r for r, _ in at), max(c for _, c in at)
    left = min(left, *(c for _, c in at))
    if len(at) != (bottom - top + 1) * (right - left + 1):
        msg = f"layout: {word!r} does not fill a rectangle: it is in lines {top + 1} to {bottom + 1}; give it whole rows and columns"
        raise UsageError(msg)
    names = tuple(word.split(TAB))
    if not all(names):
        msg = f"layout: {word!r} names no panel before or after {TAB!r}; write 'a{TAB}b' for two tabs"
        raise UsageError(msg)
    return Cell(top, left, bottom - top + 1, right - left + 1, names)


def automatic(panels: Sequence[str]) -> Grid:
    """As many columns as rows, about; the last row is filled."""
    if not panels:
        return Grid(1, 1, ())
    columns = math.ceil(math.sqrt(len(panels)))
    rows = math.ceil(len(panels) / columns)
    last = len(panels) - (rows - 1) * columns
    unit = math.lcm(columns, last)
    cells = []
    for number, name in enumerate(panels):
        row, place = divmod(number, columns)
        wide = unit // (last if row == rows - 1 else columns)
        cells.append(Cell(row, place * wide, 1, wide, (name,)))
    return Grid(rows, unit, tuple(cells))
