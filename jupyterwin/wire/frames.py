"""The frames between a document's preload and the kernel, declared once; TypeScript's types are generated from here.

A comm message's ``data`` holds one `Batch`. Both ends speak the same frames: either may send, invoke, answer, stream
and cancel. `python -m jupyterwin.wire.typescript` writes ``js/src/wire/frames.gen.ts``; a test fails on drift.

Numbers: ``id`` counts from 1 for each end and document and is never reused. ``seq`` is the number of a batch's first
frame, counting from 1 for each direction and document; the frames of a batch have consecutive numbers. ``ack`` is the
highest number received in order from the other end. ``buffers`` says how many of the message's binary buffers belong to
a frame, in frame order. ``args`` and ``value`` hold encoded values (`jupyterwin.wire.values`).

``ports`` are the numbers of message ports that travel with a frame, each new: a document's own are odd, the kernel's even,
and each end counts upwards. A number means something in its document alone.
"""

from __future__ import annotations

from typing import Any

import msgspec

PROTOCOL = 1
"""Version of everything in this file. A document that says another number in `Hello` is refused."""

SYNC_DEADLINE = 5000
"""Milliseconds for which a page stands still for a synchronous call at most. The host keeps it."""

DOCUMENT_TARGET = "jupyterwin.document"
"""Comm target of a document: one comm for each document of each window; a reload is a new one."""


class _Frame(
    msgspec.Struct, tag_field="op", rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True
):
    """Base of all frames: tagged by ``op``, unknown fields refused."""


class ErrorRecord(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """An error as it travels: never a bare string, and a traceback only when the window was opened with debug=True."""

    code: str
    message: str
    name: str = "Error"
    data: Any = None
    path: str = ""
    traceback: str = ""


class Hello(_Frame, tag="hello"):
    """First frame of a document. `first` is false when the preload found page content already there: refused."""

    protocol: int
    first: bool


class Fault(_Frame, tag="fault"):
    """A preload script threw where nobody catches, or could not be read by the engine: from the document to the kernel.

    `file` is the script as the document knows it: its file's name. `line` counts from 1; 0 where it is not known.
    """

    error: ErrorRecord
    file: str = ""
    line: int = 0


class Send(_Frame, tag="send"):
    """One-way message on a channel. `missed`: how many older ones a ``latest`` policy conflated into this one."""

    channel: str
    args: list[Any]
    buffers: int = 0
    missed: int = 0
    ports: list[int] = []


class Invoke(_Frame, tag="invoke"):
    """A call that ends in exactly one `Result`, `Failure` or (for a stream) `End`. `timeout` in milliseconds.

    `sync`: the page stands still and asks the host for the answer under this id; no frame answers the call then.
    """

    id: int
    channel: str
    args: list[Any]
    buffers: int = 0
    timeout: int | None = None
    stream: bool = False
    sync: str = ""


class Result(_Frame, tag="result"):
    """The value of a call."""

    id: int
    value: Any = None
    buffers: int = 0


class Failure(_Frame, tag="error"):
    """The call failed."""

    id: int
    error: ErrorRecord


class Cancel(_Frame, tag="cancel"):
    """The caller no longer wants the answer; the answering end stops the work and sends nothing more for this id."""

    id: int
    reason: str = ""


class Item(_Frame, tag="item"):
    """One item of a stream."""

    id: int
    value: Any
    buffers: int = 0


class End(_Frame, tag="end"):
    """The stream is finished."""

    id: int


class Credit(_Frame, tag="credit"):
    """The reader of a stream allows `count` more items."""

    id: int
    count: int


class PortMessage(_Frame, tag="port"):
    """A message for whoever has the other end of the channel that `port` is an end of. `value` is relayed as it is."""

    port: int
    value: msgspec.Raw
    buffers: int = 0
    ports: list[int] = []


class PortClose(_Frame, tag="port-close"):
    """The channel of this port is closed; what was sent before is still delivered."""

    port: int


class PortCredit(_Frame, tag="port-credit"):
    """The kernel to a document: `count` more of the messages that it sent on this port have been taken."""

    port: int
    count: int


Frame = (
    Hello
    | Fault
    | Send
    | Invoke
    | Result
    | Failure
    | Cancel
    | Item
    | End
    | Credit
    | PortMessage
    | PortClose
    | PortCredit
)


class SyncOutcome(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """What the host tells a page that stands still for a call: a value with its buffers in base64, or an error."""

    value: Any = None
    buffers: list[str] = []
    error: ErrorRecord | None = None


class Batch(msgspec.Struct, rename="camel", omit_defaults=True, forbid_unknown_fields=True, frozen=True):
    """What one comm message carries. An empty batch only acknowledges."""

    seq: int
    ack: int
    frames: list[Frame] = []


class Parameter(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """One parameter of an exposed function, for the page's typed stub."""

    name: str
    keyword: bool = False
    optional: bool = False
    variadic: bool = False


class Exposed(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """An exposed kernel function as the page sees it."""

    name: str
    parameters: list[Parameter] = []
    stream: bool = False
    doc: str = ""


class SharedStore(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """A store as a document is born with it: its traits, and the encoded values that are small, each with its version.

    `name` is empty for the one store of a window.
    """

    name: str
    traits: list[str]
    state: dict[str, Any] = {}


class Boot(msgspec.Struct, rename="camel", omit_defaults=True, frozen=True):
    """What a document is born with: pushed together with the preload, so no round trip comes before the page's script.

    `kernel` is null when the window was given nothing; then the page has no ``kernel`` object at all.
    """

    window: str
    kernel: list[Exposed] | None = None
    stores: list[SharedStore] = []
    debug: bool = False
