"""Documents: the documents of one window, one after another: each load has a new one, and what was left ends.

It sends and reads nothing itself. What follows a document is `Life`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.errors import WindowClosed
from jupyterwin.main.document import Document
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ports.of_document import DocumentPorts
from jupyterwin.main.window.listening import Listening

if TYPE_CHECKING:
    import threading

    from jupyterwin.main.ipc import Ipc


class Documents(Listening):
    """The present document of a window, and how it changes."""

    id: str
    ipc: Ipc
    pid: int | None
    _document: Document
    _changing: threading.Lock
    _ended: bool

    def _new_document(self) -> Document:
        return Document(
            self.name,
            self._app.later,
            self._ports_of,
            debug=self._options.debug,
            tap=self.ipc.tap,
            traffic=self.traffic,
        )

    def _ports_of(self, document: Document) -> DocumentPorts:
        return DocumentPorts(self._app.exchange, document, self.report, self._log_port, self.log)

    def _log_port(self, message: str) -> None:
        self.log.add("error", message, "jupyterwin")

    def next_document(self) -> tuple[Document, list[Job]]:
        """The document to connect to a page that has just said hello, and what is to be done about the last one."""
        with self._changing:
            old = self._document
            if self._ended or not (old.comm_id or old.closed):
                return old, []
            self._document = self._new_document()
            return self._document, [Job(lambda: self._left(old), (self.id, "events"))]

    def document_ended(self, document: Document) -> list[Job]:
        """The page is gone; what runs for it is cancelled."""
        return [Job(lambda: self._end_document(document), (self.id, "events"))]

    def _begin_document(self) -> None:
        with self._changing:
            if self._ended:
                return
            old, self._document = self._document, self._new_document()
        self._left(old)

    def _left(self, old: Document) -> None:
        """Another document is there, or on its way."""
        self._end_document(old)
        if not self._ended:
            self.set_trait("status", "starting")

    def _end_document(self, document: Document, error: Exception | None = None) -> None:
        document.close(error or WindowClosed(f"the page of window {self.name!r} is gone: closed, loaded again or left"))

    def lose_document(self, error: Exception) -> None:
        """The page is gone with its host."""
        self.pid = None
        self._end_document(self._document, error)
