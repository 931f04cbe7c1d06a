"""Buttons: a hidden widget shows the buttons of cards while the kernel lives, and hears them. It knows no card.

A card is plain HTML, and HTML of a notebook reaches no kernel; a widget of its own would be a missing model in a notebook
that is opened without its kernel. So one widget that is never displayed serves the cards of all cells.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
from traitlets import Unicode

Clicked = Callable[[str], object]


class CardButtons(anywidget.AnyWidget):
    """The buttons of the cards whose names begin with `group`."""

    group = Unicode().tag(sync=True)

    def __init__(self, group: str) -> None:
        code = (files("jupyterwin") / "static" / "notebook-cards.js").read_text(encoding="utf-8")
        super().__init__(_esm=code, group=group)
        self._cards: dict[str, Clicked] = {}
        self.on_msg(self._heard)

    def serve(self, card: str, clicked: Clicked) -> Callable[[], object]:
        """Call this with the name of each button of that card that is clicked, until what is returned is called."""
        self._cards[card] = clicked
        return lambda: self._cards.pop(card, None)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        card, act = (content.get(key) for key in ("card", "act")) if isinstance(content, dict) else (None, None)
        if isinstance(card, str) and isinstance(act, str) and (clicked := self._cards.get(card)) is not None:
            clicked(act)


@cache
def of_kernel(group: str) -> CardButtons:
    """The only one, made when it is needed first."""
    return CardButtons(group)
