"""The content security policy and its sister headers, as data: one table by kind of content.

Every response of the window scheme carries them. Pure: it knows neither engine nor files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["blank", "html", "path", "panels"]

NONCE = "{nonce}"
"""Stands in the table for the nonce of the author's own scripts."""

_COMMON: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self'",  # the preload fetches bulk data from the window's own origin
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",  # 'none' would also refuse the window's own frames
    "object-src": "'none'",
}

POLICIES: Mapping[Kind, Mapping[str, str]] = {
    # Nothing is shown yet, so nothing may run.
    "blank": {"default-src": "'none'", "connect-src": "'self'", "frame-ancestors": "'none'"},
    # One string by one author: only script tags that were in it run; on…= attributes do not.
    "html": {**_COMMON, "script-src": f"'nonce-{NONCE}' 'wasm-unsafe-eval'"},
    # A folder of files: scripts are files, never inline.
    "path": {**_COMMON, "script-src": "'self' 'wasm-unsafe-eval'"},
    # Our own page: built files of the package.
    "panels": {**_COMMON, "script-src": "'self'"},
}

UNDER_CELL: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": f"'nonce-{NONCE}' blob: 'wasm-unsafe-eval'",
    "style-src": "blob: 'unsafe-inline'",
    **dict.fromkeys(("img-src", "font-src", "media-src"), "data: blob:"),
    **dict.fromkeys(("connect-src", "worker-src", "frame-src"), "blob:"),
    **dict.fromkeys(("base-uri", "form-action", "object-src"), "'none'"),
}
"""Of any content under a cell: a document without an origin, whose files are blobs of its own. 'self' is nothing there."""

WIDENED = frozenset({"connect-src", "img-src", "font-src", "media-src", "style-src"})
"""What may come from the origins of ``network=`` too. Never scripts and frames: what runs in a page is its author's."""

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    # What the engine asks us about is not listed: each request is to be heard of, and is refused in the host.
    "Permissions-Policy": "serial=(), hid=(), midi=()",
}


def policy(kind: Kind, nonce: str = "", network: Sequence[str] = ()) -> str:
    """The value of the Content-Security-Policy header for one kind of content, with these origins besides its own."""
    return text(POLICIES[kind], nonce, () if kind == "blank" else network)


def text(directives: Mapping[str, str], nonce: str = "", network: Sequence[str] = ()) -> str:
    """These directives as a header has them."""
    granted = "".join(f" {origin}" for origin in network)
    return "; ".join(
        f"{name} {sources.replace(NONCE, nonce)}{granted if name in WIDENED else ''}"
        for name, sources in directives.items()
    )


def headers(kind: Kind, nonce: str = "", network: Sequence[str] = ()) -> dict[str, str]:
    """All security headers of a response."""
    return {"Content-Security-Policy": policy(kind, nonce, network), **ALWAYS}
