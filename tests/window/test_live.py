"""A live function that draws with matplotlib: its pixels, and that its panel is busy, stale and in error, as a person sees it."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from traitlets import Int, Unicode

from jupyterwin.main.app import App
from jupyterwin.main.store import Store
from jupyterwin.main.window import Window
from jupyterwin.panels.live import live
from support.panels import picture, until

COLOURS = {"red": (255, 0, 0), "blue": (0, 0, 255)}
DRAWN = "document.querySelector('[data-kind=matplotlib] img, [data-kind=matplotlib] svg') !== null"


class Params(Store):
    colour = Unicode("red")
    part = Int(2)


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def share(window: Window, colour: str) -> float:
    """How much of the window is about this colour."""
    part = np.asarray(picture(window), dtype=int)
    return float((abs(part - COLOURS[colour]).max(axis=2) < 40).mean())


def test_a_figure_follows_its_traits_and_says_how_it_is(app: App) -> None:
    store, go, begun = Params(), threading.Semaphore(0), threading.Semaphore(0)

    def draw(colour: str, part: int, event: Any) -> Figure:
        event.progress(1, 4, f"drawing {colour}")
        begun.release()
        go.acquire(timeout=60)
        figure = Figure(facecolor=colour)
        figure.add_subplot().set_title(f"{12 // part}")
        return figure

    window = app.open("live", content=live(draw, store), width=400, height=300)
    assert begun.acquire(timeout=60)
    until(window, "document.querySelector('.jw-busy:not([hidden])')?.getAttribute('aria-valuenow') === '25'")
    assert until(window, "document.querySelector('.jw-doing:not([hidden])')?.textContent") == "drawing red"
    assert share(window, "red") == 0
    go.release()
    until(window, f"document.querySelector('.jw-busy').hidden && {DRAWN}")
    assert share(window, "red") > 0.3

    store.colour = "blue"  # while it is drawn anew the old one stays, and says that it is old
    assert begun.acquire(timeout=60)
    until(window, "document.querySelector('.jw-is-stale') !== null && !document.querySelector('.jw-busy').hidden")
    assert share(window, "blue") == 0
    go.release()
    until(window, "document.querySelector('.jw-is-stale') === null && document.querySelector('.jw-busy').hidden")
    assert share(window, "blue") > 0.3

    store.part = 0  # an error lies over the last figure
    go.release()
    said = until(window, "document.querySelector('[role=alert]:not([hidden])')?.textContent")
    assert said == "ZeroDivisionError: integer division or modulo by zero"
    until(window, "document.querySelector('.jw-busy').hidden")
    assert share(window, "blue") > 0.2

    store.set(colour="red", part=3)
    go.release()
    until(window, "document.querySelector('[role=alert]').hidden && document.querySelector('.jw-busy').hidden")
    assert share(window, "red") > 0.3
    window.reload().result(20)
    until(window, DRAWN)
    assert share(window, "red") > 0.3
