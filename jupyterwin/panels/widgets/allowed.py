"""Allowed: what a page may write into a widget. Pure rules: a page writes state, never code, style, or what others show.

A page that was taken over may move a slider, as the person before it may. It must not write what another front end of the
same widget would run or draw: code and style of an anywidget, the text of an `HTML`, the names of modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.panels.widgets.pack import references, text_of

if TYPE_CHECKING:
    from collections.abc import Container

_NEVER = ("_esm", "_css", "_anywidget_id", "_model_", "_view_module", "_view_name", "_dom_classes")
"""Names, or how names begin, that no page writes in any widget."""

_CORE = {"@jupyter-widgets/controls", "@jupyter-widgets/base", "@jupyter-widgets/output"}

_WRITTEN = frozenset(
    # a person's input
    "value index selected_index playing repeat error "
    # a game controller
    "name mapping connected timestamp buttons axes pressed".split()
)
"""Traits that ipywidgets' own views write; the other traits of its widgets are the kernel's."""

_SHOWN = {"HTMLModel", "HTMLMathModel", "LabelModel", "ImageModel", "VideoModel", "AudioModel"}
"""Widgets of ipywidgets whose value is drawn, not entered."""


def writable(module: str, model: str, name: str) -> bool:
    """Whether a page may write this trait of a widget with this model."""
    if name.startswith(_NEVER):
        return False
    if module not in _CORE:
        return True
    return name in _WRITTEN and model not in _SHOWN


def within(value: Any, tree: Container[str]) -> bool:
    """Whether this refers to nothing but widgets that the page was shown."""
    return all(reference in tree for reference in references(text_of(value)))
