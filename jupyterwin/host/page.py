"""The files of our own page, which shows the kernel's objects: those of ``static/`` that are meant for it, read once.

It knows names and types of files, and no window.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

ENTRY = "panels.html"

_NAME = re.compile(r"panels?(?:-[a-z0-9-]+)?\.(?P<type>html|js|css|woff2)")
_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "woff2": "font/woff2",
}


@cache
def page_file(name: str) -> tuple[str, bytes] | None:
    """Type and bytes of a file of the page (the page itself for an empty name); None where there is no such file."""
    found = _NAME.fullmatch(name or ENTRY)
    file = files("jupyterwin") / "static" / (name or ENTRY)
    if found is None or not file.is_file():
        return None
    return _TYPES[found["type"]], file.read_bytes()
