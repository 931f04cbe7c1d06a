"""The object that a preload sees through Qt's channel in the isolated world: one slot in, one signal out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QIODevice, QObject, Signal, Slot
from PySide6.QtWebChannel import QWebChannel

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

OBJECT_NAME = "jupyterwin"
_CLIENT = ":/qtwebchannel/qwebchannel.js"


class Endpoint(QObject):
    """Parcels to and from the preload."""

    parcel = Signal(str)

    def __init__(self, parent: QObject, posted: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._posted = guarded(posted)

    @Slot(str)
    def post(self, text: str) -> None:
        self._posted(text)


def make_channel(parent: QObject, endpoint: Endpoint) -> QWebChannel:
    """A channel with this endpoint."""
    channel = QWebChannel(parent)
    channel.registerObject(OBJECT_NAME, endpoint)
    return channel


def client_source() -> str:
    """Qt's own JavaScript half of the channel."""
    file = QFile(_CLIENT)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(_CLIENT)
    try:
        return bytes(file.readAll().data()).decode()
    finally:
        file.close()
