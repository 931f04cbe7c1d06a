"""Arrangement: what a person does to a board with the mouse: sizes of tracks, chosen tabs, what is maximised. Pure.

It comes from a page or a file, so all of it is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from jupyterwin.panels.layout import Grid


_MOST = 1e9
"""A share is less, and more than the inverse of it."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Shares of the width and height by track (empty: all alike), the chosen ones of tabs, what is maximised."""

    columns: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()
    chosen: frozenset[str] = field(default_factory=frozenset)
    """Panels that are seen, of those that share a cell; the first of a cell without."""
    maximized: str | None = None

    def plain(self) -> dict[str, Any]:
        """As the page is told, and as a file holds it."""
        return {
            "columns": list(self.columns),
            "rows": list(self.rows),
            "chosen": sorted(self.chosen),
            "maximized": self.maximized,
        }

    def fitting(self, grid: Grid) -> Arrangement:
        """What of it is possible in this grid."""
        names = set(grid.panels)
        return Arrangement(
            self.columns if len(self.columns) == grid.columns else (),
            self.rows if len(self.rows) == grid.rows else (),
            self.chosen & names,
            self.maximized if self.maximized in names else None,
        )

    def renamed(self, old: str, new: str) -> Arrangement:
        """With another name for a panel."""
        chosen = frozenset(new if name == old else name for name in self.chosen)
        return replace(self, chosen=chosen, maximized=new if self.maximized == old else self.maximized)


def parse(given: Any) -> Arrangement:
    """Read what `Arrangement.plain` gave. Raises `UsageError` naming the field."""
    if not isinstance(given, Mapping):
        raise _wrong("arrangement", "a dict", given)
    maximized = given.get("maximized")
    if maximized is not None and not isinstance(maximized, str):
        raise _wrong("maximized", "the name of a panel, or None", maximized)
    chosen = given.get("chosen", ())
    if isinstance(chosen, str) or not isinstance(chosen, Sequence) or not all(isinstance(one, str) for one in chosen):
        raise _wrong("chosen", "a list of names", chosen)
    return Arrangement(
        shares("columns", given.get("columns", ())), shares("rows", given.get("rows", ())), frozenset(chosen), maximized
    )


def shares(name: str, given: Any) -> tuple[float, ...]:
    """Positive numbers, made to sum up to 1. Raises `UsageError`."""
    if isinstance(given, str) or not isinstance(given, Sequence) or not all(_positive(one) for one in given):
        raise _wrong(name, "a list of positive numbers, one for each of them", given)
    total = sum(given)
    return tuple(one / total for one in given)


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 / _MOST < value < _MOST


def _wrong(name: str, needed: str, got: object) -> UsageError:
    return UsageError(f"{name}: {needed} is needed, got {got!r:.100}")
