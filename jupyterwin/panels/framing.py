"""Framing: the built files that run in frames of opaque origin, and a frame's document. It knows no content and no window."""

from __future__ import annotations

import re
import secrets
from functools import cache
from importlib.resources import files

from jupyterwin.security import frames

_NONCE = re.compile(r"[A-Za-z0-9+/=_-]{8,128}")


@cache
def built(name: str) -> str:
    """The text of a built file of ``static/``."""
    return (files("jupyterwin") / "static" / name).read_text(encoding="utf-8")


def document(kind: str, nonce: str = "") -> str:
    """The frame's document, for a page that has no address to load it from: its policy is written into it.

    Such a frame inherits the page's policy, which its scripts have to pass too: `nonce` is the page's own.
    """
    if not _NONCE.fullmatch(nonce):
        nonce = secrets.token_hex(16)
    return frames.document(built("frame.js"), built("frame-style.css"), nonce, kind)
