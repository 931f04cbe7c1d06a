"""PlaceWidget: the hidden anywidget that brings our code to the front end, and what is shown where a window is placed."""

from __future__ import annotations

import html
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
from IPython.display import display
from traitlets import Int, Unicode

if TYPE_CHECKING:
    from jupyterwin.main.window.life import Life


@cache
def _code() -> str:
    return (files("jupyterwin") / "static" / "notebook.js").read_text(encoding="utf-8")


class PlaceWidget(anywidget.AnyWidget):
    """The places of one window: all views of it, of which the one that was shown last is drawn in."""

    window = Unicode().tag(sync=True)
    title = Unicode().tag(sync=True)
    showing = Int(0).tag(sync=True)
    """How many times it was shown by a cell."""

    def __init__(self, **given: Any) -> None:
        super().__init__(_esm=_code(), **given)


def show(widget: PlaceWidget, window: Life) -> None:
    """Show it under the cell of this context."""
    display(bundle(widget, window), raw=True)


def bundle(widget: PlaceWidget, window: Life) -> dict[str, Any]:
    """What a place is as an output: live, and what a reader sees who has no kernel."""
    title = html.escape(window.title or window.name)
    note = "drawn here while its kernel runs, in JupyterLab"
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {
        "application/vnd.jupyter.widget-view+json": view,
        "text/html": f"<p>Window <b>{title}</b> ({note})</p>",
        "text/plain": f"<Window {window.name!r} under its cell>",
    }
