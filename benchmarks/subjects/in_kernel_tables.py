"""What the cells of the measurement of tables run, inside the kernel: ten million rows of pandas, from `show` to the screen."""

from __future__ import annotations

import time
from typing import Any

DEADLINE = 80.0
ROWS = 10_000_000

_UNTIL = """
while (!({condition})) await new Promise((done) => requestAnimationFrame(done));
await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
"""
_THERE = "document.querySelectorAll('.jw-t-row').length > 5"
_SETTLED = f"{_THERE} && !document.querySelector('.jw-is-awaited, .jw-is-old, .jw-table.jw-is-busy')"
_FIRST = "[...document.querySelectorAll('.jw-t-row')].find((row) => !row.hidden).children"


_made: list[Any] = []


def make() -> None:
    """The table of the other measurements: an integer, a number, a text of 1,000 different words, one of ten million, a time."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    words = np.array([f"word {number}" for number in range(1000)], dtype=object)
    table = pd.DataFrame(
        {
            "id": np.arange(ROWS),
            "value": random.normal(size=ROWS),
            "word": pd.Series(words[random.integers(0, 1000, ROWS)], dtype="str"),
            "name": pd.Series(np.char.add("n", random.permutation(ROWS).astype("U8")).astype(object), dtype="str"),
            "when": pd.date_range("2000-01-01", periods=ROWS, freq="s"),
        }
    )
    _made.append(table)


def _seen(window: Any, condition: str, *, after: str = "") -> None:
    window.eval(after + _UNTIL.format(condition=condition), timeout=DEADLINE).result(DEADLINE)


def tables() -> dict[str, list[float]]:
    """Milliseconds until the page has drawn it, by `time.perf_counter` in the kernel."""
    metrics: dict[str, list[float]] = {}
    (table,) = _made
    begin = time.perf_counter()

    def took(metric: str) -> None:
        nonlocal begin
        metrics[metric] = [(time.perf_counter() - begin) * 1000]
        begin = time.perf_counter()

    import jupyterwin as jw

    window = jw.show(table, "first")
    _seen(window, _SETTLED)
    took("table.cold")
    time.sleep(4)  # the engine prepares its next page: not what is measured
    begin = time.perf_counter()
    window = jw.show(table, "next", width=900)
    _seen(window, _SETTLED)
    took("table.next")
    box = "const box = document.querySelector('.jw-t-scroller'); box.scrollTop = box.scrollHeight;"
    _seen(window, f"{_SETTLED} && document.body.textContent.includes('{ROWS - 1}')", after=box)
    took("table.end")
    for metric, column in (("table.sort", "value"), ("table.sort.words", "word"), ("table.sort.names", "name")):
        click = (
            f"const asked = document.querySelector('.jw-t-name[title^=\"{column} \"]'); asked.click();"
            "await new Promise((done) => setTimeout(done, 100));"
        )
        _seen(window, f"{_SETTLED} && asked.ariaSort === 'ascending'", after=click)
        took(metric)
    for metric, text in (("table.search.first", "word 77"), ("table.search.next", "word 78")):
        search = (
            "const field = document.querySelector('.jw-t-search');"
            f"field.value = '{text}'; field.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter'}}));"
            "await new Promise((done) => setTimeout(done, 100));"
        )
        _seen(window, f"{_SETTLED} && {_FIRST}[3].textContent.startsWith('{text}')", after=search)
        took(metric)
    return metrics
