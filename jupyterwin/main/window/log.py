"""win.log: what happened in a window, bounded, newest last. It knows nothing of windows or pages."""

from __future__ import annotations

import html
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jupyterwin.main.settings import settings
from jupyterwin.wire.records import traceback_of
from jupyterwin.wire.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 20_000
"""Characters kept of a message, and of a traceback."""

CHARACTERS = 4_000_000
"""Characters kept in all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when (local time), level (debug, info, warning, error), text, and where it came from."""

    time: datetime
    level: str
    message: str
    source: str = ""
    line: int = 0
    trace: str = ""

    @property
    def size(self) -> int:
        """Its characters."""
        return len(self.message) + len(self.source) + len(self.trace)

    def __str__(self) -> str:
        place = f"  ({self.source}:{self.line})" if self.line else f"  ({self.source})" if self.source else ""
        return (
            f"{self.time:%H:%M:%S.%f}"[:-3]
            + f" {self.level:<7} {self.message}{place}"
            + (f"\n{self.trace}" if self.trace else "")
        )


class Log:
    """The record of one window: console lines, uncaught errors, refusals, handler errors, life. Thread-safe."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()
        self._most = settings["log_size"]
        """Entries kept; older ones are dropped and counted."""
        self._characters = 0
        self._lock = threading.Lock()
        self.dropped = 0

    def add(
        self, level: str, message: str, source: str = "", line: int = 0, *, trace: BaseException | None = None
    ) -> Entry:
        """Append an entry and return it; `trace` keeps an error's traceback with it."""
        text = cut(traceback_of(trace), LENGTH) if trace else ""
        entry = Entry(datetime.now().astimezone(), level, cut(message, LENGTH), source, line, text)
        with self._lock:
            self._entries.append(entry)
            self._characters += entry.size
            while len(self._entries) > self._most or self._characters > CHARACTERS:
                self._characters -= self._entries.popleft().size
                self.dropped += 1
        return entry

    def clear(self) -> None:
        """Forget all entries."""
        with self._lock:
            self._entries.clear()
            self._characters = 0

    def __iter__(self) -> Iterator[Entry]:
        with self._lock:
            return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]

    def __contains__(self, text: str) -> bool:
        """Whether some entry's message contains `text`."""
        return any(text in entry.message for entry in self)

    def __repr__(self) -> str:
        lines = [str(entry) for entry in self][-50:]
        older = len(self) - len(lines) + self.dropped
        return "\n".join([f"… {older} older entries", *lines] if older else lines) or "(empty log)"

    def _repr_html_(self) -> str:
        return f"<pre style='max-height:24em;overflow:auto'>{html.escape(repr(self))}</pre>"
