"""Menus in Qt: the bar of a window, what a right click opens, and menus that the kernel opens. They know no callback.

What an item does is told by its number; editing is done here, where the text is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCursor, QKeySequence, QPalette
from PySide6.QtWebEngineCore import QWebEngineContextMenuRequest, QWebEnginePage
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from jupyterwin.host.engines.qt.returned import ReturnedKeys
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import MenuItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QMenuBar

    from jupyterwin.host.engines import WindowListener

_Action = QWebEnginePage.WebAction
_Can = QWebEngineContextMenuRequest.EditFlag
_EDITING: Mapping[str, tuple[QWebEnginePage.WebAction, QWebEngineContextMenuRequest.EditFlag]] = {
    "undo": (_Action.Undo, _Can.CanUndo),
    "redo": (_Action.Redo, _Can.CanRedo),
    "cut": (_Action.Cut, _Can.CanCut),
    "copy": (_Action.Copy, _Can.CanCopy),
    "paste": (_Action.Paste, _Can.CanPaste),
    "select_all": (_Action.SelectAll, _Can.CanSelectAll),
}
_FOR_TEXT = [
    MenuItem(0, label="Cu&t", keys="Ctrl+X", role="cut"),
    MenuItem(0, label="&Copy", keys="Ctrl+C", role="copy"),
    MenuItem(0, label="&Paste", keys="Ctrl+V", role="paste"),
]
"""What a right click opens in a window that was given nothing else: only those that can be done there."""

_DARK = 0.5

_MEDIA = {
    QWebEngineContextMenuRequest.MediaType.MediaTypeImage: "image",
    QWebEngineContextMenuRequest.MediaType.MediaTypeVideo: "video",
    QWebEngineContextMenuRequest.MediaType.MediaTypeAudio: "audio",
    QWebEngineContextMenuRequest.MediaType.MediaTypeCanvas: "canvas",
}


class QtMenus:
    """The menus of one window."""

    def __init__(self, window: Any, listener: WindowListener) -> None:
        self._window = window
        self._view = window.webview
        self._listener = listener
        self._context: Sequence[MenuItem] = _FOR_TEXT
        self._open: QMenu | None = None
        self._returned = ReturnedKeys(window)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._right_click)

    def set_menu(self, where: str, items: Sequence[MenuItem] | None) -> None:
        """Show these from now on; see `jupyterwin.wire.control.SetMenu`."""
        if where == "context":
            self._context = _FOR_TEXT if items is None else items
            return
        bar = self._window.menuBar()
        for old in bar.findChildren(QMenu):
            old.deleteLater()  # clear() leaves them until the window is gone
        bar.clear()
        _fill(bar, items or (), self._chosen)
        _dress(self._window, bar, *bar.findChildren(QMenu))
        bar.setVisible(bool(items))

    def popup(self, items: Sequence[MenuItem], at: tuple[int, int] | None, closed: Callable[[], None]) -> None:
        """Open a menu at a point of the page, or at the pointer; `closed` is called once, after what was chosen is told."""
        place = QCursor.pos() if at is None else self._view.mapToGlobal(QPoint(*at))
        menu = QMenu(self._window)
        _fill(menu, items, self._chosen)
        _dress(self._window, menu, *menu.findChildren(QMenu))
        self._open = menu

        def over() -> None:
            closed()
            if isValid(menu):  # its window may be gone
                menu.deleteLater()

        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, guarded(over)))
        menu.popup(place)

    @guarded
    def _right_click(self, at: QPoint) -> None:
        request = self._view.lastContextMenuRequest()
        if request is None:
            return
        params = _params(request, at)
        can = request.editFlags()
        possible = [one for one in self._context if not one.role or can & _EDITING[one.role][1]]
        if any(one.type != "separator" for one in possible):
            self.popup(possible, (at.x(), at.y()), lambda: None)
        self._listener.happened("context-menu", params)

    def _chosen(self, item: MenuItem, *, checked: bool) -> None:
        if item.role:
            self._view.page().triggerAction(_EDITING[item.role][0])
        if item.id:
            self._listener.chosen(item.id, checked=checked)


def _dress(window: Any, *menus: QMenu | QMenuBar) -> None:
    """In the colours of the window: the desktop's are dark text, which nobody reads on a dark background."""
    background = window.palette().color(QPalette.ColorRole.Window)
    for menu in menus:
        menu.setPalette(QPalette(background) if background.lightnessF() < _DARK else QApplication.palette())


def _fill(menu: QMenu | QMenuBar, items: Sequence[MenuItem], chosen: Callable[..., None]) -> None:
    group: QActionGroup | None = None
    for item in items:
        group = (group or QActionGroup(menu)) if item.type == "radio" else None
        if item.type == "submenu":
            below = menu.addMenu(item.label)
            _fill(below, item.items, chosen)
            action = below.menuAction()
        else:
            action = _action(menu, item, chosen)
            menu.addAction(action)
        if group is not None:
            group.addAction(action)
        action.setEnabled(item.enabled)
        action.setVisible(item.visible)


def _action(menu: QMenu | QMenuBar, item: MenuItem, chosen: Callable[..., None]) -> QAction:
    action = QAction(item.label, menu)
    action.setSeparator(item.type == "separator")
    if item.role and item.keys:
        action.setText(f"{item.label}\t{item.keys}")  # shown only: the page has these keys already
    elif item.keys:
        action.setShortcut(QKeySequence(item.keys))
    if item.type in {"checkbox", "radio"}:
        action.setCheckable(True)
        action.setChecked(item.checked)
    action.triggered.connect(guarded(lambda *_: chosen(item, checked=action.isChecked())))
    return action


def _params(request: QWebEngineContextMenuRequest, at: QPoint) -> dict[str, Any]:
    """What listeners of ``context-menu`` get, by Electron's names in snake_case."""
    return {
        "x": at.x(),
        "y": at.y(),
        "selection_text": request.selectedText()[:10_000],
        "link_url": request.linkUrl().toString()[:2000],
        "link_text": request.linkText()[:2000],
        "src_url": request.mediaUrl().toString()[:2000],
        "media_type": _MEDIA.get(request.mediaType(), "none"),
        "is_editable": request.isContentEditable(),
    }
