"""What a native window shows, in Qt: our page in it, driven and listened to.

It knows Qt's page and view, and no frame. All of it lives on the GUI thread, and is dropped there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage

from jupyterwin.host import scripts
from jupyterwin.host.engines.qt.devtools import DevTools
from jupyterwin.host.engines.qt.downloads import QtDownloads
from jupyterwin.host.engines.qt.moves import Moves, problem_of
from jupyterwin.host.engines.qt.page import WORLDS
from jupyterwin.host.engines.qt.paper import print_page
from jupyterwin.host.engines.qt.picture import Picture, look_at
from jupyterwin.host.guard import guarded
from jupyterwin.security import origins
from jupyterwin.wire.control import Native

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.engines import Cut, GoneReason, Paper, Script, WindowListener, World
    from jupyterwin.host.engines.qt.profile import Partition
    from jupyterwin.host.engines.qt.scheme import SchemeRequest
    from jupyterwin.security.policy import Policy

_Termination = QWebEnginePage.RenderProcessTerminationStatus
_GONE: dict[_Termination, GoneReason] = {
    _Termination.NormalTerminationStatus: "clean-exit",
    _Termination.AbnormalTerminationStatus: "abnormal-exit",
    _Termination.CrashedTerminationStatus: "crashed",
    _Termination.KilledTerminationStatus: "killed",
}


def _nothing(_value: object) -> None:
    """Nobody waits for it."""


class QtContents:
    """The page of one native window."""

    _view: Any
    """The native window, once there is one."""

    def __init__(self, partition: Partition, origin: str, background: str, listener: WindowListener) -> None:
        self._listener = listener
        self._partition = partition
        self._origin = origin
        self._open = True
        self._alive = True
        self._devtools: DevTools | None = None
        self._crashed = False
        self._last_seen: QImage | None = None
        """What a page showed that has crashed: the view shows it on until the next page paints."""
        self._page = partition.spare.take()
        self._page.adopt(origin, QColor(background), listener.posted, self._read, listener.may_navigate)
        self._connect()
        partition.handler.own(origin, self._requested)

    def _connect(self) -> None:
        page = self._page
        page.renderProcessTerminated.connect(self._gone)
        page.loadingChanged.connect(self._loading)
        page.titleChanged.connect(self._titled)
        self._moves = Moves(page, self._listener)
        page.windowCloseRequested.connect(self._close_requested)
        page.said.connect(self._said)
        page.refused.connect(self._refused)
        page.linked.connect(self._linked)
        page.opened.connect(self._opened)
        page.filled.connect(self._filled)
        page.downloads = QtDownloads(self._listener)

    # ------------------------------------------------------------ commands

    def renderer_pid(self) -> int:
        return self._page.renderProcessPid() if self._alive else 0

    def address(self) -> str:
        return self._page.url().toString()

    def load(self, path: str, scripts: Sequence[Script]) -> None:
        self._alive = True
        self._page.show_address(QUrl(origins.url(self._origin, path)), scripts)

    def navigate(self, url: str) -> None:
        self._page.follow(QUrl(url))

    def go(self, steps: int) -> None:
        # By the history: the engine's own action leaves out pages that the person never touched.
        history = self._page.history()
        history.back() if steps < 0 else history.forward()

    def post(self, text: str) -> None:
        self._page.endpoint.parcel.emit(text)

    def obey(self, policy: Policy) -> None:
        self._page.obey(policy)

    def act_on_download(self, download: int, action: str) -> None:
        self._downloads().act(download, action)

    def read_download(self, download: int, offset: int) -> bytes:
        return self._downloads().read(download, offset)

    def _downloads(self) -> QtDownloads:
        return cast("QtDownloads", self._page.downloads)

    def capture(self, cut: Cut, done: Callable[[int, int, bytes], None]) -> None:
        stale, self._last_seen = self._last_seen, None
        Picture(self._view, cut, done, stale)

    def print(self, paper: Paper, done: Callable[[bytes], None]) -> None:
        print_page(self._page, paper, done)

    def run(self, source: str, world: World, done: Callable[[Any], None], *, tells: str = "") -> None:
        if tells:
            # The console is the engine's own way out of a page that needs no channel.
            relay = scripts.built("relay.js").replace("__JUPYTERWIN_ID__", json.dumps(tells))
            self._page.runJavaScript(relay, WORLDS["preload"], _nothing)
        self._page.runJavaScript(source, WORLDS[world], guarded(done))

    def open_devtools(self) -> None:
        if self._devtools is None:
            self._devtools = DevTools(self._page, self._partition.profile, self._view)
        self._devtools.show()

    # ------------------------------------------------------------ what happens

    @guarded
    def _gone(self, status: _Termination, exit_code: int) -> None:
        self._alive = False
        self._crashed = True
        self._listener.gone(_GONE.get(status, "abnormal-exit"), exit_code)

    def _read(self) -> None:
        """The document has told that it is read, and all it shows is there.

        The engine tells it too, but not of which document: of two loads of which one follows at the other's heels it tells
        one end, and that may be the first's (PySide6 6.11).
        """
        self._moves.arrived()
        self._listener.loaded(self.address(), None)

    @guarded
    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        url = info.url().toString()
        if info.url().host() != self._origin or not self._open:
            return  # the empty page it waited at
        if info.status() == QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            if self._crashed:
                self._crashed, self._last_seen = False, look_at(self._view)
            if self._page.is_mute:
                self._listener.loaded(url, None)
            self._partition.spare.prepare_soon()
        elif info.status() == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            self._listener.loaded(url, problem_of(info))

    @guarded
    def _titled(self, title: str) -> None:
        # Without a title of its own a document is given its address, which is nobody's business.
        if title and self._page.url().host() == self._origin and self._origin not in title:
            self._listener.titled(title)

    @guarded
    def _said(self, level: str, message: str, source: str, line: int) -> None:
        self._listener.console(level, message, source, line)  # type: ignore[arg-type]

    def _requested(self, request: SchemeRequest) -> None:
        request.load = self._page.endpoint.load
        if request.for_service_worker and not self._page.may("service_workers", self._page.url(), request.path):
            request.refuse("denied")
        else:
            self._listener.requested(request)

    @guarded
    def _refused(self, switch: str, url: str, detail: str) -> None:
        self._listener.refused(switch, url, detail)

    @guarded
    def _linked(self, url: str) -> None:
        self._listener.happened("open-external", url)

    @guarded
    def _opened(self, url: str) -> None:
        self._listener.happened("window-open", url)

    @guarded
    def _filled(self, on: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self.change(Native(mode="fullscreen" if on else "normal"))

    def change(self, native: Native) -> None:
        """Be like this."""
        raise NotImplementedError

    @guarded
    def _close_requested(self) -> None:
        self._close()

    def _close(self) -> None:
        """Close the native window."""
        raise NotImplementedError

    def _leave(self) -> None:
        """The native window closes."""
        self._open = False
        self._downloads().close()
        self._partition.handler.disown(self._origin)
        if self._devtools is not None:
            self._devtools.close()
