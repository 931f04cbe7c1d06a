"""Asked: a message for which its page stands still, from the listeners that hear it to the one answer they give.

The first value that a listener sets, or the first error that one raises, is the answer; when all have ended without
either, that is told. It sends nothing itself.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Cancelled, NoHandler
from jupyterwin.main.handlers.call import INTERRUPTED

if TYPE_CHECKING:
    from jupyterwin.main.document import Document
    from jupyterwin.main.ipc import IpcEvent

_SHOWN = 200


class Asked:
    """Stands where a `Call` does among those of the document that have not ended."""

    def __init__(self, document: Document, number: int, channel: str, listeners: int) -> None:
        self.events: list[IpcEvent] = []
        self._document = document
        self._number = number
        self._channel = channel
        self._left = listeners
        self._lock = threading.Lock()

    def answer(self, value: Any) -> None:
        """A listener has set ``event.return_value``."""
        if self._document.running.end(self._number):
            self._document.answer(self._number, value)

    def heard(self, error: BaseException | None) -> None:
        """A listener has ended."""
        with self._lock:
            self._left -= 1
            left = self._left
        if error is None and left == 0:
            error = NoHandler(f"no listener for {self._channel[:_SHOWN]!r} has set event.return_value")
        if error is not None and self._document.running.end(self._number):
            self._document.fail(self._number, error)

    stream = False

    def interrupt(self) -> None:
        """The kernel was interrupted."""
        if self._document.running.end(self._number):
            self._document.fail(self._number, Cancelled(INTERRUPTED))
        self.cancel()

    def let_go(self) -> None:
        """As `cancel`; there is no future."""
        self.cancel()

    def cancel(self) -> None:
        """The page waits no longer."""
        self._document.running.end(self._number)
        for event in self.events:
            event.cancelled = True

    def credit(self, _count: int) -> None:
        """It is no stream."""
