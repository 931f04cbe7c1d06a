"""Loading: whether the document that was asked for last is there, and what waits for it. It knows no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.host.engines import ABORTED

if TYPE_CHECKING:
    from collections.abc import Callable


class Loading:
    """The load that is under way in one window, if one is.

    The engine tells that a load has ended, also of one that was broken off by the next; a document says hello. Only both
    together say that the one that was asked for last is there, in whatever order they come.
    """

    def __init__(self) -> None:
        self._under_way = False
        self._said_hello = False
        self._read = False
        self.problem = ""
        """Why there is no document, if the last load came to nothing."""
        self._waiting: list[Callable[[], None]] = []

    def begin(self) -> None:
        """A document was asked for."""
        self._under_way = True
        self._said_hello = self._read = False
        self.problem = ""

    def said_hello(self) -> None:
        """A document has begun: the one that was asked for, as none said hello since."""
        self._said_hello = True
        self.problem = ""
        if self._read:
            self._settle()

    def ended(self, problem: str | None) -> None:
        """The engine has ended a load, well if `problem` is None."""
        self._read = problem is None
        failed = problem is not None and problem != ABORTED
        if failed and not self._said_hello:
            self.problem = problem or ""
        if failed or self._said_hello:
            self._settle()

    def lost(self) -> None:
        """The renderer is gone: nothing more comes of this load."""
        self._said_hello = True
        self._settle()

    def when_there(self, call: Callable[[], None]) -> None:
        """Call now, or when the document is there that was asked for before: not in the one that it replaces."""
        if self._under_way:
            self._waiting.append(call)
        else:
            call()

    def drop(self) -> None:
        """The window is gone: nobody waits any more."""
        self._waiting.clear()

    def _settle(self) -> None:
        self._under_way = False
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()
