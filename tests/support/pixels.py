"""Looking at pixels: how much of a window, or of a panel, has a colour; waiting until it has; and a hand with a mouse."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from jupyterwin.main.app import App
from support.panels import picture
from support.screen import Screen

PATIENCE = 30.0


def share(pixels: np.ndarray, colour: tuple[int, int, int]) -> float:
    """Of the pixels that are of this colour, or nearly."""
    return float((np.abs(pixels - colour).max(axis=2) < 24).mean())


def until_colour(window: Any, colour: tuple[int, int, int], least: float, most: float = 1.0) -> None:
    until_when = time.monotonic() + PATIENCE
    while not least <= (now := share(np.asarray(picture(window)).astype(int), colour)) <= most:
        assert time.monotonic() < until_when, f"{colour}: {now}"


class Hand:
    """The mouse in a window's page."""

    def __init__(self, window: Any, screen: Screen) -> None:
        self._screen = screen
        left, top = screen.window(window.title).box[:2]
        self._corner = left, top

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        (x, y), (to_x, to_y) = self._at(start), self._at(end)
        self._screen.drag(x, y, to_x, to_y)

    def press(self, point: tuple[int, int]) -> None:
        self._screen.press(*self._at(point))

    def _at(self, point: tuple[int, int]) -> tuple[int, int]:
        return self._corner[0] + point[0], self._corner[1] + point[1]


def one_window(app: App, obj: Any) -> Any:
    """A window of 500 × 400 pixels on the screen that shows this object."""
    return app.open("one", content=obj, title="one", width=500, height=400, x=40, y=40)
