"""What a window's page may load on its own scheme, and with which headers.

``html`` content is the document at ``/``; ``path`` content is asked of the kernel, file by file, and kept until the
next load; ``panels`` is our own page of the package's files, and ``/.jw/frame/<kind>`` a document of opaque origin for what
is not that page's own; ``/.jw/bulk/<id>`` is a large buffer for the preload, ``/.jw/sync/<id>`` an answer for which its
page stands still, each once. Everything else is refused.
"""

from __future__ import annotations

import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING

from jupyterwin.host import scripts
from jupyterwin.host.page import page_file
from jupyterwin.security import csp, frames, origins

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyterwin.host.documents import Document
    from jupyterwin.host.engines import Refusal, Request
    from jupyterwin.host.files import Files
    from jupyterwin.wire.control import Content, Served
    from jupyterwin.wire.messages import Bytes

CACHE_LIMIT = 64 * 1024 * 1024
"""Bytes of the kernel's files that are kept for a window until its next load; the rest is asked for again."""

_OK = 200
_SERVER = 500
_REFUSALS: Mapping[int, Refusal] = {403: "denied", 404: "not-found"}


class Resources:
    """The files of one window."""

    def __init__(self, window: str, origin: str, files: Files, network: Sequence[str]) -> None:
        self._window = window
        self._origin = origin
        self._files = files
        self._network = network
        self._content: Content | None = None
        self._waiting: dict[int, Request] = {}
        self._cache: dict[str, tuple[str, bytes]] = {}
        self._cached = 0

    def show(self, content: Content | None) -> None:
        """Serve this content from now on; what still waits for a file of the last one is refused."""
        self._content = content
        self._cache.clear()
        self._cached = 0
        for key, request in self._waiting.items():
            self._files.forget(key)
            request.refuse("failed")
        self._waiting.clear()

    def serve(self, request: Request, document: Document | None) -> None:
        """Answer a request of the page, now or when the kernel has answered."""
        path = origins.clean_path(request.path)
        if path is None or self._content is None or request.initiator not in {"", self._origin}:
            request.refuse("denied")
        elif path.startswith(origins.BULK):
            bulk = document.take_bulk(path.removeprefix(origins.BULK)) if document else None
            self._give(request, "application/octet-stream", bulk)
        elif path.startswith(origins.SYNC) and document is not None:
            document.sync.requested(path.removeprefix(origins.SYNC), request)
        elif path.startswith(origins.FRAME) and self._content.kind == "panels":
            self._give_frame(request, path.removeprefix(origins.FRAME))
        elif origins.is_reserved(path):
            request.refuse("not-found")
        elif self._content.kind == "path":
            self._fetch(request, path or self._content.entry)
        elif self._content.kind == "panels" and (file := page_file(path)):
            self._give(request, *file)
        elif path:
            self._fetch(request, path)
        else:
            self._give(request, "text/html; charset=utf-8", self._content.html.encode("utf-8", "replace"))

    def _give_frame(self, request: Request, kind: str) -> None:
        if kind not in frames.POLICIES:
            request.refuse("not-found")
            return
        nonce = secrets.token_hex(16)
        text = frames.document(scripts.built("frame.js"), scripts.built("frame-style.css"), nonce)
        request.answer("text/html; charset=utf-8", text.encode(), frames.headers(kind, nonce, self._network))

    def _fetch(self, request: Request, path: str) -> None:
        if path in self._cache:
            self._give(request, *self._cache[path])
            return

        def answer(served: Served, body: Bytes) -> None:
            del self._waiting[key]
            if served.status != _OK:
                request.refuse(_REFUSALS.get(served.status, "failed" if served.status < _SERVER else "unavailable"))
                return
            if served.keep:
                self._keep(path, served.mime, body)
            if not served.more:
                self._give(request, served.mime, body, served.headers)
            elif self._content is not None:
                headers = {**served.headers, **csp.headers(self._content.kind, self._content.nonce, self._network)}
                self._files.read_on(self._window, key, request, served, headers)

        key = self._files.ask(self._window, path, request.query, answer)
        self._waiting[key] = request

    def _keep(self, path: str, mime: str, body: Bytes) -> None:
        if self._cached + len(body) <= CACHE_LIMIT:
            self._cached += len(body)
            self._cache[path] = (mime, bytes(body))

    def _give(
        self, request: Request, mime: str, body: Bytes | None, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        if body is None or self._content is None:
            request.refuse("not-found")
        else:
            request.answer(mime, body, {**more, **csp.headers(self._content.kind, self._content.nonce, self._network)})
