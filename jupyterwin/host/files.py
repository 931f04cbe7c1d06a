"""The files of the kernel's that windows show: asked of it one by one, each answer given to whoever asked.

It knows the two frames and no window, no cache and no header.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from jupyterwin.wire.control import Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.control import Event, Served
    from jupyterwin.wire.messages import Bytes

    Answer = Callable[[Served, Bytes], None]


class Files:
    """Questions under way."""

    def __init__(self, report: Callable[[Event], None]) -> None:
        self._report = report
        self._ids = count(1)
        self._asked: dict[int, Answer] = {}

    def ask(self, window: str, path: str, answer: Answer) -> int:
        """Ask the kernel for a file; `answer` is called with its reply, unless `forget` came first."""
        key = next(self._ids)
        self._asked[key] = answer
        self._report(Resource(key, window, path))
        return key

    def forget(self, key: int) -> None:
        """Nobody waits for this answer any more."""
        self._asked.pop(key, None)

    def answered(self, served: Served, body: Bytes) -> None:
        """The kernel's answer."""
        answer = self._asked.pop(served.id, None)
        if answer is not None:
            answer(served, body)
