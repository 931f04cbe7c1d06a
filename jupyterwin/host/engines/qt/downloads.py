"""Downloads of one window in Qt: into a folder of the host's own, from which the kernel fetches them. They know no user file."""

from __future__ import annotations

import shutil
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest
from shiboken6 import isValid

from jupyterwin.errors import UsageError
from jupyterwin.host.budget import Budget
from jupyterwin.host.guard import guarded
from jupyterwin.wire.control import PIECE, DownloadChanged, DownloadStarted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from jupyterwin.host.engines import WindowListener

    State = Literal["progressing", "completed", "cancelled", "interrupted"]

AT_ONCE = 8
"""Downloads of one window that may be under way, or wait to be fetched; one more is refused."""

PER_SECOND = 10
"""So many may begin in a second."""

_TELL = 100
"""Milliseconds between two words about how far it is."""

_DownloadState = QWebEngineDownloadRequest.DownloadState
_STATES: Mapping[QWebEngineDownloadRequest.DownloadState, State] = {
    _DownloadState.DownloadCompleted: "completed",
    _DownloadState.DownloadCancelled: "cancelled",
    _DownloadState.DownloadInterrupted: "interrupted",
}


class _Download:
    """One of them, and its folder."""

    def __init__(self, request: QWebEngineDownloadRequest) -> None:
        self.request = request
        self.folder = Path(tempfile.mkdtemp(prefix="jupyterwin-download-"))
        self.timer = QTimer()
        self.timer.setSingleShot(True)
        self.timer.setInterval(_TELL)

    @property
    def file(self) -> Path:
        """Where it is, under a name that the page has no part in."""
        return self.folder / "file"

    def state(self) -> State:
        return _STATES.get(self.request.state(), "progressing")


class QtDownloads:
    """The downloads of one window."""

    def __init__(self, listener: WindowListener) -> None:
        self._listener = listener
        self._numbers = count(1)
        self._downloads: dict[int, _Download] = {}
        self._pace = Budget(PER_SECOND)

    def begin(self, request: QWebEngineDownloadRequest) -> bool:
        """Take one that the page may have. False when there are too many."""
        if len(self._downloads) >= AT_ONCE or not self._pace.take(time.monotonic()):
            return False
        number, download = next(self._numbers), _Download(request)
        self._downloads[number] = download
        name, total = request.downloadFileName(), request.totalBytes()
        request.setDownloadDirectory(str(download.folder))
        request.setDownloadFileName(download.file.name)
        self._listener.downloads(DownloadStarted("", number, name, request.url().toString(), request.mimeType(), total))
        tell = guarded(lambda *_: self._tell(number))
        later = guarded(lambda *_: download.timer.isActive() or download.timer.start())
        download.timer.timeout.connect(tell)
        request.receivedBytesChanged.connect(later)
        request.isPausedChanged.connect(tell)
        request.stateChanged.connect(tell)
        request.accept()
        return True

    def act(self, number: int, action: str) -> None:
        """What the kernel wants of one; nothing for one that is gone."""
        download = self._downloads.get(number)
        if download is None:
            return
        if action == "forget":
            self._drop(number)
            return
        verbs: dict[str, Callable[[], None]] = {
            "pause": download.request.pause,
            "resume": download.request.resume,
            "cancel": download.request.cancel,
        }
        verbs[action]()

    def read(self, number: int, offset: int) -> bytes:
        """A piece of one that is complete."""
        download = self._downloads.get(number)
        if download is None or download.state() != "completed":
            raise UsageError(f"there is no complete download {number}")
        with download.file.open("rb") as file:
            file.seek(offset)
            return file.read(PIECE)

    def close(self) -> None:
        """The window closes."""
        for number in list(self._downloads):
            download = self._downloads[number]
            if isValid(download.request):
                download.request.cancel()
            self._drop(number)

    def _tell(self, number: int) -> None:
        download = self._downloads.get(number)
        if download is None:
            return
        request, state = download.request, download.state()
        told = DownloadChanged("", number, request.receivedBytes(), request.totalBytes(), state, request.isPaused())
        if state == "interrupted":
            told = DownloadChanged("", number, told.received, told.total, state, reason=request.interruptReasonString())
        if state not in {"progressing", "completed"}:
            self._drop(number)
        self._listener.downloads(told)

    def _drop(self, number: int) -> None:
        download = self._downloads.pop(number)
        download.timer.stop()
        shutil.rmtree(download.folder, ignore_errors=True)
