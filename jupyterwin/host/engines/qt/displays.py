"""The displays and the pointer of the desktop, in Qt; told when they change. It knows no window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import Bounds, Display

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTLE = 100  # milliseconds: plugging in a monitor is a dozen signals


def displays() -> list[Display]:
    """All of them; at least one."""
    primary = QGuiApplication.primaryScreen()
    return [_display(screen, primary=screen is primary) for screen in QGuiApplication.screens()]


def pointer() -> tuple[int, int]:
    """Where the mouse is, in device-independent pixels."""
    point = QCursor.pos()
    return point.x(), point.y()


class DisplayWatch(QObject):
    """Calls `changed` with all displays whenever they are others than before."""

    def __init__(self, changed: Callable[[list[Display]], None]) -> None:
        super().__init__()
        self._changed = changed
        self._told = displays()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._tell)
        application: Any = QGuiApplication.instance()
        application.screenAdded.connect(self._came)
        application.screenRemoved.connect(self._soon)
        application.primaryScreenChanged.connect(self._soon)
        for screen in application.screens():
            self._listen(screen)

    @guarded
    def _came(self, screen: QScreen) -> None:
        self._listen(screen)
        self._timer.start()

    def _listen(self, screen: QScreen) -> None:
        for signal in (screen.geometryChanged, screen.availableGeometryChanged, screen.logicalDotsPerInchChanged):
            signal.connect(self._soon)

    @guarded
    def _soon(self, *_: object) -> None:
        self._timer.start()

    @guarded
    def _tell(self) -> None:
        now = displays()
        if now != self._told:
            self._told = now
            self._changed(now)


def _display(screen: QScreen, *, primary: bool) -> Display:
    return Display(
        screen.name(),
        _bounds(screen.geometry()),
        _bounds(screen.availableGeometry()),
        screen.devicePixelRatio(),
        primary,
    )


def _bounds(rectangle: Any) -> Bounds:
    return Bounds(rectangle.x(), rectangle.y(), rectangle.width(), rectangle.height())
