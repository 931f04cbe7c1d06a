"""Reports: what a window tells its person: errors of handlers, requests that were refused, messages that were dropped.

All of it is in `log`; what somebody should see who does not look there is printed under a cell too. It knows no page.
"""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING

from jupyterwin.main.notices import notices
from jupyterwin.main.ownership import cells
from jupyterwin.main.traffic import Traffic
from jupyterwin.main.window.log import LENGTH, Log
from jupyterwin.main.window.showing import Showing
from jupyterwin.wire.records import traceback_of
from jupyterwin.wire.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS = 200
"""Different refusals and errors that are shown under cells: a page chooses the names of the channels it asks for."""


class Reports(Showing):
    """The log and the counters of a window, and who writes to them."""

    def __init__(self, waiting: Callable[[], int]) -> None:
        super().__init__()
        self.name = ""
        self.log = Log()
        self.traffic = Traffic(waiting)
        self._told: set[tuple[object, ...]] = set()
        """What was shown under a cell."""

    @property
    def dropped(self) -> int:
        """Messages for a page that was gone."""
        return self.traffic.dropped

    def report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        """Code of the user's raised: the whole in `log`; one line under the cell that registered it, for the first such error."""
        message = cut(f"{what} raised {type(error).__name__}: {error}", LENGTH)
        run = cells.of(context)
        try:  # what is in the log has been shown: who waits for the one need not wait for the other
            if self._first((message, run.number if run else 0)):
                self._print(message, context, cut(traceback_of(error), LENGTH))
        finally:
            self.log.add("error", message, "jupyterwin", trace=error)

    def report_refused(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        """A request of the page was refused before code ran: always in `log`, the first of its kind under the cell too."""
        entry = self.log.add("warning", f"a request of the page was refused: {what}: {error}", "jupyterwin")
        if self._first((what, type(error))):
            self._print(f"{entry.message} (more of it only in win.log)", context)

    def count_dropped(self, what: str) -> None:
        """Something for a page that is gone was dropped: counted, and logged the first time."""
        self.traffic.dropped += 1
        if self.traffic.dropped == 1:
            self.log.add(
                "warning", f"{what!r} was dropped: the window is closed (later ones are only counted)", "jupyterwin"
            )

    def _first(self, kind: tuple[object, ...]) -> bool:
        """Whether this is told for the first time, and not one of too many different ones."""
        if kind in self._told or len(self._told) >= _KINDS:
            return False
        self._told.add(kind)
        return True

    def _print(self, message: str, context: contextvars.Context, trace: str = "") -> None:
        notices.tell(f"window {self.name!r}: {message}", context, trace)
