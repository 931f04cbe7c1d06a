"""What the kernel may prevent, of one window: asked by number, gone on with when it lets it happen.

A question costs nobody anything but what it is about: who asks goes on with other things meanwhile.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from jupyterwin.wire.control import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class _Question:
    event: str
    at: float
    go_on: Callable[[], None]


class Questions:
    """Of one window. A later question takes the place of an earlier one about the same event: that is not answered any more."""

    def __init__(self, window: str, report: Callable[[Any], None], events: Iterable[str]) -> None:
        self._window = window
        self._report = report
        self._events = frozenset(events)
        self._numbers = count(1)
        self._open: dict[int, _Question] = {}

    def ask_for(self, events: Iterable[str]) -> None:
        """The kernel wants to be asked about these, and no others."""
        self._events = frozenset(events)

    def wanted(self, event: str) -> bool:
        """Whether the kernel wants to be asked about it."""
        return event in self._events

    def waits(self, event: str) -> float:
        """Seconds for which a question about it has been open; 0 if none is."""
        return max((time.monotonic() - one.at for one in self._open.values() if one.event == event), default=0.0)

    def ask(self, event: str, details: dict[str, Any], go_on: Callable[[], None]) -> None:
        """Call `go_on` when the kernel lets this happen; at once if it does not want to be asked."""
        if not self.wanted(event):
            go_on()
            return
        since = time.monotonic() - self.waits(event)  # who asks again and again has waited since the first time
        self._open = {number: one for number, one in self._open.items() if one.event != event}
        number = next(self._numbers)
        self._open[number] = _Question(event, since, go_on)
        self._report(Asked(self._window, number, event, details))

    def answered(self, number: int, *, prevented: bool) -> None:
        """The kernel has answered; nothing comes of a question whose place another has taken."""
        question = self._open.pop(number, None)
        if question is not None and not prevented:
            question.go_on()
