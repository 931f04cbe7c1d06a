"""Figures: what a library draws, and pictures, sound, film and failures. One file for each library or medium.

Each is a module with ``content_of(obj)``; the first that answers wins. None imports its library: it looks in `sys.modules`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyterwin.panels.content import Content

LIBRARIES: tuple[str, ...] = ("mpl", "plotly", "vega", "bokeh", "pictures", "players", "failures")
"""Modules of this package."""


def content_of(obj: Any) -> Content | None:
    """The content of a figure of any library that is there."""
    for library in LIBRARIES:
        content: Content | None = import_module(f"{__name__}.{library}").content_of(obj)
        if content is not None:
            return content
    return None
