"""Progress: how far the code of the user has come that runs beside cells, for whoever shows it; tqdm's bars too.

A call is given a reporter by a ContextVar; `tqdm` bars that it makes find it there. Elsewhere tqdm is what it is.
"""

from __future__ import annotations

import contextvars
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jupyterwin.main.imports import when_imported

Report = Callable[[float, "float | None", str], object]

_reporter: contextvars.ContextVar[Report | None] = contextvars.ContextVar("jupyterwin_progress", default=None)

TQDM = "tqdm.std"
INTERVAL = 0.1
"""Seconds between two reports that somebody is told of: ten a second."""


CHANNEL = "jw:progress"
"""On which a page hears ``[{id, done, total, text}, …]``: what is under way in its window, the whole of it."""

MOST = 20
"""Jobs of one window that are told."""


def begin_reporting(report: Report) -> None:
    """As `reporting`, for a context that is this call's own."""
    follow_tqdm()
    _reporter.set(report)


class Progress:
    """The jobs of one window that say how far they are. `tell` gets all of them, at most ten times a second."""

    def __init__(
        self,
        tell: Callable[[list[dict[str, Any]]], object],
        later: Callable[[float, Callable[[], object]], object],
    ) -> None:
        self._rows: dict[int, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._tell = Throttle(lambda _: tell(list(self._rows.values())[:MOST]), later)

    def job(self) -> Job:
        """One more."""
        return Job(self._rows, next(self._numbers), lambda: self._tell(None))


class Job:
    """One job. It is told of from its first report until its end."""

    def __init__(self, rows: dict[int, dict[str, Any]], number: int, changed: Callable[[], object]) -> None:
        self._rows = rows
        self._number = number
        self._changed = changed
        self._over = False

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        """How far it is."""
        if not self._over:
            row = {"id": self._number, "done": done, "total": total or None, "text": str(text)[:200]}
            self._rows[self._number] = row
            self._changed()

    def end(self) -> None:
        """It is over."""
        self._over = True
        if self._rows.pop(self._number, None) is not None:
            self._changed()


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """What runs inside reports there: bars of tqdm that it makes."""
    follow_tqdm()
    token = _reporter.set(report)
    try:
        yield
    finally:
        _reporter.reset(token)


class Throttle:
    """Tells at most ten times a second, the newest last. `later` calls something after some seconds."""

    def __init__(self, tell: Callable[[Any], object], later: Callable[[float, Callable[[], object]], object]) -> None:
        self._tell = tell
        self._later = later
        self._lock = threading.Lock()
        self._waiting: Any = None
        self._due = False
        self._last = float("-inf")

    def __call__(self, value: Any) -> None:
        """Tell this, now or soon."""
        with self._lock:
            self._waiting = value
            if self._due:
                return
            wait = self._last + INTERVAL - time.monotonic()
            self._due = wait > 0
        if wait > 0:
            self._later(wait, self._flush)
        else:
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            value, self._due, self._last = self._waiting, False, time.monotonic()
        self._tell(value)


# -------------------------------------------------- tqdm


def follow_tqdm() -> None:
    """Bars made by code with a reporter tell it, from now on; also where tqdm is imported only later."""
    when_imported(TQDM, _follow)


def _follow(module: Any) -> None:
    """Bars look for a reporter when they are made. One without is left alone."""
    bar = module.tqdm
    if getattr(bar.__init__, "tells_jupyterwin", False):
        return
    init, refresh, close = bar.__init__, bar.refresh, bar.close

    def init_and_look(self: Any, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        self._jupyterwin = None if self.disable else _reporter.get()
        _tell(self)

    def refresh_and_tell(self: Any, *args: Any, **options: Any) -> Any:
        _tell(self)
        return refresh(self, *args, **options)

    def close_and_tell(self: Any) -> Any:
        _tell(self)
        self._jupyterwin = None
        return close(self)

    init_and_look.tells_jupyterwin = True  # type: ignore[attr-defined]  # a mark of ours
    bar.__init__, bar.refresh, bar.close = init_and_look, refresh_and_tell, close_and_tell


def _tell(bar: Any) -> None:
    report = getattr(bar, "_jupyterwin", None)
    if report is not None:
        report(bar.n, bar.total, (getattr(bar, "desc", "") or "").removesuffix(": "))
