"""The answer to a call for which its page stands still, as the kernel tells it to the host. Pure."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Overflow
from jupyterwin.wire.control import HOST_COMM, AnswerSync
from jupyterwin.wire.frames import Failure, Result, SyncOutcome
from jupyterwin.wire.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 32 * 1024 * 1024
"""Bytes of the answer's text: the page stands still for all of it, and its buffers are in it as base64."""

_encode = msgspec.json.Encoder().encode


def sync_answer(document: str, sync: str, frame: Result | Failure, buffers: Sequence[Any]) -> Message:
    """The message for the host. Raises `Overflow`."""
    if isinstance(frame, Failure):
        outcome = SyncOutcome(error=frame.error)
    else:
        outcome = SyncOutcome(frame.value, [b64encode(buffer).decode() for buffer in buffers])
    body = _encode(outcome)
    if len(body) > LIMIT:
        msg = f"an answer of {len(body)} bytes is over the limit of {LIMIT} for a page that stands still: use invoke"
        raise Overflow(msg)
    return Message("comm_msg", HOST_COMM, _encode([AnswerSync(document, sync)]), [body])
