"""Running: a page's calls that have not ended, by their ids, and how many of its requests wait to be started.

It runs nothing and sends nothing.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from jupyterwin.errors import Overflow, PeerError

if TYPE_CHECKING:
    from jupyterwin.main.handlers.asked import Asked
    from jupyterwin.main.handlers.call import Call

MOST_RUNNING = 10_000
"""Calls of one document that have begun, or wait to: one more is refused."""

MOST_QUEUED = 1000
MOST_QUEUED_BYTES = 32 * 1024 * 1024
"""Requests of one document that wait for their turn; beyond it the page is held up by its flow control."""


class Running:
    """The calls of one document. `begin`, `end` and `close` may be called from any thread."""

    def __init__(self) -> None:
        self.queued = 0
        self.queued_bytes = 0
        self._lock = threading.Lock()
        self._calls: dict[int, Call | Asked] = {}
        self._closed = False

    @property
    def crowded(self) -> bool:
        """So much waits that the page should wait too."""
        return self.queued > MOST_QUEUED or self.queued_bytes > MOST_QUEUED_BYTES

    @property
    def roomy(self) -> bool:
        """It may go on."""
        return self.queued <= MOST_QUEUED // 2 and self.queued_bytes <= MOST_QUEUED_BYTES // 2

    def begin(self, number: int, call: Call | Asked) -> bool:
        """Enter a call; False when the document is gone. Raises `PeerError` for an id in use, `Overflow` for too many."""
        with self._lock:
            if self._closed:
                return False
            if number in self._calls:
                msg = f"call {number} was made twice"
                raise PeerError(msg)
            if len(self._calls) >= MOST_RUNNING:
                msg = f"{MOST_RUNNING} calls of this page have not ended: it must wait for some of them"
                raise Overflow(msg)
            self._calls[number] = call
            return True

    def get(self, number: int) -> Call | Asked | None:
        """The call of that id, if it has not ended."""
        return self._calls.get(number)

    def invokes(self) -> list[Call | Asked]:
        """Those that are no streams, and have not ended."""
        with self._lock:
            return [call for call in self._calls.values() if not call.stream]

    def end(self, number: int) -> bool:
        """Take a call out; False when it had ended before."""
        with self._lock:
            return self._calls.pop(number, None) is not None

    def close(self) -> list[Call | Asked]:
        """No more may begin; those that have not ended."""
        with self._lock:
            self._closed = True
            return list(self._calls.values())

    def __len__(self) -> int:
        return len(self._calls)
