"""Ledger: from frames to rows. A call and what comes back of it are one row, a stream and its items too.

It knows the frames, and treats one that it does not know as a row of its own. It keeps no rows itself, and locks nothing.
"""

from __future__ import annotations

import itertools
import time
import weakref
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.main.tracing.record import Record
from jupyterwin.main.tracing.shown import LENGTH, kinds_text, values_text
from jupyterwin.wire.frames import (
    Cancel,
    Credit,
    End,
    Failure,
    Hello,
    Invoke,
    Item,
    PortClose,
    PortCredit,
    PortMessage,
    Result,
    Send,
)
from jupyterwin.wire.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.document import Document
    from jupyterwin.main.tracing.tap import Direction

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_READ = 64 * 1024
"""Bytes of a port's message up to which its value is looked at."""
_BACK: dict[Direction, Direction] = {"to-kernel": "to-page", "to-page": "to-kernel"}
_GIVEN_UP = {"deadline": "deadline", "the reader is done": "end"}
"""Outcome by the reason of a `Cancel`; for any other it is ``cancelled``."""

Key = tuple["Document", "Direction", int]


def _port(frame: PortMessage | PortClose) -> str:
    """As the document of this row numbers its ends."""
    return f"port {frame.port}"


class Passed:
    """A frame on its way, and what a row wants to know of it."""

    def __init__(self, document: Document, direction: Direction, frame: Any, buffers: Sequence[Any]) -> None:
        self.document = document
        self.direction = direction
        self.frame = frame
        self.buffers = buffers
        self.size = len(_encode(frame)) + sum(len(buffer) for buffer in buffers)
        self.at = time.time()
        self.clock = time.monotonic()

    def key(self, direction: Direction) -> Key:
        """The call that it belongs to, which went in `direction`."""
        return self.document, direction, self.frame.id


class Ledger:
    """Reads frames in the order they pass. `add` takes each new row; a row that changes is changed in place."""

    def __init__(self, add: Callable[[Record], None], *, values: bool) -> None:
        self._add = add
        self._text = values_text if values else kinds_text
        self._values = values
        self._numbers = itertools.count(1)
        self._open: dict[Key, tuple[Record, float]] = {}
        self._keys: dict[Record, Key] = {}
        self._epochs: weakref.WeakKeyDictionary[Document, int] = weakref.WeakKeyDictionary()
        self._documents: dict[str, int] = {}
        self._steps: dict[type, Callable[[Passed], Record | None]] = {
            Hello: lambda passed: self._row(passed, "document", ""),
            Send: self._send,
            Invoke: self._invoke,
            Item: self._item,
            Credit: lambda _passed: None,
            PortMessage: self._port_message,
            PortClose: lambda passed: self._row(passed, "port", _port(passed.frame), outcome="closed"),
            PortCredit: lambda _passed: None,
            Result: lambda passed: self._close(passed, "value", self._shown(passed, [passed.frame.value])),
            End: lambda passed: self._close(passed, "end"),
            Failure: lambda passed: self._close(passed, passed.frame.error.code, self._error(passed)),
            Cancel: self._cancel,
        }

    def take(self, passed: Passed) -> Record | None:
        """The row that it made or changed, if it did."""
        return self._steps.get(type(passed.frame), self._other)(passed)

    def end(self, document: Document, code: str) -> list[Record]:
        """The document is gone: rows of what was under way end so."""
        keys = [key for key in self._open if key[0] is document]
        return [self._finish(key, code) for key in keys]

    def forget(self, record: Record) -> None:
        """Nobody looks at that row any more."""
        if (key := self._keys.pop(record, None)) is not None:
            del self._open[key]

    # -------------------------------------------------- rows

    def _row(self, passed: Passed, kind: str, channel: str, args: Sequence[Any] = (), **more: Any) -> Record:
        record = Record(
            next(self._numbers),
            passed.document.window_name,
            self._epoch(passed.document),
            passed.direction,
            kind,
            channel,
            passed.at,
            self._shown(passed, args),
            passed.size,
            **more,
        )
        self._add(record)
        return record

    def _epoch(self, document: Document) -> int:
        number = self._epochs.get(document)
        if number is None:
            number = self._documents.get(document.window_name, 0) + 1
            self._epochs[document] = self._documents[document.window_name] = number
        return number

    def _send(self, passed: Passed) -> Record:
        return self._row(passed, "send", passed.frame.channel, passed.frame.args, missed=passed.frame.missed)

    def _port_message(self, passed: Passed) -> Record:
        value = bytes(passed.frame.value)  # still JSON text: a relayed message is not decoded on its way
        values = [_decode(value)] if len(value) <= _READ else []
        return self._row(passed, "port", _port(passed.frame), values)

    def _invoke(self, passed: Passed) -> Record:
        frame = passed.frame
        kind = "stream" if frame.stream else "call"
        record = self._row(passed, kind, frame.channel, frame.args, outcome="pending")
        key = passed.key(passed.direction)
        self._open[key] = record, passed.clock
        self._keys[record] = key
        return record

    def _item(self, passed: Passed) -> Record | None:
        found = self._open.get(passed.key(_BACK[passed.direction]))
        if found is None:
            return None
        record = found[0]
        record.items += 1
        record.answer_size += passed.size
        record.answer = self._shown(passed, [passed.frame.value])
        return record

    def _cancel(self, passed: Passed) -> Record | None:
        key = passed.key(passed.direction)
        outcome = _GIVEN_UP.get(passed.frame.reason, "cancelled")
        return self._finish(key, outcome) if key in self._open else None

    def _close(self, passed: Passed, outcome: str, answer: str = "") -> Record | None:
        key = passed.key(_BACK[passed.direction])
        if key not in self._open:
            return None  # it was given up before, or began before this trace
        record = self._finish(key, outcome)
        record.answer_size += passed.size
        record.answer = answer or record.answer
        return record

    def _finish(self, key: Key, outcome: str) -> Record:
        record, began = self._open.pop(key)
        del self._keys[record]
        record.seconds = time.monotonic() - began
        record.outcome = outcome
        return record

    def _other(self, passed: Passed) -> Record:
        """A frame of a kind that came later than this file."""
        tag = str(getattr(type(passed.frame), "__struct_config__").tag)  # noqa: B009 -- msgspec's, untyped
        channel = getattr(passed.frame, "channel", "")
        args = getattr(passed.frame, "args", None)
        return self._row(passed, tag.split(".", maxsplit=1)[0], str(channel), args if isinstance(args, list) else ())

    # -------------------------------------------------- text

    def _shown(self, passed: Passed, values: Sequence[Any]) -> str:
        return self._text(values, passed.buffers)

    def _error(self, passed: Passed) -> str:
        """An error's message may quote values; its name does not."""
        error = passed.frame.error
        return cut(f"{error.name}: {error.message}" if self._values else error.name, LENGTH)
