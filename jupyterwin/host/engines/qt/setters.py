"""What can be set of a native window in Qt: one function for each field of `Native`. At its birth, and later.

The order of the table is the order in which a window is born: limits before size, place before it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap

from jupyterwin.host import placing
from jupyterwin.host.engines.qt import x11
from jupyterwin.host.engines.qt.displays import displays
from jupyterwin.host.engines.qt.picture import hide_again, is_unhidden
from jupyterwin.wire.control import Bounds, Mode, Native, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines.qt.native import QtNative

STATES: dict[Mode, Qt.WindowState] = {
    "normal": Qt.WindowState.WindowNoState,
    "minimized": Qt.WindowState.WindowMinimized,
    "maximized": Qt.WindowState.WindowMaximized,
    "fullscreen": Qt.WindowState.WindowFullScreen,
}
_LARGEST = 16777215  # Qt's own QWIDGETSIZE_MAX
_SIDES = ("min_width", "min_height", "max_width", "max_height")


class Limits:
    """How small and large the person may make it."""

    def __init__(self, born: Native) -> None:
        self.resizable = born.resizable is not False
        self.sides: dict[str, int] = {side: getattr(born, side) or 0 for side in _SIDES}

    def put_on(self, window: Any, width: int, height: int) -> None:
        """Limit a window that is to have this size."""
        if self.resizable:
            window.setMinimumSize(self.sides["min_width"] or 1, self.sides["min_height"] or 1)
            window.setMaximumSize(self.sides["max_width"] or _LARGEST, self.sides["max_height"] or _LARGEST)
        else:
            window.setFixedSize(width, height)


def be_born(native: QtNative, born: Native, parent: Any) -> None:
    """Give a new window all that it is born with; it is seen at last, if at all."""
    window, bounds = native.window, born.bounds or Bounds()
    window.setWindowFlags(native.hints.flags())
    size = Bounds(0, 0, bounds.width or window.width(), bounds.height or window.height())
    native.limits.put_on(window, size.width or 0, size.height or 0)
    screens = displays()
    display = placing.found(screens, born.screen)
    wanted = Bounds(bounds.x, bounds.y, size.width, size.height)
    here = placing.born_at(wanted, display or placing.primary(screens), counted_on_it=display is not None)
    if born.place is not None:
        here = placing.found_again(born.place, screens)
    _place(native, here)
    window.winId()  # from here on there is a handle
    if parent is not None:
        window.windowHandle().setTransientParent(parent.windowHandle())
        window.windowHandle().setModality(Qt.WindowModality.WindowModal if born.modal else Qt.WindowModality.NonModal)
    mode = born.mode or (born.place.mode if born.place else None)
    for name in ("title", "background", "icon", "skip_taskbar", "opacity", "zoom"):
        if (value := getattr(born, name)) is not None:
            SETTERS[name](native, value)
    if mode in {"maximized", "fullscreen"}:
        window.setWindowState(STATES[mode])
    if born.visible is not False:
        window.show()
        if mode == "minimized":  # Qt does not show a window minimised
            window.setWindowState(STATES[mode])


# ---------------------------------------------------------------- place and size


def _place(native: QtNative, bounds: Bounds) -> None:
    """A window that is maximised or fills its screen is restored first."""
    window = native.window
    width, height = bounds.width or window.width(), bounds.height or window.height()
    if not native.limits.resizable:
        native.limits.put_on(window, width, height)
    if window.windowHandle() is None:  # nobody knows its frame yet: Qt makes room for it
        window.resize(width, height)
        window.move(bounds.x or 0, bounds.y or 0)
        return
    # The handle is told where the inside is to be: what Qt believes of the frame is late while states change.
    here, insets = native.normal_bounds, native.insets
    if native.mode in {"maximized", "fullscreen"}:
        window.setWindowState(STATES["normal"])
    x, y = _or(here.x, bounds.x) + insets.left, _or(here.y, bounds.y) + insets.top
    window.setGeometry(x, y, bounds.width or here.width, bounds.height or here.height)


def _or(now: int | None, wanted: int | None) -> int:
    return (now or 0) if wanted is None else wanted


def _set_outer(native: QtNative, outer: Bounds) -> None:
    _restore(native)
    _place(native, placing.without_frame(outer, native.insets))


def _restore(native: QtNative) -> None:
    window = native.window
    window.setWindowState(window.windowState() & ~STATES["minimized"])
    window.show()


def _set_place(native: QtNative, place: Place) -> None:
    _place(native, placing.found_again(place, displays()))
    _set_mode(native, place.mode)


def _set_mode(native: QtNative, mode: Mode) -> None:
    window = native.window
    if mode == "minimized":  # and still what it is under it
        window.setWindowState(window.windowState() | STATES[mode])
    else:
        window.setWindowState(STATES[mode])
        window.show()


def _set_limit(side: str) -> Callable[[QtNative, int], None]:
    def put(native: QtNative, pixels: int) -> None:
        native.limits.sides[side] = pixels
        native.limits.put_on(native.window, native.window.width(), native.window.height())

    return put


def _set_resizable(native: QtNative, resizable: bool) -> None:  # noqa: FBT001 -- a value
    native.limits.resizable = resizable
    native.limits.put_on(native.window, native.window.width(), native.window.height())


# ---------------------------------------------------------------- looks


def _set_title(native: QtNative, title: str) -> None:
    native.window.setWindowTitle(title)
    native.listener.changed(Native(title=title))


def _set_background(native: QtNative, background: str) -> None:
    """Before anything is painted, and behind a page that paints none."""
    window, colour = native.window, QColor(background)
    palette = window.palette()
    palette.setColor(window.backgroundRole(), colour)
    window.setPalette(palette)
    x11.set_background(int(window.winId()), colour.rgba())
    window.webview.page().setBackgroundColor(colour)


def _set_icon(native: QtNative, png: bytes) -> None:
    picture = QPixmap()
    picture.loadFromData(png, "PNG")
    native.window.setWindowIcon(QIcon(picture))


def _set_opacity(native: QtNative, opacity: float) -> None:
    native.window.setWindowOpacity(opacity)


def _set_zoom(native: QtNative, zoom: float) -> None:
    native.window.webview.page().setZoomFactor(zoom)
    native.listener.changed(Native(zoom=zoom))


def _set_visible(native: QtNative, visible: bool) -> None:  # noqa: FBT001 -- a value
    if visible:
        show(native)
        native.window.activateWindow()  # some window managers give the keyboard to new windows only
    elif not is_unhidden(native.window):
        native.window.hide()


def show(native: QtNative) -> None:
    """Show it; who gets the keyboard is the window manager's to say."""
    window = native.window
    if not window.isVisible() or is_unhidden(window):
        if is_unhidden(window):
            hide_again(window)  # what is shown beside the screen cannot be moved onto it
        if native.skip_taskbar:
            _skip(native, on=True)  # the window manager forgets it of a window that is hidden
        window.show()


# ---------------------------------------------------------------- what the window manager is told


def _set_hint(name: str) -> Callable[[QtNative, bool], None]:
    def put(native: QtNative, on: bool) -> None:  # noqa: FBT001 -- a value
        native.hints.say(name, on=on)
        flags = native.hints.flags()
        native.window.overrideWindowFlags(flags)  # setting them would hide the window, and make another
        native.window.windowHandle().setFlags(flags)
        if name == "closable":
            native.closable = on
        told: dict[str, Any] = {name: on}
        native.listener.changed(Native(**told))

    return put


def _set_skip_taskbar(native: QtNative, on: bool) -> None:  # noqa: FBT001 -- a value
    native.skip_taskbar = on
    _skip(native, on=on)


def _skip(native: QtNative, *, on: bool) -> None:
    window = native.window
    for state in ("SKIP_TASKBAR", "SKIP_PAGER"):
        x11.set_state(int(window.winId()), state, on=on, mapped=window.isVisible())


SETTERS: dict[str, Callable[[QtNative, Any], None]] = {
    "title": _set_title,
    "background": _set_background,
    "icon": _set_icon,
    "always_on_top": _set_hint("always_on_top"),
    "minimizable": _set_hint("minimizable"),
    "maximizable": _set_hint("maximizable"),
    "closable": _set_hint("closable"),
    "focusable": _set_hint("focusable"),
    "skip_taskbar": _set_skip_taskbar,
    **{side: _set_limit(side) for side in _SIDES},
    "resizable": _set_resizable,
    "opacity": _set_opacity,
    "zoom": _set_zoom,
    "mode": _set_mode,
    "bounds": _place,
    "place": _set_place,
    "outer": _set_outer,
    "visible": _set_visible,
}
