"""A body in pieces, as Qt's engine reads it: what has come and is not read yet. It knows no frame and no request.

`readData` runs on a thread of the engine's. The end is told by closing the device once it is empty, and then by one
more `readyRead`: any other way of ending leaves the page waiting.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QObject, Qt, Signal

from jupyterwin.host.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable

LOW = 256 * 1024
"""Bytes below which the next piece is asked for."""


class BodyStream(QIODevice):
    """`want` is called on the loop's thread whenever there is room for another piece."""

    _drained = Signal()

    def __init__(self, parent: QObject, want: Callable[[], None]) -> None:
        super().__init__(parent)
        self._pieces = bytearray()
        self._lock = threading.Lock()
        self._last = False
        self._asked = True
        self._want = guarded(want)
        self._drained.connect(self._read_on, Qt.ConnectionType.QueuedConnection)
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def add(self, piece: bytes | bytearray | memoryview, *, last: bool) -> None:
        """The next piece has come."""
        with self._lock:
            self._pieces += piece
            self._last = last
            self._asked = False
        self.readyRead.emit()
        self._read_on()

    @guarded
    def _read_on(self) -> None:
        if not self.isOpen():
            return
        with self._lock:
            left, last, asked = len(self._pieces), self._last, self._asked
            self._asked = self._asked or (left < LOW and not last)
        if last and not left:
            self.close()
            self.readyRead.emit()
        elif left < LOW and not last and not asked:
            self._want()

    # Qt calls these by name.

    def isSequential(self) -> bool:
        return True

    def bytesAvailable(self) -> int:
        with self._lock:
            return len(self._pieces)

    def readData(self, maxlen: int) -> bytes:
        with self._lock:
            piece = bytes(self._pieces[:maxlen])
            del self._pieces[:maxlen]
            left = len(self._pieces)
        if left < LOW:
            self._drained.emit()
        return piece

    def writeData(self, *_: object) -> int:
        return -1
