"""Naming: the names of windows that were given none: by the cell that makes them, or by number. It opens no window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.main.ownership import cells

if TYPE_CHECKING:
    from jupyterwin.main.windows import Windows


class Unnamed(str):
    """A name that nobody gave. What its window is like is not remembered."""

    __slots__ = ()


def name_by_cell(windows: Windows) -> str:
    """By the cell that runs and how many it has made: a cell that runs again finds its windows. Those it no longer makes close."""
    run = cells.current
    if run is None:
        return next(name for n in range(1, 10**9) if (name := Unnamed(f"window {n}")) not in windows)
    run.calls += 1
    name = Unnamed(f"cell {run.key[-8:]}.{run.calls}")
    if name not in run.reclaimed:
        run.reclaimed.add(name)
        cells.own_window(name, lambda: _close(windows, name))
    return name


def _close(windows: Windows, name: str) -> None:
    window = windows.get(name)
    if window is not None:
        window.destroy()
