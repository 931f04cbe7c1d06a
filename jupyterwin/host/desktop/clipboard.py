"""The desktop's clipboard in Qt: read it once, or own it until something else is copied. It knows no kernel and no page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QTimer
from PySide6.QtGui import QGuiApplication, QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.wire import desktop as wire


def read(request: wire.ReadClipboard, answer: Callable[[object], None]) -> None:
    """Tell what is there."""
    data = QGuiApplication.clipboard().mimeData()
    if request.what == "formats":
        answer(data.formats())
    elif request.what == "text":
        answer(data.text() if data.hasText() else None)
    elif request.what == "html":
        answer(data.html() if data.hasHtml() else None)
    else:
        answer(_png(QGuiApplication.clipboard().image()))


def write(request: wire.WriteClipboard, answer: Callable[[object], None]) -> None:
    """Own the clipboard, and serve it to whoever pastes until another program owns it."""
    clipboard = QGuiApplication.clipboard()
    if request == type(request)():
        clipboard.setText("")  # who owns it now hears of a new owner, and not of nobody at all
        clipboard.clear()
        QGuiApplication.processEvents()
        answer(None)
        return
    data = QMimeData()
    if request.text is not None:
        data.setText(request.text)
    if request.html is not None:
        data.setHtml(request.html)
    if request.image is not None:
        data.setImageData(QImage.fromData(request.image))
    clipboard.setMimeData(data)
    # From now on only another program changes it. Whether we still own it is not asked: that is known a moment later.
    clipboard.dataChanged.connect(QGuiApplication.quit)
    QTimer.singleShot(0, lambda: answer(None))
    QGuiApplication.exec()


def _png(image: QImage) -> str | None:
    if image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants the name
    return base64.b64encode(buffer.data().data()).decode()
