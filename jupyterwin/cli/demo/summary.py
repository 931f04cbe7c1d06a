"""What the demo found, and how it is told at the end. Text only; it looks at nothing itself."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyterwin.cli.levels import MEANING
from jupyterwin.cli.terminal import labelled, table


@dataclass
class Summary:
    """Filled while the demo runs."""

    engine: str = ""
    windows: list[dict[str, Any]] = field(default_factory=list)
    """As `inside.about` tells them."""
    click: str = ""
    times: list[float] = field(default_factory=list)
    """Of the round trip, in milliseconds."""
    pictures: list[Path] = field(default_factory=list)

    def text(self) -> str:
        """All of it."""
        rows = [("window", "title", "renderer pid"), *((w["name"], w["title"], w["pid"]) for w in self.windows)]
        levels = sorted({w["sandbox"] for w in self.windows})
        lines = [table(rows), "", labelled("engine", self.engine)]
        lines += [labelled("sandbox", f"{level}: {MEANING[level]}") for level in levels]
        lines.append(labelled("round trip", self._round_trip()))
        lines.append(labelled("click", self.click))
        lines.append(labelled("pictures", ", ".join(map(str, self.pictures))))
        return "\n".join(lines)

    def _round_trip(self) -> str:
        slowest = statistics.quantiles(self.times, n=100)[98]
        return (
            f"{statistics.median(self.times):.1f} ms, page → kernel → page with 1 KB "
            f"(median of {len(self.times)} calls; 99 % within {slowest:.1f} ms)"
        )
