"""Where the page of one window wants to go, and whether the kernel is asked first. It knows no engine and no policy.

What the window's policy refuses does not come here: this is about what it allows.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from jupyterwin.wire.control import WillNavigate

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire.control import Event


class Navigation:
    """At most one wish at a time: a later one takes the place of an earlier one, as it would in the engine."""

    def __init__(self, window: str, report: Callable[[Event], None]) -> None:
        self._window = window
        self._report = report
        self._numbers = count(1)
        self._asked: tuple[int, str] | None = None
        self.asks = False
        """Whether the kernel wants to be asked."""

    def may_go(self, url: str) -> bool:
        """Whether the page may go there at once; else the kernel is asked."""
        if not self.asks:
            return True
        self._asked = next(self._numbers), url
        self._report(WillNavigate(self._window, *self._asked))
        return False

    def answered(self, number: int, *, allowed: bool) -> str | None:
        """The kernel's answer: where to go now, if anywhere."""
        if self._asked is None or self._asked[0] != number:
            return None
        url, self._asked = self._asked[1], None
        return url if allowed else None
