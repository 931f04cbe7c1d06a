"""Synchronous calls of one document: who waits under which id, and the one answer that each gets in time.

The preload announces an id that nobody can guess, then asks for it by a request for which its page stands still. It knows
no engine and no frame but the answer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jupyterwin.errors import DeadlineExceeded, PeerError
from jupyterwin.security import csp
from jupyterwin.wire.frames import SYNC_DEADLINE, ErrorRecord, SyncOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines import Request
    from jupyterwin.wire.messages import Bytes

    Later = Callable[[float, Callable[[], None]], None]

ID_LENGTH = 32
MOST = 16
"""Calls that a document may have announced; its page can stand still for one."""
GRACE = 1.0
"""Seconds that a request waits for its announcement: the two travel separately."""
MOST_EARLY = 4

_encode = msgspec.json.Encoder().encode


class _Call:
    def __init__(self) -> None:
        self.request: Request | None = None
        self.body: Bytes | None = None


class SyncCalls:
    """All of it runs on the engine's thread."""

    def __init__(self, later: Later) -> None:
        self._later = later
        self._calls: dict[str, _Call] = {}
        self._early: dict[str, Request] = {}

    def announced(self, key: str) -> None:
        """The preload is about to ask for `key`. Raises `PeerError`."""
        if len(key) != ID_LENGTH or key in self._calls or len(self._calls) >= MOST:
            raise PeerError("a synchronous call that no preload makes")
        self._calls[key] = _Call()
        late = f"no answer within {SYNC_DEADLINE / 1000:g} s"
        self._later(
            SYNC_DEADLINE / 1000, lambda: self._give_up(key, ErrorRecord("deadline", late, DeadlineExceeded.__name__))
        )
        if (request := self._early.pop(key, None)) is not None:
            self.requested(key, request)

    def requested(self, key: str, request: Request) -> None:
        """A page asks for `key`: answered once, and refused when nobody announced it."""
        call = self._calls.get(key)
        if call is not None and call.request is None:
            call.request = request
            self._give(key, call)
        elif call is not None or len(self._early) >= MOST_EARLY or key in self._early:
            request.refuse("not-found")
        else:
            self._early[key] = request
            self._later(GRACE, lambda: self._refuse(key, request))

    def answered(self, key: str, body: Bytes) -> None:
        """The kernel's answer; without effect when the call has ended."""
        call = self._calls.get(key)
        if call is not None and call.body is None:
            call.body = body
            self._give(key, call)

    def end(self, error: ErrorRecord) -> None:
        """All calls end in this error."""
        for key in list(self._calls):
            self._give_up(key, error)
        for key, request in list(self._early.items()):
            self._refuse(key, request)

    def _give(self, key: str, call: _Call) -> None:
        if call.request is not None and call.body is not None:
            del self._calls[key]
            call.request.answer("application/json", call.body, csp.headers("blank"))

    def _give_up(self, key: str, error: ErrorRecord) -> None:
        if key in self._calls:
            self.answered(key, _encode(SyncOutcome(error=error)))
            self._calls.pop(key, None)

    def _refuse(self, key: str, request: Request) -> None:
        if self._early.get(key) is request:
            del self._early[key]
            request.refuse("not-found")
