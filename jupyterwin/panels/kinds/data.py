"""Data: dicts, lists and scalars as a tree that opens where one looks. It knows no library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jupyterwin.panels.kinds.figures.kept import Kept

_MOST = 50_000
"""Nodes that travel; what is left out is told."""
_DEEPEST = 64
_LONGEST = 10_000
"""Characters of a string."""


class Tree(Kept):
    """Plain data. What is no plain data inside is shown by its ``repr``."""

    kind = "json"

    @property
    def title(self) -> str:
        """What it is."""
        return "Data"

    def make(self) -> dict[str, Any]:
        """``{"data": …, "left": number of nodes that were left out}``."""
        left = _Left(_MOST)
        return {"data": left.plain(self.obj, 0), "left": left.out}


class _Left:
    """How much may still travel."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.out = 0

    def plain(self, obj: Any, depth: int) -> Any:
        self.nodes -= 1
        if isinstance(obj, bool | int | float | None):
            return obj
        if isinstance(obj, str):
            return obj if len(obj) <= _LONGEST else f"{obj[:_LONGEST]}…"
        if isinstance(obj, Mapping) and depth < _DEEPEST:
            return {str(key): self.plain(value, depth + 1) for key, value in self._some(list(obj.items()))}
        if isinstance(obj, list | tuple | set | frozenset) and depth < _DEEPEST:
            return [self.plain(value, depth + 1) for value in self._some(list(obj))]
        text = repr(obj)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def _some(self, items: list[Any]) -> list[Any]:
        room = max(0, self.nodes)
        self.out += max(0, len(items) - room)
        return items[:room]


def content_of(obj: Any) -> Tree | None:
    """The content of a dict or a list."""
    return Tree(obj) if isinstance(obj, dict | list | tuple) else None
