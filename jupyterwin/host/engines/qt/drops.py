"""What a person drops on a page: the engine turns it into a window of its own, and says nothing of how it came about."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEvent, QObject

_JUST_NOW = 2.0
"""Seconds that a page may take to say that it does not want what was dropped."""


class Drops(QObject):
    """Knows whether something was dropped on this view just now."""

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self._at = float("-inf")
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.Drop:
            self._at = time.monotonic()
        return False

    def take(self) -> bool:
        """Whether there is one that nothing has come of yet; the next call is about the next one."""
        just, self._at = time.monotonic() - self._at < _JUST_NOW, float("-inf")
        return just
