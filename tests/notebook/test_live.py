"""A live card without a notebook: what it may still say when its cell runs again. Real ones are in tests/window/test_cards.py."""

from __future__ import annotations

import threading
from typing import Any

from jupyterwin.main.ownership import cells
from jupyterwin.notebook.cards import Card
from jupyterwin.notebook.live import LiveDisplay


class Slow(Card):
    """It is being drawn for as long as the test likes."""

    def __init__(self) -> None:
        self.drawing, self.go = threading.Event(), threading.Event()
        self.attended, self.lacks_picture = True, False

    def draw(self, seconds: float) -> dict[str, Any]:
        del seconds
        self.drawing.set()
        self.go.wait(20)
        return {}

    def active(self) -> bool:
        return True


class Display:
    """Its place in the notebook."""

    def __init__(self) -> None:
        self.updates = 0

    def update(self, *_bundle: Any, **_options: Any) -> None:
        self.updates += 1


def test_a_card_that_is_being_drawn_when_its_cell_runs_again_is_not_shown() -> None:
    card, display, over = Slow(), Display(), threading.Event()
    changed = threading.Event()
    try:
        cells.begin("a cell", identified=True)
        LiveDisplay(card, display, changed, over.set).start()
        changed.set()
        assert card.drawing.wait(10)
        cells.begin("a cell", identified=True)
        card.go.set()
        assert over.wait(10)
        assert display.updates == 0
    finally:
        card.go.set()
        cells.end()
