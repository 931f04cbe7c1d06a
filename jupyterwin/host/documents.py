"""One document of a window, between its preload and the kernel: parcels on one side, comm messages on the other.

A document begins with its preload's hello and ends with the next one, with its renderer or with its window. Its comm_id
is made here, so nothing that a page writes can speak for another window. It knows no engine and no frame.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec

from jupyterwin.errors import KernelGone, PeerError, WindowClosed
from jupyterwin.host.parcels import Joiner, Parcel, cut
from jupyterwin.host.sync import SyncCalls
from jupyterwin.wire.frames import DOCUMENT_TARGET, PROTOCOL, ErrorRecord
from jupyterwin.wire.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.sync import Later
    from jupyterwin.wire.messages import Bytes

BULK_THRESHOLD = 64 * 1024
"""Bytes from which a buffer is fetched on the scheme instead of travelling as base64 in the text."""

MAX_BULK = 256 * 1024 * 1024
"""Bytes of buffers that may wait to be fetched; beyond it the oldest are dropped."""


class _Hello(msgspec.Struct, forbid_unknown_fields=True):
    protocol: int
    first: bool


class _Inbound(msgspec.Struct, forbid_unknown_fields=True):
    d: msgspec.Raw
    b: list[bytes] = []  # base64 in the text: msgspec reads it as it decodes


class _Outbound(msgspec.Struct, omit_defaults=True):
    d: msgspec.Raw
    b: list[Any] = []


_decode_hello = msgspec.json.Decoder(_Hello).decode
_decode_inbound = msgspec.json.Decoder(_Inbound).decode
_encode = msgspec.json.Encoder().encode


def read_hello(parcel: Parcel) -> None:
    """Check a hello; raises `PeerError` for one that this host does not understand."""
    hello = _checked(_decode_hello, parcel.payload)
    if hello.protocol != PROTOCOL:
        raise PeerError(f"the preload speaks protocol {hello.protocol}, this host {PROTOCOL}")


class Document:
    """A connected document: `post` hands text to its preload, `send` a message to the kernel."""

    def __init__(
        self, window: str, nonce: str, *, post: Callable[[str], None], send: Callable[[Message], None], later: Later
    ) -> None:
        self.comm_id = uuid4().hex
        self.nonce = nonce
        self._post = post
        self._send = send
        self._joiner = Joiner()
        self.sync = SyncCalls(later)
        self._bulk: dict[str, Bytes] = {}
        self._bulk_bytes = 0
        send(Message("comm_open", self.comm_id, _encode({"window": window}), target=DOCUMENT_TARGET))

    def from_page(self, parcel: Parcel) -> None:
        """Pass a parcel on to the kernel. Raises `PeerError` for one that is malformed; nothing is sent then."""
        whole = self._joiner.add(parcel)
        if whole is None:
            return
        if whole.kind == "s":
            self.sync.announced(whole.payload)
            return
        if whole.kind != "f":
            raise PeerError(f"a parcel of kind {whole.kind!r} from a page")
        inbound = _checked(_decode_inbound, whole.payload)
        self._send(Message("comm_msg", self.comm_id, bytes(inbound.d), inbound.b))

    def from_kernel(self, message: Message) -> None:
        """Pass a message of the kernel on to the page."""
        if message.type == "comm_close":
            self.sync.end(ErrorRecord(KernelGone.code, "the kernel is gone", KernelGone.__name__))
            self._post(f"{self.nonce}!")
            return
        outbound = _Outbound(msgspec.Raw(message.data), [self._outgoing(buffer) for buffer in message.buffers])
        for text in cut(self.nonce, "f", _encode(outbound).decode()):
            self._post(text)

    def take_bulk(self, key: str) -> Bytes | None:
        """A large buffer, once."""
        buffer = self._bulk.pop(key, None)
        self._bulk_bytes -= 0 if buffer is None else len(buffer)
        return buffer

    def end(self) -> None:
        """The document is gone."""
        self.release()
        self._bulk.clear()
        self._bulk_bytes = 0
        self._joiner.clear()
        self._send(Message("comm_close", self.comm_id))

    def release(self) -> None:
        """Its page stands still for nothing any more: it is to go."""
        self.sync.end(ErrorRecord(WindowClosed.code, "the page is being left", WindowClosed.__name__))

    def _outgoing(self, buffer: Bytes) -> str | dict[str, Any]:
        if len(buffer) < BULK_THRESHOLD:
            return b64encode(buffer).decode()
        key = secrets.token_urlsafe(16)
        self._bulk[key] = buffer
        self._bulk_bytes += len(buffer)
        while self._bulk_bytes > MAX_BULK:  # only a page that acknowledges what it never fetched comes to that
            self.take_bulk(next(iter(self._bulk)))
        return {"u": key, "n": len(buffer)}


def _checked(decode: Callable[[bytes], Any], payload: str) -> Any:
    """Decode JSON that a page wrote."""
    try:
        return decode(payload.encode())
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as problem:
        raise PeerError(f"malformed parcel: {problem}") from problem
