"""Beside: how code of the user runs beside cells: in a copy of the context it was registered in, with a log for its prints.

What a notebook puts around it (its prints, figures of pyplot) it says by `surroundings`. It runs nothing by itself.
"""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.window.log import Log

T = TypeVar("T")

_LONGEST_LINE = 20_000
"""Characters; a line that does not end is logged in pieces."""


class Printed:
    """What one call prints, as lines in the log of its window."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._open = {"stdout": "", "stderr": ""}

    def write(self, stream: str, text: str) -> None:
        """Something was printed, by the call or what it has started."""
        with self._lock:
            *lines, rest = (self._open[stream] + text).split("\n")
            if len(rest) > _LONGEST_LINE:
                lines, rest = [*lines, rest], ""
            self._open[stream] = rest
        for line in lines:
            self._log.add("info", line, stream)

    def finish(self) -> None:
        """It prints no more: what has no end of line is one."""
        for stream, rest in self._open.items():
            if rest:
                self.write(stream, "\n")


_printed: contextvars.ContextVar[Printed | None] = contextvars.ContextVar("jupyterwin_printed", default=None)


class Surroundings:
    """What is done in the context of such a call before it begins and after it has ended, on the thread that runs it."""

    def __init__(self) -> None:
        self.before: list[Callable[[], object]] = []
        self.after: list[Callable[[], object]] = []

    def add(self, before: Callable[[], object], after: Callable[[], object]) -> None:
        """Neither may raise."""
        self.before.append(before)
        self.after.append(after)

    def remove(self, before: Callable[[], object], after: Callable[[], object]) -> None:
        """As if it had not been added."""
        self.before.remove(before)
        self.after.remove(after)


surroundings = Surroundings()
"""Of this process."""


def printed() -> Printed | None:
    """Where what the calling code prints is kept; None in a cell."""
    return _printed.get()


def context_of(registered: contextvars.Context, log: Log | None) -> contextvars.Context:
    """A context to run one call in. `ended` is to be called in it when the call is over."""
    context = registered.copy()
    context.run(_begin, log)
    return context


def _begin(log: Log | None) -> None:
    _printed.set(None if log is None else Printed(log))
    for before in list(surroundings.before):
        before()


def ended() -> None:
    """The call whose context this is has ended. Again: nothing is left to be done."""
    for after in list(surroundings.after):
        after()
    if (mine := _printed.get()) is not None:
        mine.finish()


def run_in(context: contextvars.Context, fn: Callable[[], T]) -> T:
    """Call `fn` in it; it goes on after that, unless `fn` raised."""
    try:
        return context.run(fn)
    except BaseException:
        context.run(ended)
        raise


def run(registered: contextvars.Context, log: Log | None, fn: Callable[..., T], *args: Any) -> T:
    """Call ``fn(*args)`` in a copy of `registered`; raises what it raises. An ``async def`` needs `context_of`."""
    context = context_of(registered, log)
    try:
        return context.run(fn, *args)
    finally:
        context.run(ended)
