"""The plan of a run: which measurements there are, of whom, and which metrics each of them gives. Plain data."""

from __future__ import annotations

from typing import NamedTuple

_WINDOWS = ("jupyterwin_window", "pywebview_window")
_ALL = (*_WINDOWS, "kernel_comm")


class Measurement(NamedTuple):
    """One process for each subject and run."""

    name: str
    subjects: tuple[str, ...]
    metrics: tuple[str, ...]
    ours_alone: tuple[str, ...] = ()
    """Metrics that only the first subject has."""


PLAN = (
    *(
        Measurement(f"calls-{load}", _ALL, (f"call.{load}", f"rate.{load}"))
        for load in ("idle", "sleep", "spin", "numpy")
    ),
    Measurement("back", _WINDOWS, ("back.idle",)),
    Measurement("events", _WINDOWS, ("events",)),
    Measurement("to-page", _WINDOWS, ("bulk.toPage",)),
    Measurement("to-python", _WINDOWS, ("bulk.toPython",)),
    Measurement(
        "opening",
        _WINDOWS,
        tuple(f"open.{kind}.{what}" for kind in ("cold", "next", "later") for what in ("called", "drawn")),
        tuple(f"open.{kind}.{what}" for kind in ("cold", "next", "later") for what in ("returned", "ready")),
    ),
    Measurement("memory", _WINDOWS, tuple(f"memory.{state}" for state in ("1", "2", "5", "closed")), ("memory.none",)),
    Measurement(
        "tables",
        ("jupyterwin_window",),
        (
            *("table.cold", "table.next", "table.end", "table.sort", "table.sort.words", "table.sort.names"),
            *("table.search.first", "table.search.next"),
        ),
    ),
)
