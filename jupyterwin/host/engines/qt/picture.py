"""A picture of a native window in Qt, also of one that is hidden or has not painted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt, QTimer
from PySide6.QtGui import QImage
from shiboken6 import isValid

from jupyterwin.host import scripts
from jupyterwin.host.engines.qt.page import WORLDS
from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines import Cut

_PAUSE = 60  # milliseconds between two looks
_PICTURES = "jupyterwinPictures"  # how many are being taken of a window that is shown for them
_PATIENCE = 8  # looks at a picture of a single colour, or of the page before, until it is taken for the truth
_LONGEST = 80  # looks at such a picture while the page says that it has not painted yet


def is_unhidden(window: Any) -> bool:
    """Whether it is hidden, and shown beside the screen for its picture only."""
    return bool(window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen))


def hide_again(window: Any) -> None:
    """Its picture is taken, or somebody wants to see it for real."""
    window.hide()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)


def look_at(window: Any) -> QImage:
    """What its page shows, or showed last."""
    image: QImage = window.webview.grab().toImage()
    return image


class Picture:
    """One capture under way. `stale`: what the view shows on of a page that is no more."""

    def __init__(
        self, window: Any, cut: Cut, done: Callable[[int, int, bytes], None], stale: QImage | None = None
    ) -> None:
        self._window = window
        self._cut = cut
        self._done = done
        self._stale = stale
        self._crashed = stale is not None
        self._looks = 0
        self._painted = False
        """The page says so; what a busy machine, or a busy page, has not painted yet is no picture of it."""
        self._woken = window.isVisible() and window.isMinimized()
        if self._woken:
            window.webview.page().setVisible(True)  # it paints nothing while it is minimised
        if self._stale is None and (self._woken or not window.isVisible()):
            self._stale = look_at(window)  # of before it was hidden, perhaps
        if is_unhidden(window):
            window.setProperty(_PICTURES, window.property(_PICTURES) + 1)
        elif not window.isVisible():
            # A hidden window does not paint. Shown, but not on the screen, it does.
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=True)
            window.setProperty(_PICTURES, 1)
            window.show()
            self._look_later()
            return
        self._look()

    def _look_later(self) -> None:
        QTimer.singleShot(_PAUSE, lambda: self._look())  # noqa: PLW0108 -- Qt holds a method weakly, a function firmly

    @guarded
    def _look(self) -> None:
        if not isValid(self._window):
            return  # it was closed meanwhile, and its commands were answered so
        image = look_at(self._window)
        self._looks += 1
        if self._comes(image):
            self._look_later()
            return
        if self._woken and self._window.isMinimized():
            self._window.webview.page().setVisible(False)
        if is_unhidden(self._window):
            self._window.setProperty(_PICTURES, self._window.property(_PICTURES) - 1)
            if not self._window.property(_PICTURES):
                hide_again(self._window)
        image, png = _as_wanted(image, self._cut)
        self._done(image.width(), image.height(), png)

    def _comes(self, image: QImage) -> bool:
        """Whether it is perhaps not what the page will show in a moment."""
        plain = _is_plain(image)
        if (plain or (self._crashed and image == self._stale)) and not self._painted and self._looks < _LONGEST:
            self._ask_page()
            return True
        return self._looks < _PATIENCE and (plain or image == self._stale)

    def _ask_page(self) -> None:
        def answered(painted: object) -> None:
            self._painted = painted is True

        page = self._window.webview.page()
        page.runJavaScript(scripts.built("painting.js"), WORLDS["preload"], guarded(answered))


def _is_plain(image: QImage) -> bool:
    """Whether all pixels have one colour."""
    opaque = image.convertToFormat(QImage.Format.Format_ARGB32)  # kept in a name: its bits do not outlive it
    pixels = bytes(opaque.constBits())
    return pixels == pixels[:4] * (len(pixels) // 4)


def _as_wanted(image: QImage, cut: Cut) -> tuple[QImage, bytes]:
    if cut.area is not None:
        x, y, width, height = cut.area
        whole = QRectF(0, 0, image.width(), image.height())
        part = QRectF(x * whole.width(), y * whole.height(), width * whole.width(), height * whole.height())
        image = image.copy(part.intersected(whole).toAlignedRect())
    if cut.width and image.width() > cut.width:
        image = _narrower(image, cut.width)
    png = _png(image)
    while cut.room and len(png) > cut.room and image.width() > 1:
        image = _narrower(image, int(image.width() * min(0.9, (cut.room / len(png)) ** 0.5)))
        png = _png(image)
    return image, png


def _narrower(image: QImage, width: int) -> QImage:
    return image.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    kind: Any = "PNG"  # the stub says bytes, the binding wants str
    image.save(buffer, kind)
    return bytes(data.data())
