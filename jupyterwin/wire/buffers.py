"""Buffers on their way: what is sent is what was there at the call. Pure."""

from __future__ import annotations

from typing import Any


def kept(buffer: Any) -> Any:
    """The buffer, or a copy of bytes that may change before they have left."""
    owner = buffer.obj if isinstance(buffer, memoryview) else buffer
    return buffer if isinstance(owner, bytes) else bytes(buffer)
