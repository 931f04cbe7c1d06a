"""A native window in Qt: pywebview's window with our page in it. It passes on what the person does with it.

It knows pywebview's window and Qt, and no frame. All of it lives on the GUI thread, and is dropped there.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage
from webview.window import Window as PywebviewWindow

from jupyterwin.host.engines import ABORTED
from jupyterwin.host.engines.qt.devtools import DevTools
from jupyterwin.host.engines.qt.geometry import Geometry, place, screen_at
from jupyterwin.host.engines.qt.page import WORLDS
from jupyterwin.host.engines.qt.picture import Picture, hide_again, is_unhidden
from jupyterwin.host.guard import guarded
from jupyterwin.security import origins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.engines import GoneReason, Mode, Script, WindowListener, WindowOptions, World
    from jupyterwin.host.engines.qt.profile import Partition
    from jupyterwin.wire.control import Bounds

_Termination = QWebEnginePage.RenderProcessTerminationStatus
_GONE: dict[_Termination, GoneReason] = {
    _Termination.NormalTerminationStatus: "clean-exit",
    _Termination.AbnormalTerminationStatus: "abnormal-exit",
    _Termination.CrashedTerminationStatus: "crashed",
    _Termination.KilledTerminationStatus: "killed",
}

_ERR_ABORTED = -3  # net::ERR_ABORTED, in Chromium's net_error_list.h
_numbers = count(1)


class QtWindow:
    """One native window and its page."""

    def __init__(self, gui: Any, partition: Partition, options: WindowOptions, listener: WindowListener) -> None:
        self._listener = listener
        self._partition = partition
        self._origin = options.origin
        self._page = partition.spare.take()
        self._page.adopt(options.origin, QColor(options.background), listener.posted)
        self._connect()
        partition.handler.own(options.origin, listener.requested)
        self._open = True
        self._alive = True
        self._devtools: DevTools | None = None
        self._options = options
        self._window = _pywebview_window(options)
        self._window.events.before_show += self._put_page
        self._window.events.closing += self._closing
        self._window._initialize(gui=gui)
        gui.create_window(self._window)
        self._view: Any = self._window.native
        self._geometry = Geometry(self._view, listener.changed)

    def _put_page(self) -> None:
        """Put our page in the place of pywebview's, before anything is shown or loaded."""
        view: Any = self._window.native
        view.webview.setPage(self._page)
        self._partition.spare.release()
        place(view, self._options.bounds, screen_at(self._options.screen))

    def _connect(self) -> None:
        page = self._page
        page.renderProcessTerminated.connect(self._gone)
        page.loadingChanged.connect(self._loading)
        page.titleChanged.connect(self._titled)
        page.urlChanged.connect(self._moved)
        page.windowCloseRequested.connect(self._close_requested)
        page.said.connect(self._said)

    # ------------------------------------------------------------ commands

    def renderer_pid(self) -> int:
        return self._page.renderProcessPid() if self._alive else 0

    def load(self, path: str, scripts: Sequence[Script]) -> None:
        self._alive = True
        self._page.show_address(QUrl(origins.url(self._origin, path)), scripts)

    def post(self, text: str) -> None:
        self._page.endpoint.parcel.emit(text)

    def set_title(self, title: str) -> None:
        self._view.setWindowTitle(title)
        self._listener.changed(title=title)

    def set_bounds(self, bounds: Bounds) -> None:
        self._geometry.set_bounds(bounds)

    def show(self) -> None:
        if is_unhidden(self._view):
            hide_again(self._view)  # what is shown beside the screen cannot be moved onto it
        self._view.show()

    def hide(self) -> None:
        if not is_unhidden(self._view):
            self._view.hide()

    def set_mode(self, mode: Mode) -> None:
        self._geometry.set_mode(mode)

    def focus(self) -> None:
        self._view.raise_()
        self._view.activateWindow()

    def blur(self) -> None:
        self._view.clearFocus()

    def set_zoom(self, zoom: float) -> None:
        self._page.setZoomFactor(zoom)
        self._listener.changed(zoom=zoom)

    def close(self, *, force: bool) -> None:
        if force or not self._alive:
            self._close()
        else:
            self._page.triggerAction(QWebEnginePage.WebAction.RequestClose)

    def capture(self, done: Callable[[int, int, bytes], None]) -> None:
        Picture(self._view, done)

    def run(self, source: str, world: World, done: Callable[[Any], None]) -> None:
        self._page.runJavaScript(source, WORLDS[world], guarded(done))

    def open_devtools(self) -> None:
        if self._devtools is None:
            self._devtools = DevTools(self._page, self._partition.profile, self._view.windowTitle())
        self._devtools.show()

    # ------------------------------------------------------------ what happens

    @guarded
    def _gone(self, status: _Termination, exit_code: int) -> None:
        self._alive = False
        self._listener.gone(_GONE.get(status, "abnormal-exit"), exit_code)

    @guarded
    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        url = info.url().toString()
        if info.url().host() != self._origin or not self._open:
            return  # the empty page it waited at
        if info.status() == QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            self._listener.loaded(url, None)
            self._partition.spare.prepare_soon()
        elif info.status() == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            aborted = info.errorCode() == _ERR_ABORTED
            self._listener.loaded(url, ABORTED if aborted else info.errorString() or f"error {info.errorCode()}")

    @guarded
    def _titled(self, title: str) -> None:
        # Without a title of its own a document is given its address, which is nobody's business.
        if title and self._page.url().host() == self._origin and self._origin not in title:
            self._view.setWindowTitle(title)
            self._listener.changed(title=title)

    @guarded
    def _moved(self, url: QUrl) -> None:
        if url.host() == self._origin:
            self._listener.changed(url=url.toString())

    @guarded
    def _said(self, level: str, message: str, source: str, line: int) -> None:
        self._listener.console(level, message, source, line)  # type: ignore[arg-type]

    # ------------------------------------------------------------ the end

    def _closing(self) -> bool:
        """Pywebview asks whether the native window may close; False keeps it open."""
        if self._open:
            self.close(force=False)
            return False
        return True

    @guarded
    def _close_requested(self) -> None:
        self._close()

    def _close(self) -> None:
        if not self._open:
            return
        self._open = False
        self._partition.handler.disown(self._origin)
        self._geometry.stop()
        if self._devtools is not None:
            self._devtools.close()
        self._view.close()
        self._view.deleteLater()
        self._listener.closed()


def _pywebview_window(options: WindowOptions) -> PywebviewWindow:
    bounds = options.bounds
    return PywebviewWindow(
        f"window-{next(_numbers)}",
        options.title,
        None,
        width=bounds.width or 900,
        height=bounds.height or 600,
        resizable=options.resizable,
        hidden=not options.show,
        frameless=not options.frame,
        easy_drag=False,
        maximized=options.maximized and options.show,
        on_top=options.on_top,
        background_color=options.background,
    )
