"""What can be done to a native window in Qt that is no state of it: one function for each `Action`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from jupyterwin.host import placing
from jupyterwin.host.engines.qt import x11
from jupyterwin.host.engines.qt.displays import displays
from jupyterwin.host.engines.qt.setters import SETTERS, STATES, show
from jupyterwin.wire.control import Action, Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines.qt.native import QtNative


def _focus(native: QtNative) -> None:
    native.window.raise_()
    native.window.activateWindow()


def _blur(native: QtNative) -> None:
    if native.window.isActiveWindow():
        x11.give_keyboard_to(int(_nobody().winId()))


@cache
def _nobody() -> QWindow:
    """A window that no window manager knows, beside the screen: a keyboard that nobody had would be given back at once."""
    window = QWindow()
    window.setFlags(Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
    window.setGeometry(-10, -10, 1, 1)
    window.show()
    application: Any = QApplication.instance()
    application.aboutToQuit.connect(window.destroy)
    return window


def _show_inactive(native: QtNative) -> None:
    handle = native.window.windowHandle()
    handle.setProperty("_q_showWithoutActivating", True)
    show(native)
    handle.setProperty("_q_showWithoutActivating", False)


def _restore(native: QtNative) -> None:
    """As it was before it was minimised; else normal."""
    states = native.window.windowState()
    if states & STATES["minimized"]:
        native.window.setWindowState((states & ~STATES["minimized"]) | Qt.WindowState.WindowActive)
        native.window.show()
    else:
        SETTERS["mode"](native, "normal")


def _center(native: QtNative) -> None:
    display = placing.found(displays(), native.window.windowHandle().screen().name()) or placing.primary(displays())
    frame = native.window.frameGeometry()
    middle = placing.centred(Bounds(0, 0, frame.width(), frame.height()), display.work_area)
    SETTERS["bounds"](native, Bounds(x=middle.x, y=middle.y))


def _flash(native: QtNative) -> None:
    QApplication.alert(native.window)


def _stop_flashing(native: QtNative) -> None:
    x11.set_state(int(native.window.winId()), "DEMANDS_ATTENTION", on=False, mapped=True)


ACTIONS: dict[Action, Callable[[QtNative], None]] = {
    "focus": _focus,
    "blur": _blur,
    "show_inactive": _show_inactive,
    "restore": _restore,
    "center": _center,
    "move_top": lambda native: native.window.raise_(),
    "flash": _flash,
    "stop_flashing": _stop_flashing,
}
