"""Pictures of windows that nobody sees: behind another, hidden, minimised, crashed; under a real window manager."""

from __future__ import annotations

import os
import signal
import threading
from io import BytesIO

import pytest
from PIL import Image

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.screen import Screen, becomes

pytestmark = pytest.mark.usefixtures("desktop")

BOUND = 20.0
RED, GREEN, BLUE = (204, 0, 0), (0, 170, 0), (0, 0, 204)
PAGE = "<title>{0}</title><body style='background:rgb{1};margin:0'><p style='color:#fff'>text"
PLACE = {"x": 100, "y": 100, "width": 300, "height": 200}


def picture(window: Window) -> Image.Image:
    return Image.open(BytesIO(window.capture().result(BOUND).png)).convert("RGB")


def shows(window: Window, colour: tuple[int, int, int]) -> bool:
    """Whether its picture has that background, and its text."""
    seen = picture(window)
    return seen.size == (300, 200) and seen.getpixel((290, 190)) == colour and len(seen.getcolors(10_000) or []) > 1


def paint(window: Window, colour: tuple[int, int, int]) -> None:
    window.eval(f"document.body.style.background = 'rgb{colour}'").result(BOUND)


def test_a_window_behind_another(app: App, screen: Screen) -> None:
    below = open_ready(app, "below", html=PAGE.format("below", RED), **PLACE)
    above = open_ready(app, "above", html=PAGE.format("above", BLUE), **PLACE)
    becomes("covered", lambda: screen.window("above").colours() == {BLUE})
    assert screen.window("below").colours() == {BLUE}
    assert shows(above, BLUE)
    becomes("red", lambda: shows(below, RED))
    paint(below, GREEN)
    becomes("green", lambda: shows(below, GREEN))
    assert screen.window("below").colours() == {BLUE}
    assert screen.stacking()[-1] == "above"


def test_a_window_that_is_hidden_and_one_that_never_was_seen(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", html=PAGE.format("w", RED), **PLACE)
    never = open_ready(app, "never", html=PAGE.format("never", RED), **PLACE, show=False)
    becomes("red", lambda: shows(window, RED))
    window.hide().result(BOUND)
    becomes("gone", lambda: not screen.windows("w"))
    for one in (window, never):
        paint(one, GREEN)
        becomes("green", lambda one=one: shows(one, GREEN))
        assert not one.visible
    assert not screen.windows("w|never")
    window.show().result(BOUND)
    becomes("in its place", lambda: screen.window("w").colours() == {GREEN} and window.bounds["x"] == 100)


def test_a_window_that_is_minimised(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", html=PAGE.format("w", RED), **PLACE)
    becomes("red", lambda: shows(window, RED))
    window.minimize().result(BOUND)
    becomes("gone", lambda: not screen.windows("w") and window.mode == "minimized")
    paint(window, GREEN)
    becomes("green", lambda: shows(window, GREEN))
    assert window.mode == "minimized"
    assert not screen.windows("w")


def test_a_page_that_has_crashed_is_not_seen_any_more(app: App, screen: Screen) -> None:
    for n in range(3):
        window = open_ready(app, f"w{n}", html=PAGE.format("w", RED), **PLACE, on_crash="show-error")
        becomes("red", lambda window=window: shows(window, RED))
        crashed, shown = threading.Event(), threading.Event()
        window.on("render-process-gone", lambda *_, crashed=crashed: crashed.set())
        # The first page may tell of its own load only now.
        window.on("did-finish-load", lambda _, crashed=crashed, shown=shown: crashed.is_set() and shown.set())
        os.kill(window.pid, signal.SIGKILL)
        assert shown.wait(BOUND)
        assert not shows(window, RED), "the picture is of the page before"
        window.destroy().result(BOUND)
