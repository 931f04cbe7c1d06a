"""Metrics: what the processes of an application use, as a table. It reads numbers that others give, and no /proc itself."""

from __future__ import annotations

import html
import os
import time
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from jupyterwin.main.launch import processes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jupyterwin.main.window import Window
    from jupyterwin.security.profile import Profile

_HEADS = ("pid", "type", "windows", "CPU %", "working set", "private", "profile")


@dataclass(frozen=True, slots=True)
class Process:
    """One process. `cpu` is percent of one core since the last reading; memory in bytes.

    `type`: ``kernel``, ``host``, ``renderer``, ``gpu``, ``zygote``, ``utility`` or ``sandbox``. `working_set` is what is in
    memory, pages shared with others included; `private` what would be given back at its end (None where the system does
    not say). A renderer without windows is the spare for the next one.
    """

    pid: int
    type: str
    windows: tuple[str, ...]
    cpu: float
    working_set: int
    private: int | None
    profile: str = ""


class Metrics(list[Process]):
    """One reading."""

    def of(self, window: str) -> Process:
        """The renderer of the window of that name. Raises `KeyError` when it has none now."""
        for process in self:
            if window in process.windows and process.type == "renderer":
                return process
        raise KeyError(window)

    def _rows(self) -> list[tuple[str, ...]]:
        rows = []
        for pid, kind, windows, cpu, working_set, private, profile in map(astuple, self):
            memory = [f"{size / 1e6:.1f} MB" if size is not None else "?" for size in (working_set, private)]
            rows.append((str(pid), kind, ", ".join(windows), f"{cpu:.1f}", *memory, profile))
        return rows

    def __repr__(self) -> str:
        table = [_HEADS, *self._rows()]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
        )

    def _repr_html_(self) -> str:
        heads = "".join(f"<th style='text-align:left'>{head}</th>" for head in _HEADS)
        rows = [
            "<tr>" + "".join(f"<td style='text-align:left'>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._rows()
        ]
        return f"<table><tr>{heads}</tr>{''.join(rows)}</table>"


class Meter:
    """Remembers the last reading: CPU is what was used since."""

    def __init__(self) -> None:
        self._last: dict[tuple[int, int], tuple[float, float]] = {}
        """By pid and start: seconds of CPU, and when that was read."""

    def read(self, hosts: Mapping[int, Profile], windows: Iterable[Window]) -> Metrics:
        """The processes of the kernel (this one) and of these hosts, by the pid at the root of each."""
        names: dict[int, list[str]] = {}
        for window in windows:
            if window.pid is not None:
                names.setdefault(window.pid, []).append(window.name)
        seen: dict[tuple[int, int], tuple[float, float]] = {}
        metrics = Metrics()
        found = [(os.getpid(), "kernel", "")]
        for root, profile in hosts.items():
            found += [(pid, processes.kind(pid), profile.partition) for pid in processes.tree(root)]
        for pid, kind, profile_name in found:
            usage = processes.usage(pid)
            if usage is None:
                continue  # it ended meanwhile
            key, now = (pid, usage.started), time.monotonic()
            before, then = self._last.get(key, (usage.cpu, now))
            seen[key] = usage.cpu, now
            cpu = 100 * (usage.cpu - before) / (now - then) if now > then else 0.0
            of = tuple(names.get(pid, ())) if kind == "renderer" else ()
            metrics.append(Process(pid, kind, of, cpu, usage.working_set, usage.private, profile_name))
        self._last = seen
        return metrics
