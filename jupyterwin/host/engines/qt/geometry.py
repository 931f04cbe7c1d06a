"""What the person does with a native window in Qt: place, size, mode, focus, visibility; told when it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines import Mode

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


class Geometry(QObject):
    """Watches one window."""

    def __init__(self, window: Any, changed: Callable[..., None]) -> None:
        super().__init__(window)
        self._window = window
        self._changed = changed
        self._told: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._tell)
        window.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _WATCHED and not self._timer.isActive():
            self._timer.start()
        return False

    def stop(self) -> None:
        self._timer.stop()
        self._window.removeEventFilter(self)

    def set_bounds(self, bounds: Bounds) -> None:
        window = self._window
        fixed = window.minimumSize() == window.maximumSize()
        resize = window.setFixedSize if fixed else window.resize
        resize(bounds.width or window.width(), bounds.height or window.height())
        if bounds.x is not None or bounds.y is not None:
            window.move(
                window.x() if bounds.x is None else bounds.x,
                window.y() if bounds.y is None else bounds.y,
            )

    def set_mode(self, mode: Mode) -> None:
        self._window.setWindowState(_STATES[mode])
        if mode != "minimized":
            self._window.show()

    @guarded
    def _tell(self) -> None:
        now = self._now()
        changes = {name: value for name, value in now.items() if self._told.get(name) != value}
        self._told = now
        if changes:
            self._changed(**changes)

    def _now(self) -> dict[str, Any]:
        window = self._window
        states = window.windowState()
        mode = next((name for name in ("minimized", "fullscreen", "maximized") if states & _STATES[name]), "normal")
        return {
            "bounds": Bounds(window.x(), window.y(), window.width(), window.height()),
            # A hidden window that is having its picture taken is shown, but not on the screen.
            "visible": window.isVisible() and not window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen),
            "focused": window.isActiveWindow(),
            "mode": mode,
        }
