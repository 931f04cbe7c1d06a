"""A warm page for the next window: its renderer runs and has painted, at about:blank, where no window can see it.

At any other address the engine would swap the process when the page becomes a window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from jupyterwin.host.engines.qt.page import Page
from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile

DELAY = 400
"""Milliseconds after a window has loaded: the spare must not compete with what the person waits for."""

_SIZE = (900, 600)


class Spare:
    """At most one page in waiting."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        self._profile = profile
        self._page: Page | None = None
        self._view: QWebEngineView | None = None
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.prepare)

    def prepare_soon(self) -> None:
        """Prepare one when the loop has been at it for a moment; called again, the moment begins anew."""
        self._timer.start()

    @guarded
    def prepare(self) -> None:
        """Have a page in waiting."""
        if self._page is not None:
            return
        if QApplication.activePopupWidget() is not None:
            self.prepare_soon()  # its view would close the menu that the person has open
            return
        self._page = Page(self._profile)
        self._page.renderProcessTerminated.connect(self._lost)
        self._view = QWebEngineView()
        self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.resize(*_SIZE)
        self._view.setPage(self._page)
        self._page.wait_at_blank()
        self._view.show()

    def take(self) -> Page:
        """The page in waiting, or a new one. Call `release` when it sits in its window."""
        page, self._page = self._page, None
        if page is None:
            return Page(self._profile)
        page.renderProcessTerminated.disconnect(self._lost)
        return page

    def release(self) -> None:
        """The taken page has another view now: drop the one it waited in."""
        if self._view is not None and self._page is None:
            self._view.hide()
            self._view.deleteLater()
            self._view = None

    @guarded
    def _lost(self, *_: object) -> None:
        """Its renderer ended while it waited: the next window starts from nothing, and another spare follows."""
        page, self._page = self._page, None
        self.release()
        if page is not None:
            page.deleteLater()
        self.prepare_soon()
