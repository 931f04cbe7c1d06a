"""What a native window is in Qt: told when the person or the window manager changed it; changed by the kernel.

What can be set and done is in `setters` and `actions`, what is watched is here. It knows no page and no frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from jupyterwin.host.engines.qt import actions, setters
from jupyterwin.host.engines.qt.hints import Hints
from jupyterwin.host.engines.qt.picture import is_unhidden
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import Action, Bounds, Insets, Mode, Native

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
    QEvent.Type.ScreenChangeInternal,
}
_PACE = 30  # milliseconds: a drag is told some thirty times a second, not for each pixel
_KEYBOARD = 150  # milliseconds after it is shown: Qt gives up a keyboard that nobody took within 100
_STILL = 250  # milliseconds without a change of place or size: the person has let go


class QtNative(QObject):
    """The native side of one window."""

    def __init__(self, window: Any, born: Native, listener: WindowListener, parent: Any) -> None:
        super().__init__(window)
        self.window: Any = window
        self.listener = listener
        self.hints = Hints(born)
        self.limits = setters.Limits(born)
        self.closable = born.closable is not False
        self.skip_taskbar = False
        self._insets = Insets()
        self._told: dict[str, Any] = {}
        self._still_at: Bounds | None = None
        self._pace = self._timer(_PACE, self._tell)
        self._still = self._timer(_STILL, self._settled)
        self._keyboard = self._timer(_KEYBOARD, self._look_at_keyboard)
        setters.be_born(self, born, parent)
        window.installEventFilter(self)
        self._pace.start()

    def _timer(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    # ------------------------------------------------------------ commands

    def change(self, native: Native) -> None:
        """Be like this. What is watched of it is told again, also when the window manager refused it."""
        if self._still_at is None:
            self._still_at = self.bounds  # it has not stood still yet: this is where it is moved from
        for name, value in native.known().items():
            setters.SETTERS[name](self, value)
            self._told.pop(name, None)
        self._pace.start()

    def act(self, action: Action) -> None:
        """Do this."""
        actions.ACTIONS[action](self)
        self._pace.start()

    def stop(self) -> None:
        """It closes."""
        self._pace.stop()
        self._still.stop()
        self._keyboard.stop()
        self.window.removeEventFilter(self)

    # ------------------------------------------------------------ what happens

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in _WATCHED and not self._pace.isActive():
            self._pace.start()
        if event.type() is QEvent.Type.Show:
            self._keyboard.start()
        return False

    @guarded
    def _tell(self) -> None:
        now = {name: read(self) for name, read in _READERS.items()}
        changes = {name: value for name, value in now.items() if self._told.get(name) != value}
        self._told |= now
        if changes.keys() & {"bounds", "mode"}:
            self._still.start()
        if changes:
            self.listener.changed(Native(**changes))

    @guarded
    def _look_at_keyboard(self) -> None:
        """Qt takes a window that is hidden for inactive, but for a moment longer for the one with the keyboard.

        When it gets the keyboard again in that moment, nothing has changed in Qt's eyes, and it stays inactive.
        """
        if QGuiApplication.focusWindow() is self.window.windowHandle() and QApplication.activeWindow() is None:
            QApplication.setActiveWindow(self.window)

    @guarded
    def _settled(self) -> None:
        """It was moved or resized, and stands still. Its frame may have changed without a word: look again."""
        self._tell()
        before, now = self._still_at, self.bounds
        self._still_at = now
        if before is None:
            return
        if (before.x, before.y) != (now.x, now.y):
            self.listener.happened("moved")
        if (before.width, before.height) != (now.width, now.height):
            self.listener.happened("resized")

    # ------------------------------------------------------------ what it is

    @property
    def bounds(self) -> Bounds:
        """As it is now."""
        inner, insets = self.window.windowHandle().geometry(), self._insets_now()
        return Bounds(inner.x() - insets.left, inner.y() - insets.top, inner.width(), inner.height())

    @property
    def mode(self) -> Mode:
        """As it is now."""
        states = self.window.windowState()
        modes: tuple[Mode, ...] = ("minimized", "fullscreen", "maximized")
        return next((mode for mode in modes if states & setters.STATES[mode]), "normal")

    @property
    def insets(self) -> Insets:
        """Of the frame that it has, or will have again when it is normal."""
        if self.mode == "normal":
            self._insets = self._insets_now()
        return self._insets

    def _insets_now(self) -> Insets:
        """Of the frame that it has. A hidden window has none, and gets the one it had."""
        if not self.window.isVisible():
            return self._insets
        # Of the handle: the widget's own idea of its frame is late.
        frame = self.window.windowHandle().frameMargins()
        return Insets(frame.left(), frame.top(), frame.right(), frame.bottom())

    @property
    def normal_bounds(self) -> Bounds:
        """As it is, or will be when it is restored."""
        if self.mode == "normal":
            return self.bounds
        insets, inner = self.insets, self.window.normalGeometry()
        return Bounds(inner.x() - insets.left, inner.y() - insets.top, inner.width(), inner.height())


_READERS: dict[str, Callable[[QtNative], Any]] = {
    "insets": lambda native: native.insets,
    "mode": lambda native: native.mode,
    "bounds": lambda native: native.bounds,
    "normal_bounds": lambda native: native.normal_bounds,
    "display": lambda native: native.window.windowHandle().screen().name(),
    # A hidden window that is having its picture taken is shown, but not on the screen.
    "visible": lambda native: native.window.isVisible() and not is_unhidden(native.window),
    # Qt may not hear that a window that is hidden has lost the keyboard.
    "focused": lambda native: native.window.isVisible() and native.window.isActiveWindow(),
}
