"""What a native window is in Qt: changed by the kernel, told when the person or the window manager changed it.

One table for each direction: what can be set, what is watched, what can be done. It knows no page and no frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from jupyterwin.host.engines.qt.picture import hide_again, is_unhidden
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import Action, Bounds, Mode, Native

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines import WindowListener

_WATCHED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.WindowStateChange,
    QEvent.Type.WindowActivate,
    QEvent.Type.WindowDeactivate,
}
_SETTLE = 30  # milliseconds: a drag is told some thirty times a second, not for each pixel

_STATES: dict[Mode, Qt.WindowState] = {
    "normal": Qt.WindowState.WindowNoState,
    "minimized": Qt.WindowState.WindowMinimized,
    "maximized": Qt.WindowState.WindowMaximized,
    "fullscreen": Qt.WindowState.WindowFullScreen,
}


def screen_at(index: int | None) -> QScreen | None:
    """A screen by its number; None for no wish, or for a screen that is not there."""
    screens = QGuiApplication.screens()
    return screens[index] if index is not None and 0 <= index < len(screens) else None


def place(window: Any, bounds: Bounds, screen: QScreen | None) -> None:
    """Move a new window: to its place on the desktop, or on `screen` when one was asked for; centred without a place."""
    area = (screen or QGuiApplication.primaryScreen()).geometry()
    left, top = (area.x(), area.y()) if screen is not None else (0, 0)
    centre = area.center() - window.rect().center()
    window.move(
        centre.x() if bounds.x is None else left + bounds.x,
        centre.y() if bounds.y is None else top + bounds.y,
    )


class QtNative(QObject):
    """The native side of one window."""

    def __init__(self, window: Any, listener: WindowListener) -> None:
        super().__init__(window)
        self.window = window
        self.listener = listener
        self._told: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._tell)
        window.installEventFilter(self)
        self._timer.start()

    def change(self, native: Native) -> None:
        """Be like this."""
        for name, value in native.said().items():
            _SETTERS[name](self, value)

    def act(self, action: Action) -> None:
        """Do this."""
        _ACTIONS[action](self.window)

    def stop(self) -> None:
        """It closes."""
        self._timer.stop()
        self.window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _WATCHED and not self._timer.isActive():
            self._timer.start()
        return False

    @guarded
    def _tell(self) -> None:
        now = {name: read(self.window) for name, read in _READERS.items()}
        changes = {name: value for name, value in now.items() if self._told.get(name) != value}
        self._told = now
        if changes:
            self.listener.changed(Native(**changes))


# ---------------------------------------------------------------- what can be set


def _set_title(native: QtNative, title: str) -> None:
    native.window.setWindowTitle(title)
    native.listener.changed(Native(title=title))


def _set_bounds(native: QtNative, bounds: Bounds) -> None:
    window = native.window
    fixed = window.minimumSize() == window.maximumSize()
    resize = window.setFixedSize if fixed else window.resize
    resize(bounds.width or window.width(), bounds.height or window.height())
    if bounds.x is not None or bounds.y is not None:
        window.move(
            window.x() if bounds.x is None else bounds.x,
            window.y() if bounds.y is None else bounds.y,
        )


def _set_visible(native: QtNative, visible: bool) -> None:  # noqa: FBT001 -- a value
    window = native.window
    if visible:
        if is_unhidden(window):
            hide_again(window)  # what is shown beside the screen cannot be moved onto it
        window.show()
    elif not is_unhidden(window):
        window.hide()


def _set_mode(native: QtNative, mode: Mode) -> None:
    native.window.setWindowState(_STATES[mode])
    if mode != "minimized":
        native.window.show()


def _set_zoom(native: QtNative, zoom: float) -> None:
    native.window.webview.page().setZoomFactor(zoom)
    native.listener.changed(Native(zoom=zoom))


_SETTERS: dict[str, Callable[[QtNative, Any], None]] = {
    "title": _set_title,
    "bounds": _set_bounds,
    "visible": _set_visible,
    "mode": _set_mode,
    "zoom": _set_zoom,
}


# ---------------------------------------------------------------- what is watched


def _mode_of(window: Any) -> Mode:
    states = window.windowState()
    modes: tuple[Mode, ...] = ("minimized", "fullscreen", "maximized")
    return next((mode for mode in modes if states & _STATES[mode]), "normal")


_READERS: dict[str, Callable[[Any], Any]] = {
    "bounds": lambda window: Bounds(window.x(), window.y(), window.width(), window.height()),
    # A hidden window that is having its picture taken is shown, but not on the screen.
    "visible": lambda window: window.isVisible() and not is_unhidden(window),
    "focused": lambda window: window.isActiveWindow(),
    "mode": _mode_of,
}


# ---------------------------------------------------------------- what can be done


def _focus(window: Any) -> None:
    window.raise_()
    window.activateWindow()


_ACTIONS: dict[Action, Callable[[Any], None]] = {
    "focus": _focus,
    "blur": lambda window: window.clearFocus(),
}
