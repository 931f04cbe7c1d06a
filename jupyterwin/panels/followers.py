"""Followers: who wants to know that something is another now. It does not know what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Followers:
    """Functions that are called at each change, at once, by whichever thread made it: they return soon and do not raise."""

    def __init__(self) -> None:
        self._all: tuple[Callable[[], object], ...] = ()

    def add(self, tell: Callable[[], object]) -> Callable[[], None]:
        """Tell this one too, until what is returned is called."""
        self._all = (*self._all, tell)

        def end() -> None:
            self._all = tuple(one for one in self._all if one is not tell)

        return end

    def tell(self) -> None:
        """Something is another."""
        for one in self._all:
            one()
