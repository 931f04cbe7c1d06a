"""Parcels, the text between host and preload (docs/protocol.md §3): one string each way, cut in pieces when long.

Pure: strings in, strings out. What a page sent is only ever a string here; a bad one raises `PeerError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyterwin.errors import PeerError

if TYPE_CHECKING:
    from collections.abc import Iterator

NONCE_LENGTH = 16
MAX_PAYLOAD = 768 * 1024
"""Characters in one parcel: the engine copies a string several times, so a longer one costs more than its pieces."""

MAX_JOINED = 256 * 1024 * 1024
"""Characters in the pieces of one parcel together."""

KINDS = frozenset("shfpr!")


@dataclass(frozen=True)
class Parcel:
    """One string, taken apart."""

    nonce: str
    kind: str
    payload: str


def parse(text: str) -> Parcel:
    """Take a parcel apart."""
    parcel = Parcel(text[:NONCE_LENGTH], text[NONCE_LENGTH : NONCE_LENGTH + 1], text[NONCE_LENGTH + 1 :])
    if parcel.kind not in KINDS or len(parcel.nonce) != NONCE_LENGTH:
        raise PeerError("a parcel without nonce or kind")
    if len(parcel.payload) > MAX_PAYLOAD:
        raise PeerError(f"a parcel of {len(parcel.payload)} characters is over the limit of {MAX_PAYLOAD}")
    return parcel


def cut(nonce: str, kind: str, payload: str) -> Iterator[str]:
    """The parcels that carry `payload`: pieces first, then one of its real kind."""
    last = max(0, (len(payload) - 1) // MAX_PAYLOAD) * MAX_PAYLOAD
    for start in range(0, last, MAX_PAYLOAD):
        yield f"{nonce}p{payload[start : start + MAX_PAYLOAD]}"
    yield f"{nonce}{kind}{payload[last:]}"


class Joiner:
    """Puts pieces together again."""

    def __init__(self, limit: int = MAX_JOINED) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._limit = limit

    def add(self, parcel: Parcel) -> Parcel | None:
        """The whole parcel, or None while pieces are missing. Over the limit all pieces so far are dropped."""
        self._length += len(parcel.payload)
        if self._length > self._limit:
            self.clear()
            raise PeerError(f"a message in pieces is over the limit of {self._limit} characters")
        self._pieces.append(parcel.payload)
        if parcel.kind == "p":
            return None
        whole = Parcel(parcel.nonce, parcel.kind, "".join(self._pieces))
        self.clear()
        return whole

    def clear(self) -> None:
        self._pieces.clear()
        self._length = 0
