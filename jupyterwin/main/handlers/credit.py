"""Credit: how many more items of a stream its reader will take. It knows no stream; it holds no thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Credit:
    """Given by the reader on one thread, used up by the stream on another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._ended = False
        self._wake: Callable[[], None] | None = None

    def take(self, wake: Callable[[], None]) -> bool:
        """Use one up. False when there is none: `wake` is then called once, when there is, or the stream has ended.

        After `end` it is always True: who then looks at its call finds it cancelled.
        """
        with self._lock:
            if self._count == 0 and not self._ended:
                self._wake = wake
                return False
            self._count -= 1
            return True

    def give(self, count: int) -> None:
        """The reader takes `count` more."""
        with self._lock:
            self._count += count
            wake, self._wake = self._wake, None
        if wake is not None:
            wake()

    def end(self) -> None:
        """The reader takes no more."""
        self._ended = True
        self.give(0)
