"""A picture of a native window in Qt, also of one that is hidden or has not painted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer
from PySide6.QtGui import QImage

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 60  # milliseconds between two looks
_PATIENCE = 8  # looks at a picture of a single colour before it is taken for the truth


class Picture:
    """One capture under way."""

    def __init__(self, window: Any, done: Callable[[int, int, bytes], None]) -> None:
        self._window = window
        self._done = done
        self._looks = 0
        self._unhidden = not window.isVisible()
        if self._unhidden:
            # A hidden window does not paint. Shown, but not on the screen, it does.
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=True)
            window.show()
            self._look_later()
        else:
            self._look()

    def _look_later(self) -> None:
        QTimer.singleShot(_PAUSE, lambda: self._look())  # noqa: PLW0108 -- Qt holds a method weakly, a function firmly

    @guarded
    def _look(self) -> None:
        image = self._window.webview.grab().toImage()
        self._looks += 1
        if self._looks < _PATIENCE and _is_plain(image):
            self._look_later()  # perhaps it has not painted yet
            return
        if self._unhidden:
            self._window.hide()
            self._window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        self._done(image.width(), image.height(), _png(image))


def _is_plain(image: QImage) -> bool:
    """Whether all pixels have one colour."""
    opaque = image.convertToFormat(QImage.Format.Format_ARGB32)  # kept in a name: its bits do not outlive it
    pixels = bytes(opaque.constBits())
    return pixels == pixels[:4] * (len(pixels) // 4)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    kind: Any = "PNG"  # the stub says bytes, the binding wants str
    image.save(buffer, kind)
    return bytes(data.data())
