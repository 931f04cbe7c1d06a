"""Picture: a PNG of a window, which shows itself in a notebook. Data alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picture:
    """What a window shows: PNG bytes, and its size in physical pixels."""

    png: bytes = field(repr=False)
    width: int
    height: int

    def save(self, path: str | Path) -> Path:
        """Write the PNG to `path` and return it."""
        target = Path(path)
        target.write_bytes(self.png)
        return target

    def _repr_png_(self) -> bytes:
        return self.png
