"""The sandbox levels in words, for people. `jupyterwin.security.sandbox` says what they are made of."""

from __future__ import annotations

from collections.abc import Mapping

MEANING: Mapping[str, str] = {
    "full": "bubblewrap around the window host; inside it, namespaces and a system-call filter around each page",
    "outer": "bubblewrap around the window host, and a system-call filter around each page; "
    "this system forbids namespaces inside namespaces",
    "engine": "namespaces and a system-call filter around each page; the window host itself is not confined",
    "none": "nothing: a page that breaks out of the engine has your rights",
}
