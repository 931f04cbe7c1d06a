"""The files of the kernel's that windows show: asked of it one by one, each answer given to whoever asked.

It knows the two frames and no window, no cache and no header.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from jupyterwin.wire.control import EnoughOf, MoreOf, Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyterwin.host.engines import Request
    from jupyterwin.wire.control import Event, Served, ServedPiece
    from jupyterwin.wire.messages import Bytes

    Answer = Callable[[Served, Bytes], None]


class Files:
    """Questions under way."""

    def __init__(self, report: Callable[[Event], None]) -> None:
        self._report = report
        self._ids = count(1)
        self._asked: dict[int, Answer] = {}
        self._pieces: dict[int, Callable[..., None]] = {}

    def ask(self, window: str, path: str, query: str, answer: Answer) -> int:
        """Ask the kernel for a file; `answer` is called with its reply, unless `forget` came first."""
        key = next(self._ids)
        self._asked[key] = answer
        self._report(Resource(key, window, path, query))
        return key

    def read_on(self, window: str, key: int, request: Request, served: Served, headers: Mapping[str, str]) -> None:
        """Pass on a body that comes in pieces, each once there is room for it."""

        def gone() -> None:
            if self._pieces.pop(key, None) is not None:
                self._report(EnoughOf(key, window))

        self._pieces[key] = request.stream(served.mime, headers, lambda: self._report(MoreOf(key, window)), gone)
        self._report(MoreOf(key, window))

    def piece(self, piece: ServedPiece, body: Bytes) -> None:
        """The next piece of such a body. One that failed is left unfinished."""
        add = self._pieces.get(piece.id)
        if add is None:
            return
        if not piece.more:
            del self._pieces[piece.id]
        add(body, last=not piece.more)

    def forget(self, key: int) -> None:
        """Nobody waits for this answer any more."""
        self._asked.pop(key, None)

    def answered(self, served: Served, body: Bytes) -> None:
        """The kernel's answer."""
        answer = self._asked.pop(served.id, None)
        if answer is not None:
            answer(served, body)
