"""The rows of the report: which metric, in which words and unit, which way is better. Plain data."""

from __future__ import annotations

from typing import Literal, NamedTuple

SUBJECTS = {
    "jupyterwin_window": "jupyterwin",
    "pywebview_window": "bare pywebview",
    "kernel_comm": "plain comm, no window",
}
"""The module that measures each, and its name in tables; the first is what the others are compared with."""

OURS, *PEERS = SUBJECTS


class Row(NamedTuple):
    """One line of a table."""

    metric: str
    label: str
    unit: str
    better: Literal["lower", "higher"] = "lower"


GROUPS: dict[str, tuple[str, tuple[Row, ...]]] = {
    "calls": (
        "Calls of 1 KB, page → Python → page",
        (
            Row("call.idle", "one after another, Python idle", "ms"),
            Row("call.sleep", "… while a cell (thread) sleeps", "ms"),
            Row("call.spin", "… while it loops in pure Python", "ms"),
            Row("call.numpy", "… while it multiplies matrices", "ms"),
            Row("rate.idle", "all at once, Python idle", "calls/s", "higher"),
            Row("rate.sleep", "… while a cell (thread) sleeps", "calls/s", "higher"),
            Row("rate.spin", "… while it loops in pure Python", "calls/s", "higher"),
            Row("rate.numpy", "… while it multiplies matrices", "calls/s", "higher"),
            Row("back.idle", "Python → page → Python, Python idle", "ms"),
        ),
    ),
    "data": (
        "Messages and bulk",
        (
            Row("events", "one-way messages, Python → page", "messages/s", "higher"),
            Row("bulk.toPage", "10 MB of float64, numpy → Float64Array", "ms"),
            Row("bulk.toPython", "10 MB of float64, Float64Array → numpy", "ms"),
        ),
    ),
    "opening": (
        "Opening a window",
        (
            Row("open.cold.returned", "first, import included: until open returns", "ms"),
            Row("open.cold.called", "… until the page calls Python", "ms"),
            Row("open.cold.drawn", "… until it has drawn two frames and told so", "ms"),
            Row("open.next.called", "another at once: until the page calls Python", "ms"),
            Row("open.next.drawn", "… until it has drawn two frames and told so", "ms"),
            Row("open.later.ready", "another 3 s later: until ready() is done", "ms"),
            Row("open.later.called", "… until the page calls Python", "ms"),
            Row("open.later.drawn", "… until it has drawn two frames and told so", "ms"),
        ),
    ),
    "memory": (
        "Memory",
        (
            Row("memory.1", "1 window", "MB"),
            Row("memory.2", "2 windows", "MB"),
            Row("memory.5", "5 windows", "MB"),
            Row("memory.closed", "4 of the 5 closed", "MB"),
            Row("memory.none", "all closed", "MB"),
        ),
    ),
    "tables": (
        "A table of ten million rows, five columns (pandas)",
        (
            Row("table.cold", "first window, import included: show until its rows are drawn", "ms"),
            Row("table.next", "a window later: show until its rows are drawn", "ms"),
            Row("table.end", "scroll to the end until its rows are drawn", "ms"),
            Row("table.sort", "sort by random numbers", "ms"),
            Row("table.sort.words", "sort by texts, 1,000 different ones", "ms"),
            Row("table.sort.names", "sort by texts, all different", "ms"),
            Row("table.search.first", "search in all columns, the first time", "ms"),
            Row("table.search.next", "… another text", "ms"),
        ),
    ),
}
"""The tables, in order: a title and its rows."""


def ratio(row: Row, ours: dict, peer: dict) -> float | None:
    """How many times better we are than the peer, by the medians; below 1 the peer is ahead."""
    mine, other = (ours["p50"], peer["p50"]) if row.better == "lower" else (peer["p50"], ours["p50"])
    return round(other / mine, 2 if other < 10 * mine else None) if mine else None
