"""Part: one column of a still table, read once: what it is, and its cells. A chart's source is made of parts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from jupyterwin.panels.livetable import LiveTable
from jupyterwin.panels.livetable.cells import Cells, numpy
from jupyterwin.panels.livetable.convert import Column
from jupyterwin.panels.livetable.export import values


class Part(NamedTuple):
    """A column and its cells."""

    column: Column
    cells: Cells

    def at(self, rows: Any) -> Part:
        """Some rows of it."""
        if numpy() is None or isinstance(self.cells, list):
            return self._replace(cells=type(self.cells)(*_made(self.cells, [self.cells[row] for row in rows])))
        return self._replace(cells=self.cells[rows])


def _made(cells: Cells, picked: list[Any]) -> tuple[Any, ...]:
    return (picked,) if isinstance(cells, list) else (cells.typecode, picked)


def part_of(name: str, given: Any) -> Part:
    """What was given for a column. Raises `UsageError` for what is no column of numbers, times or text."""
    table = LiveTable(keep=max(1, len(given)))
    table.append({name: given})
    return Part(table.column(name), table.rows_since(-1, [name]).columns[name])


def table_of(parts: Mapping[str, Part]) -> LiveTable:
    """A table of them."""
    count = max((len(part.cells) for part in parts.values()), default=0)
    table = LiveTable({name: part.column.kind.name for name, part in parts.items()}, keep=max(1, count))
    table.append({name: values(part.column, part.cells) for name, part in parts.items()})
    for name, part in parts.items():
        table.column(name).clock = part.column.clock
    return table
