"""Kinds: which content an object becomes. One table of families, asked in order; the first that answers wins.

A family is a module with ``content_of(obj) -> Content | None``. It imports no optional library: it looks in `sys.modules`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jupyterwin.panels.content import Content

FAMILIES: tuple[str, ...] = (
    "charts",
    # Figures are told by their libraries' own types, so they take nothing of the others'.
    "figures",
    # Tables first, then widgets, the richest mimebundle, plain data; text takes whatever is left.
    "tables",
    "widgets",
    "mimebundle",
    "data",
    "text",
)
"""Modules of this package."""


def content_of(obj: Any) -> Content:
    """The content of any object; a `Content` is its own."""
    if isinstance(obj, Content):
        return obj
    for family in FAMILIES:
        content: Content | None = import_module(f"{__name__}.{family}").content_of(obj)
        if content is not None:
            return content
    raise AssertionError("text takes whatever is left")
