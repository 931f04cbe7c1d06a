"""What a child process wrote to its standard error, bounded: a failing start says why, a chatty one costs nothing."""

from __future__ import annotations

import threading
from collections import deque
from typing import IO

_LINES = 200
_LINE_LENGTH = 2000


class LastWords:
    """Reads a stream on a thread until its end and keeps the last lines."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lines: deque[str] = deque(maxlen=_LINES)
        self._thread = threading.Thread(target=self._read, name="jupyterwin-host-stderr", daemon=True)
        self._thread.start()

    def text(self) -> str:
        return "\n".join(list(self._lines))

    def close(self, patience: float = 1.0) -> None:
        """Wait for the rest of the stream: its writers are gone, or as good as."""
        self._thread.join(patience)

    def _read(self) -> None:
        with self._stream:
            while line := self._stream.readline(_LINE_LENGTH):
                self._lines.append(line.decode("utf-8", "replace").rstrip())
