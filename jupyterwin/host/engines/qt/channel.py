"""The object that a preload sees through Qt's channel in the isolated world: one slot in, one signal out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWebChannel import QWebChannel

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

OBJECT_NAME = "jupyterwin"


class Endpoint(QObject):
    """Parcels to and from the preload."""

    parcel = Signal(str)

    def __init__(self, parent: QObject, posted: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._posted = guarded(posted)

    @property
    def signal(self) -> int:
        """The number of `parcel` among its signals: how the preload names it."""
        return self.metaObject().indexOfSignal("parcel(QString)")

    @Slot(str)
    def post(self, text: str) -> None:
        self._posted(text)


def make_channel(parent: QObject, endpoint: Endpoint) -> QWebChannel:
    """A channel with this endpoint."""
    channel = QWebChannel(parent)
    channel.registerObject(OBJECT_NAME, endpoint)
    return channel
