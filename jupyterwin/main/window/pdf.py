"""Pdf: a page on paper. Data alone, and the check of what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyterwin.errors import UsageError

PAGE_SIZES = ("A0", "A1", "A2", "A3", "A4", "A5", "A6", "Letter", "Legal", "Ledger", "Tabloid", "Executive")
_SIDES = 4


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a PDF."""

    data: bytes = field(repr=False)

    def __bytes__(self) -> bytes:
        return self.data

    def __len__(self) -> int:
        return len(self.data)

    def save(self, path: str | Path) -> Path:
        """Write it to `path` and return that."""
        target = Path(path)
        target.write_bytes(self.data)
        return target

    def __repr__(self) -> str:
        return f"<Pdf of {len(self.data)} bytes>"


def page_size_of(given: object) -> str:
    """A name of `PAGE_SIZES`, however it is written. Raises `UsageError`."""
    for name in PAGE_SIZES:
        if isinstance(given, str) and given.lower() == name.lower():
            return name
    msg = f"page_size: one of {', '.join(PAGE_SIZES)} is needed, got {given!r}"
    raise UsageError(msg)


def margins_of(given: object) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in millimetres. Raises `UsageError`."""
    sides: list[Any] = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given] * _SIDES
    if len(sides) != _SIDES or any(isinstance(one, bool) or not isinstance(one, int | float) for one in sides):
        msg = f"margins: a number of millimetres, or four of them (left, top, right, bottom), is needed, got {given!r}"
        raise UsageError(msg)
    if not all(0 <= one <= 100 for one in sides):
        msg = f"margins: 0 to 100 millimetres are possible, got {given!r}"
        raise UsageError(msg)
    left, top, right, bottom = map(float, sides)
    return left, top, right, bottom
