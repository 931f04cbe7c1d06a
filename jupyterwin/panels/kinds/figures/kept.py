"""Kept: a content whose value is made when it is assigned and again by `refresh`, never while a page waits for it.

It knows no library and no page.
"""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.content import Content


class Kept(Content):
    """The base of most figures: `make` says what is kept of the object."""

    def __init__(self, obj: Any) -> None:
        super().__init__(obj)
        self.value = self.make()

    def make(self) -> Any:
        """What the page draws; on the thread that assigns. Raises what the object's library raises."""
        raise NotImplementedError

    def snapshot(self) -> Any:
        """What was made last."""
        return self.value

    def refresh(self) -> None:
        """Make it anew."""
        self.value = self.make()
