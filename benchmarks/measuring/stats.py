"""Numbers of several runs, summed up: medians of medians, and a p99 where a run has enough values for one."""

from __future__ import annotations

import math
import statistics

ENOUGH = 100
"""Values of one run from which on its 99th percentile says something."""


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(runs: list[list[float]]) -> dict[str, object]:
    """One result from the runs' values. With few values a run, all are taken together, and min and max tell the rest."""
    together = [value for run in runs for value in run]
    if min(map(len, runs)) >= ENOUGH:
        p50 = statistics.median(statistics.median(run) for run in runs)
        p99: float | None = statistics.median(percentile(run, 0.99) for run in runs)
    else:
        p50, p99 = statistics.median(together), None
    return {
        "p50": rounded(p50),
        "p99": None if p99 is None else rounded(p99),
        "min": rounded(min(together)),
        "max": rounded(max(together)),
        "values": len(together),
        "runs": [rounded(statistics.median(run)) for run in runs],
    }


def rounded(value: float) -> float:
    """Three digits that count, and whole numbers from 100 on."""
    if not value or not math.isfinite(value):
        return value
    places = 2 - math.floor(math.log10(abs(value)))
    return round(value, places) if places > 0 else round(value)
