"""Requests that this engine makes of the host: for the document that is to be drawn, and for what its preload fetches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyterwin.host.engines import Refusal
    from jupyterwin.wire.messages import Bytes

_NONCE = re.compile(r"'nonce-([^']+)'")


class Page(NamedTuple):
    """The document. `nonce`: of its scripts, where the host has chosen one."""

    html: str
    nonce: str = ""


class _Request:
    """One answer, whatever it is."""

    query = ""

    def __init__(self, path: str, initiator: str) -> None:
        self.path = path
        self.initiator = initiator

    def stream(
        self, mime: str, headers: Mapping[str, str], want: Callable[[], None], gone: Callable[[], None]
    ) -> Callable[..., None]:
        """In pieces: they are put together."""
        del gone
        pieces: list[bytes] = []

        def add(piece: Bytes, *, last: bool) -> None:
            pieces.append(bytes(piece))
            if last:
                self.answer(mime, b"".join(pieces), headers)
            else:
                want()

        return add

    def answer(self, mime: str, body: Bytes, headers: Mapping[str, str]) -> None:
        raise NotImplementedError


class PageRequest(_Request):
    """For the document; `done` gets it, or why there is none."""

    def __init__(self, path: str, done: Callable[[Page | str], None]) -> None:
        super().__init__(path, "")
        self._done = done

    def answer(self, mime: str, body: Bytes, headers: Mapping[str, str]) -> None:
        policy = headers.get("Content-Security-Policy", "")
        found = _NONCE.search(policy)
        if mime.startswith("text/html"):
            self._done(Page(bytes(body).decode("utf-8", "replace"), nonce=found[1] if found else ""))
        else:
            self._done(f"a window under a cell cannot show {mime}")

    def refuse(self, reason: Refusal) -> None:
        self._done(f"the page cannot be had: {reason}; the window's log says why")


class WantRequest(_Request):
    """For bytes; `done` gets their type and them, or None if there are none."""

    def __init__(self, path: str, initiator: str, done: Callable[[str, Any], None]) -> None:
        bare, _, query = path.partition("?")
        super().__init__(bare, initiator)
        self.query = query
        self._done = done

    def answer(self, mime: str, body: Bytes, headers: Mapping[str, str]) -> None:
        del headers
        self._done(mime, body)

    def refuse(self, reason: Refusal) -> None:
        del reason
        self._done("", None)
