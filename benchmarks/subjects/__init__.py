"""What is measured, each in a module whose MEASUREMENTS maps a name to a function of `Options` that gives a `Result`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

PAGES = Path(__file__).parents[1] / "pages"
BYTES = 1024
"""Text in a call, both ways."""
NUMBERS = 1_250_000
"""float64 values in 10 MB."""
SETTLE = 4.0
"""Seconds from the last change until memory is read."""
PAUSE = 3.0
"""Seconds after which a further window counts as opened later, not at once."""
WINDOWS = (1, 2, 5)
"""How many windows the memory is read at."""


@dataclass(frozen=True)
class Options:
    """How much to measure."""

    count: int
    """Values for a distribution; other numbers follow from it."""


@dataclass
class Result:
    """What one run gave: the values of each metric, and facts about the subject."""

    metrics: dict[str, list[float]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
