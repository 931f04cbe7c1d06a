"""A feed into a LiveTable that windows follow: ``python benchmarks/feed.py [--seconds 60] [--columns 100] [--rate 50000]``.

Told are rows that were lost in the table, frames a second in the page, how far the page was behind, and the kernel's
memory. It measures; it passes no judgement.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from pathlib import Path

import numpy as np
from measuring.machine import facts
from measuring.memory import pss
from measuring.screen import screen

import jupyterwin as jw

PAGES = Path(__file__).parent / "pages"
FRAMES = (PAGES / "frames.js").read_text()
SHOWN = (PAGES / "shown.js").read_text()
BATCHES = 100
"""Appends in a second."""
KEEP = 100_000
CHARTED = ("c1", "c2", "c3")


class Feed(threading.Thread):
    """Appends at an even pace: column `n` counts the rows, the others are noise around it."""

    def __init__(self, table: jw.LiveTable, columns: int, rate: int, seconds: float) -> None:
        super().__init__()
        self._table = table
        self._columns = columns
        self._rows = rate // BATCHES
        self._batches = int(seconds * BATCHES)
        self.took: list[float] = []
        self.given = 0

    def run(self) -> None:
        noise = np.random.default_rng(1).normal(size=(self._columns, self._rows)).cumsum(axis=1)
        start = time.monotonic()
        for batch in range(self._batches):
            time.sleep(max(0.0, start + batch / BATCHES - time.monotonic()))
            numbers = np.arange(self.given, self.given + self._rows, dtype=float)
            columns = {f"c{at}": noise[at] + at for at in range(1, self._columns)}
            began = time.perf_counter()
            self._table.append({"n": numbers, **columns})
            self.took.append(time.perf_counter() - began)
            self.given += self._rows


def measure(columns: int, rate: int, seconds: float) -> dict:
    """One run."""
    names = ["n", *(f"c{at}" for at in range(1, columns))]
    table = jw.LiveTable(dict.fromkeys(names, float), keep=KEEP)
    table.append(dict.fromkeys(names, np.zeros(1)))
    table.clear()
    window = jw.open("feed", content=jw.line(table, x="n", y=list(CHARTED)), width=1000, height=600)
    window.ready().result(60)
    window.eval(FRAMES).result(30)
    feed = Feed(table, columns, rate, seconds)
    begun = table.total
    memory = []
    feed.start()
    while feed.is_alive():
        feed.join(1)
        memory.append(pss(os.getpid()))
    ended = time.perf_counter()
    counted = window.eval("framesCounted()").result(30)
    window.eval(SHOWN % f"{feed.given - 1:,}", timeout=30).result(40)
    behind = time.perf_counter() - ended
    frames = sorted(counted["seconds"])
    window.close()
    return {
        "rows given": feed.given,
        "seconds": len(frames),
        "rows lost": lost_after(table, begun, feed.given),
        "frames a second: median": frames[len(frames) // 2],
        "frames a second: least": frames[0],
        "longest time between two frames, ms": round(counted["longest"], 1),
        "an append: median, ms": round(float(np.median(feed.took)) * 1000, 2),
        "an append: longest, ms": round(max(feed.took) * 1000, 1),
        "kernel memory after 1/4, MB": round(memory[len(memory) // 4]),
        "kernel memory at the end, MB": round(memory[-1]),
        "the last row is told by the page after, ms": round(behind * 1000),
    }


def lost_after(table: jw.LiveTable, begun: int, given: int) -> int:
    """How many rows that were given did not arrive, or are not in order among those kept."""
    kept = table["n"]
    expected = np.arange(given - len(kept), given, dtype=float)
    return abs(table.total - begun - given) + int((kept != expected).sum())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--columns", type=int, default=100)
    parser.add_argument("--rate", type=int, default=50_000, help="rows a second")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there")
    chosen = parser.parse_args()
    with screen() as shown:
        machine = facts(shown)
        result = measure(chosen.columns, chosen.rate, chosen.seconds)
        jw.app.quit()
    print(f"{chosen.columns} columns, {chosen.rate:,} rows a second, {KEEP:,} rows kept, {len(CHARTED)} charted\n")
    for name, value in result.items():
        print(f"{name:40} {value:,}" if isinstance(value, int | float) else f"{name:40} {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps({"machine": machine, "result": result}, indent=1) + "\n")


if __name__ == "__main__":
    main()
