"""Origins of windows and the paths below them. Pure functions; no engine, no files.

Each window has an origin of its own that no other page can guess: ``jw://<32 hex digits>``.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import quote, unquote, urlsplit

SCHEME = "jw"

BULK = ".jw/bulk/"
"""Below it, single-use ids of large buffers on their way to a preload."""

SYNC = ".jw/sync/"
"""Below it, single-use ids of answers for which a page stands still."""

FRAME = ".jw/frame/"
"""Below it, by kind, the documents of opaque origin in which a page shows what is not its own (`security.frames`)."""

_RESERVED = ".jw"
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def fresh_origin() -> str:
    """The host part of a new window's origin: 128 random bits."""
    return secrets.token_hex(16)


def lasting_origin(secret: bytes, name: str) -> str:
    """The same for a window of a partition that persists: the partition's secret and the window's name decide it."""
    return hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()[:32]


def url(origin: str, path: str = "") -> str:
    """The address of a path, given decoded, in a window's origin."""
    return f"{SCHEME}://{origin}/{quote(path)}"


def origin_of(address: str) -> str:
    """The origin of any address: ``scheme://host[:port]``, ``mailto:``; empty where there is none that could be listed.

    A ``blob:`` address has the origin that made it.
    """
    try:
        parts = urlsplit(address.removeprefix("blob:"))
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return ""
    if scheme == "mailto":
        return "mailto:"
    if not host or scheme not in {SCHEME, *_PORTS} or any(char <= " " or char in "\\%" for char in parts.netloc):
        return ""
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    return f"{scheme}://{name}" + (f":{port}" if port not in {None, _PORTS.get(scheme)} else "")


def parse_origin(text: str) -> str | None:
    """An origin as a person writes it: nothing after the host and port, no user name, no wildcard; else None."""
    origin = origin_of(text)
    if origin == "mailto:":
        return origin if text == origin else None
    after = text.partition("://")[2]
    if not origin or not origin.isascii() or "*" in origin or any(char in after.removesuffix("/") for char in "/?#@"):
        return None
    return origin


def endpoint(origin: str) -> tuple[str, int]:
    """The host and port that an origin of the network stands for."""
    parts = urlsplit(origin)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme]


def clean_path(encoded: str) -> str | None:
    """A URL's path, decoded and relative, or None for one that must be refused.

    Refused: ``..`` in any disguise, backslashes, control characters, what is not UTF-8. A ``.`` or an empty segment is
    dropped; a trailing slash is kept, because a folder is not a file.
    """
    try:
        path = unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return None
    if "\\" in path or any(ord(char) < 0x20 or ord(char) == 0x7F for char in path):
        return None
    segments = path.split("/")
    if ".." in segments:
        return None
    kept = [segment for segment in segments if segment not in {"", "."}]
    return "/".join(kept) + ("/" if kept and segments[-1] in {"", "."} else "")


def is_reserved(path: str) -> bool:
    """Whether a cleaned path is the product's own, and never a file of the user's."""
    return path == _RESERVED or path.startswith(f"{_RESERVED}/")
