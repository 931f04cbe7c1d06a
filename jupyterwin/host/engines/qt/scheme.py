"""The windows' own URL scheme in Qt: registered before the application, answered by whoever owns the origin.

It knows Qt's request jobs and no content.
"""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler
from shiboken6 import isValid

from jupyterwin.host import ranges
from jupyterwin.host.engines.qt.stream import BodyStream
from jupyterwin.host.guard import guarded
from jupyterwin.security.origins import SCHEME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from jupyterwin.host.engines import Refusal

_ERRORS: Mapping[Refusal, QWebEngineUrlRequestJob.Error] = {
    "not-found": QWebEngineUrlRequestJob.Error.UrlNotFound,
    "denied": QWebEngineUrlRequestJob.Error.RequestDenied,
    "failed": QWebEngineUrlRequestJob.Error.RequestFailed,
    "unavailable": QWebEngineUrlRequestJob.Error.RequestAborted,
}


def register_scheme() -> None:
    """Declare the scheme; before the QApplication exists.

    Never CorsEnabled: with it any origin, opaque frames too, reads every window's pages.
    """
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    # A service worker's script is refused unless its window's policy allows one; without the flag nobody would hear of it.
    scheme.setFlags(flags.SecureScheme | flags.FetchApiAllowed | flags.ServiceWorkersAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeRequest:
    """One request job. The engine may drop the job at any time; an answer then goes nowhere."""

    def __init__(self, job: QWebEngineUrlRequestJob) -> None:
        self._job = job
        self.origin = job.requestUrl().host()
        self.path = job.requestUrl().path(job.requestUrl().ComponentFormattingOption.FullyEncoded)
        self.for_service_worker = job.requestHeaders().get(QByteArray(b"Service-Worker")) is not None
        self.query = job.requestUrl().query(job.requestUrl().ComponentFormattingOption.FullyEncoded)
        wanted = job.requestHeaders().get(QByteArray(b"Range"))
        accepted = job.requestHeaders().get(QByteArray(b"Accept"))
        self._is_document = accepted is not None and accepted.startsWith(b"text/html")
        self.load = 0
        """The load that its window was asked for last."""
        self._range = bytes(wanted.data()).decode("latin-1") if wanted is not None else ""
        initiator = job.initiator()
        if initiator.isEmpty():
            self.initiator = ""
        elif initiator.scheme() == SCHEME:
            self.initiator = initiator.host()
        else:
            self.initiator = initiator.toString() or "opaque"

    def answer(self, mime: str, body: bytes | bytearray | memoryview, headers: Mapping[str, str]) -> None:
        if not isValid(self._job):
            return
        if not ranges.can_be_had(self._range, len(body)):
            self.refuse("failed")
            return
        buffer = QBuffer(self._job)
        buffer.setData(QByteArray(bytes(body)))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        buffer.seek(ranges.suffix_start(self._range, len(body)))
        self._reply(mime, headers, buffer)

    def stream(
        self, mime: str, headers: Mapping[str, str], want: Callable[[], None], gone: Callable[[], None]
    ) -> Callable[..., None]:
        if not isValid(self._job):
            gone()
            return lambda *_args, **_last: None
        body = BodyStream(self._job, want)
        self._job.destroyed.connect(guarded(gone))
        self._reply(mime, headers, body)
        return lambda piece, *, last: body.add(piece, last=last) if isValid(body) else None

    def _reply(self, mime: str, headers: Mapping[str, str], body: QIODevice) -> None:
        # The stub of this method says QByteArray to QByteArray; it takes a list for each name.
        fields: Any = {name.encode(): [value.encode()] for name, value in headers.items()}
        if self._is_document:  # it finds the number there, and compares it with that of the scripts it is born with
            fields[b"Last-Modified"] = [formatdate(self.load, usegmt=True).encode()]
        self._job.setAdditionalResponseHeaders(fields)
        self._job.reply(mime.encode(), body)

    def refuse(self, reason: Refusal) -> None:
        if isValid(self._job):
            self._job.fail(_ERRORS[reason])


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Gives each request to the owner of its origin."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._owners: dict[str, Callable[[SchemeRequest], None]] = {}

    def own(self, origin: str, owner: Callable[[SchemeRequest], None]) -> None:
        self._owners[origin] = owner

    def disown(self, origin: str) -> None:
        self._owners.pop(origin, None)

    @guarded
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        request = SchemeRequest(job)
        owner = self._owners.get(request.origin)
        if owner is None or bytes(job.requestMethod().data()) != b"GET":
            request.refuse("denied")
        else:
            owner(request)
