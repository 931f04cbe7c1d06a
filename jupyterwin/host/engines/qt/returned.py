"""Keys that the page gives back: what it did not use comes to its window once more, as a new event, when the page has looked.

A shortcut had its chance when the key was pressed. One that was disabled then stays unchosen, whatever it is by now.
It knows no menu.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

_UNDER_WAY = 64
"""Keys that a busy page may keep before it gives them back."""


class ReturnedKeys(QObject):
    """Keeps what a page gives back from being taken for a shortcut."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._met: deque[tuple[int, int, int]] = deque(maxlen=_UNDER_WAY)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = (event.timestamp(), event.key(), event.modifiers().value)
            if key in self._met:
                event.accept()  # in Qt's words: this is a key like any other, no shortcut
                return True
            self._met.append(key)
        return False
