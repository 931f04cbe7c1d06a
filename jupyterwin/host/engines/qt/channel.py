"""The object that a preload sees through Qt's channel in the isolated world: two slots in, one signal out.

What comes in says for which load its document was made: one that was still on its way when the next was asked for is
heard no more.
"""

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

    def __init__(self, parent: QObject, posted: Callable[[str], None], read: Callable[[], None]) -> None:
        super().__init__(parent)
        self._posted, self._read = guarded(posted), guarded(read)
        self.load = 0
        """The load that was asked for last: when, in seconds since 1970. No two of a window are the same."""

    @property
    def signal(self) -> int:
        """The number of `parcel` among its signals: how the preload names it."""
        return self.metaObject().indexOfSignal("parcel(QString)")

    @Slot(str, int)
    def post(self, text: str, load: int) -> None:
        if load == self.load:
            self._posted(text)

    @Slot(int)
    def read(self, load: int) -> None:
        if load == self.load:
            self._read()


def make_channel(parent: QObject, endpoint: Endpoint) -> QWebChannel:
    """A channel with this endpoint."""
    channel = QWebChannel(parent)
    channel.registerObject(OBJECT_NAME, endpoint)
    return channel
