"""A native window that takes no input while a dialog of another process belongs to it. It knows no dialog."""

from __future__ import annotations

from typing import Any


class Modal:
    """Counts the dialogs of one window."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self._open = 0

    def begin(self) -> list[int]:
        """One more; the number of the window at the display, and where it is."""
        self._open += 1
        self._window.setEnabled(False)
        return [int(self._window.winId()), *self._window.geometry().getRect()]

    def end(self) -> None:
        """One less. After the last one the window has the keyboard again."""
        self._open = max(0, self._open - 1)
        if not self._open and not self._window.isEnabled():
            self._window.setEnabled(True)
            self._window.activateWindow()
            self._window.webview.setFocus()
