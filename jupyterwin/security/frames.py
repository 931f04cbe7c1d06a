"""Frames of opaque origin: where a page shows what is not its own, such as a plotting library's output or foreign HTML.

Pure data: what each kind may do, and its document. Such a document has no storage, no bridge and no way out; what it
shows is handed to it by the page, over a message port. The policy says so itself (``sandbox``), whoever embeds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jupyterwin.security import csp

_COMMON: Mapping[str, str] = {
    "sandbox": "allow-scripts",
    "default-src": "'none'",
    "style-src": "'unsafe-inline' data: blob:",
    "img-src": "data: blob:",
    "font-src": "data: blob:",
    "media-src": "data: blob:",
    "connect-src": "data: blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}

_HEADER_ONLY = {"sandbox", "frame-ancestors"}
"""What a document cannot say of itself."""

_OURS = f"'nonce-{csp.NONCE}' blob:"
"""The document's own script, and those that the page hands over."""

POLICIES: Mapping[str, Mapping[str, str]] = {
    # What a person calls HTML has its scripts inline.
    "html": {**_COMMON, "script-src": "'unsafe-inline' data: blob:", "worker-src": "blob:", "frame-src": "data: blob:"},
    # Its WebGL makes functions of strings, and says that there is no WebGL where it may not.
    "plotly": {**_COMMON, "script-src": f"{_OURS} 'unsafe-eval'", "worker-src": "blob:"},
    # CustomJS is a string that becomes a function.
    "bokeh": {**_COMMON, "script-src": f"{_OURS} 'unsafe-eval'"},
    # Its expressions are interpreted.
    "vega": {**_COMMON, "script-src": _OURS},
    # The code of the user's widgets comes as modules and workers.
    "widget": {**_COMMON, "script-src": f"{_OURS} 'wasm-unsafe-eval'", "worker-src": "blob:"},
}
"""By the kind of content that is drawn in such a frame."""


def headers(kind: str, nonce: str, network: Sequence[str] = ()) -> dict[str, str]:
    """All security headers of such a frame; the origins of ``network=`` are for its data, pictures and styles."""
    return {"Content-Security-Policy": csp.text(POLICIES[kind], nonce, network), **csp.ALWAYS}


def document(script: str, style: str, nonce: str, kind: str = "") -> str:
    """The document of any kind. With `kind`, its policy is written into it, for where no header can say it."""
    said = {name: sources for name, sources in POLICIES.get(kind, {}).items() if name not in _HEADER_ONLY}
    meta = f'<meta http-equiv="Content-Security-Policy" content="{csp.text(said, nonce)}">' if said else ""
    head = f'<!doctype html><meta charset="utf-8">{meta}<style>{style}</style>'
    return f'{head}<body><script nonce="{nonce}">{script}</script>'  # its page answers as soon as it runs: there is a body then
