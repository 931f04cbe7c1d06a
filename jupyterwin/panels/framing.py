"""Framing: the built files that run in frames of opaque origin, and a frame's document. It knows no content and no window."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files

from jupyterwin.security import frames


@cache
def built(name: str) -> str:
    """The text of a built file of ``static/``."""
    return (files("jupyterwin") / "static" / name).read_text(encoding="utf-8")


def document(kind: str) -> str:
    """A frame's document, for a page that has no address of its own to load it from."""
    return frames.document(built("frame.js"), built("frame-style.css"), secrets.token_hex(16), kind)
