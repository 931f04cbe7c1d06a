"""A native window in Qt: pywebview's window with our page in it.

It knows pywebview's window and Qt, and no frame. All of it lives on the GUI thread, and is dropped there.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWebEngineCore import QWebEnginePage
from webview.window import Window as PywebviewWindow

from jupyterwin.host.engines.qt.contents import QtContents
from jupyterwin.host.engines.qt.drops import Drops
from jupyterwin.host.engines.qt.menus import QtMenus
from jupyterwin.host.engines.qt.modal import Modal
from jupyterwin.host.engines.qt.native import QtNative
from jupyterwin.wire.control import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.engines import WindowListener
    from jupyterwin.host.engines.qt.profile import Partition
    from jupyterwin.wire.control import Action, MenuItem, Native

_numbers = count(1)


class QtWindow(QtContents):
    """One native window and its page."""

    def __init__(
        self,
        gui: Any,
        partition: Partition,
        origin: str,
        born: Native,
        listener: WindowListener,
        parent: QtWindow | None,
    ) -> None:
        super().__init__(partition, origin, born.background or "#ffffff", listener)
        self._window = _pywebview_window(born)
        self._window.events.before_show += self._put_page
        self._window.events.closing += self._closing
        self._window._initialize(gui=gui)
        gui.create_window(self._window)
        self._view = self._window.native
        self._native = QtNative(self._view, born, listener, parent._view if parent else None)
        self._modal = Modal(self._view)
        self._menus = QtMenus(self._view, listener)

    def _put_page(self) -> None:
        """Put our page in the place of pywebview's, before anything is shown or loaded."""
        view: Any = self._window.native
        view.webview.setPage(self._page)
        self._page.drops = Drops(view.webview)
        self._partition.spare.release()

    # ------------------------------------------------------------ commands

    def change(self, native: Native) -> None:
        self._native.change(native)

    def act(self, action: Action) -> None:
        self._native.act(action)

    def set_menu(self, where: Literal["bar", "context"], items: Sequence[MenuItem] | None) -> None:
        self._menus.set_menu(where, items)

    def popup_menu(self, items: Sequence[MenuItem], at: tuple[int, int] | None, closed: Callable[[], None]) -> None:
        self._menus.popup(items, at, closed)

    def begin_modal(self) -> list[int]:
        return self._modal.begin()

    def end_modal(self) -> None:
        self._modal.end()

    def close(self, *, force: bool) -> None:
        if force or not self._alive:
            self._close()
        else:
            self._page.triggerAction(QWebEnginePage.WebAction.RequestClose)

    # ------------------------------------------------------------ the end

    def _closing(self) -> bool:
        """Pywebview asks whether the native window may close; False keeps it open."""
        if self._open and self._native.closable:
            self._listener.closing()
        return not self._open

    def _close(self) -> None:
        if not self._open:
            return
        self._native.stop()
        self._leave()
        self._view.close()
        self._view.deleteLater()
        self._listener.closed()


def _pywebview_window(born: Native) -> PywebviewWindow:
    bounds = born.bounds or Bounds()
    return PywebviewWindow(
        f"window-{next(_numbers)}",
        born.title or "",
        None,
        width=bounds.width or 900,
        height=bounds.height or 600,
        hidden=True,  # it is shown when it is all that it shall be
        easy_drag=False,
        background_color=born.background or "#ffffff",
    )
