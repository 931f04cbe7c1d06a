"""The developer tools of one page, in a window of their own, inside this process: no debugging port is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from PySide6.QtWidgets import QWidget

_SIZE = (1000, 700)


class DevTools:
    """Opened for a page; closed with it. Their title follows that of the page's window."""

    def __init__(self, inspected: QWebEnginePage, profile: QWebEngineProfile, window: QWidget) -> None:
        self._view = QWebEngineView()
        self._name_after(window.windowTitle())
        self._window = window
        window.windowTitleChanged.connect(self._name_after)
        self._view.resize(*_SIZE)
        self._page = QWebEnginePage(profile, self._view)
        self._view.setPage(self._page)
        inspected.setDevToolsPage(self._page)

    def show(self) -> None:
        """Show the window, again if the person closed it."""
        self._view.show()
        self._view.raise_()
        self._view.activateWindow()

    def _name_after(self, title: str) -> None:
        self._view.setWindowTitle(f"{title} (developer tools)")

    def close(self) -> None:
        """Before the inspected page and its window go."""
        self._window.windowTitleChanged.disconnect(self._name_after)
        self._view.close()
        self._view.deleteLater()
