"""Where a page goes, in Qt: loads that begin and end, addresses, back and forward. It passes on, and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from jupyterwin.host.engines import LoadProblem
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import Native

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

    from jupyterwin.host.engines import WindowListener
    from jupyterwin.host.engines.qt.page import Page


class Moves(QObject):
    """Watches one page."""

    def __init__(self, page: Page, listener: WindowListener) -> None:
        super().__init__(page)
        self._page = page
        self._listener = listener
        self._loads = False
        page.loadStarted.connect(self._started)
        page.loadFinished.connect(self._finished)
        page.urlChanged.connect(self._moved)

    @guarded
    def _started(self) -> None:
        if self._page.waits:
            return  # that of the empty page it waits at
        self._loads = True
        self._listener.happened("did-start-loading")

    @guarded
    def _finished(self, _: bool) -> None:  # noqa: FBT001 -- Qt's signal
        if not self._loads:
            return  # the same
        self._loads = False
        self.arrived()
        self._listener.happened("did-stop-loading")

    def arrived(self) -> None:
        """The page is where it wanted to be: tell where it may go from there."""
        if self._page.forgets:
            self._page.forgets = False
            self._page.history().clear()
        self._tell_ways()

    @guarded
    def _moved(self, url: QUrl) -> None:
        if url.host() != self._page.origin:
            return
        self._listener.changed(Native(url=url.toString()))
        if not self._loads:
            self._tell_ways()
            self._listener.happened("did-navigate-in-page", url.toString())

    def _tell_ways(self) -> None:
        history = self._page.history()
        self._listener.changed(Native(can_go_back=history.canGoBack(), can_go_forward=history.canGoForward()))


def problem_of(info: QWebEngineLoadingInfo) -> LoadProblem:
    """Why a load came to nothing."""
    error, url = info.errorString().removeprefix("net::"), info.url().toString()
    return LoadProblem(f"{url} could not be loaded: {error}", error, info.errorCode(), url)
