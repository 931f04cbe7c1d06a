"""Traffic: what went through one window so far, as numbers to read. It counts what others tell it, and moves nothing."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from jupyterwin.wire.frames import Invoke, Send

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.frames import Frame

_MEANINGS = {
    "sent": "messages and calls to the page",
    "conflated": "of those, messages that gave way to a newer one (policy 'latest')",
    "dropped": "messages for a page that was gone",
    "waiting": "bytes that the page has not acknowledged yet",
    "received": "messages and calls of the page",
    "missed": "messages of the page that gave way to a newer one before they came",
}


class Traffic:
    """Counters of a window, over all its documents; they only grow. `waiting` is of the present document.

    ``sent - conflated`` is what went to pages, or waits to; ``received + missed`` is what pages sent.
    """

    def __init__(self, waiting: Callable[[], int] = lambda: 0) -> None:
        self.sent = 0
        self.conflated = 0
        self.dropped = 0
        self.received = 0
        self.missed = 0
        self._waiting = waiting

    @property
    def waiting(self) -> int:
        """Bytes that wait to be sent, or are under way without acknowledgement."""
        return self._waiting()

    def came(self, frame: Frame) -> None:
        """A frame of the page."""
        if isinstance(frame, Send | Invoke):
            self.received += 1
        if isinstance(frame, Send):
            self.missed += frame.missed

    def _rows(self) -> list[tuple[str, str, str]]:
        return [(name, f"{getattr(self, name):,}", meaning) for name, meaning in _MEANINGS.items()]

    def __repr__(self) -> str:
        return "\n".join(f"{name:<10}{count:>14}  {meaning}" for name, count, meaning in self._rows())

    def _repr_html_(self) -> str:
        cell = "<tr><td>{}</td><td style='text-align:right'>{}</td><td style='text-align:left'>{}</td></tr>"
        return "<table>" + "".join(cell.format(*map(html.escape, row)) for row in self._rows()) + "</table>"
