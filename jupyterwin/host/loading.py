"""Loading: whether the document that was asked for last is there, and what waits for it. It knows no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.host.engines import ERR_ABORTED, LoadProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    Outcome = Callable[[LoadProblem | None], None]

_REPLACED = LoadProblem("another page was asked for before this one was there", "ERR_ABORTED", ERR_ABORTED)
_LOST = LoadProblem("the renderer ended before the page was there", "ERR_FAILED", -2)


class Loading:
    """The load that is under way in one window, if one is.

    The engine tells that a load has ended, also of one that was broken off by the next; a document says hello. Only both
    together say that the one that was asked for last is there, in whatever order they come.
    """

    def __init__(self) -> None:
        self._under_way = False
        self._said_hello = False
        self._read = False
        self.problem: LoadProblem | None = None
        """Why there is no document, if the last load came to nothing."""
        self._outcome: Outcome | None = None
        self._waiting: list[Callable[[], None]] = []

    def begin(self, outcome: Outcome | None = None) -> None:
        """A document was asked for. `outcome` is told once what became of it."""
        self._tell(_REPLACED)
        self._outcome = outcome
        self._under_way = True
        self._said_hello = self._read = False
        self.problem = None

    def said_hello(self) -> None:
        """A document has begun: the one that was asked for, as none said hello since."""
        self._said_hello = True
        self.problem = None
        if self._read:
            self._settle()

    def ended(self, problem: LoadProblem | None) -> None:
        """The engine has ended a load, well if `problem` is None."""
        self._read = problem is None
        failed = problem is not None and not problem.aborted
        if failed and not self._said_hello:
            self.problem = problem
        if failed or self._said_hello:
            self._settle()

    def lost(self) -> None:
        """The renderer is gone: nothing more comes of this load."""
        self._said_hello = True
        self._tell(_LOST)
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
        self._outcome = None

    def _tell(self, problem: LoadProblem | None) -> None:
        outcome, self._outcome = self._outcome, None
        if outcome is not None:
            outcome(problem)

    def _settle(self) -> None:
        self._under_way = False
        self._tell(self.problem)
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()
