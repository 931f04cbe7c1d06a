"""What becomes of options when an open window is opened again by its name, and of traits that X shows by pixels."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from jupyterwin.main.app import App
from jupyterwin.main.desktop.dialog import dialog
from jupyterwin.main.window import Window
from support.real_app import open_ready
from support.screen import NativeWindow, Screen, becomes

pytestmark = pytest.mark.usefixtures("desktop")

BOUND = 20.0
CLEAR = {"html": "<p>text</p>"}


def png(side: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (side, side), (0, 170, 0)).save(data, "PNG")
    return data.getvalue()


def test_the_background_and_the_icon_may_be_set_later(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **CLEAR, width=300, height=200, x=50, y=60, background="#102030", icon=png(16))
    native = screen.window("w")
    becomes("dark", lambda: native.colours() == {(16, 32, 48)})
    window.background = "#aabbcc"
    becomes("light", lambda: native.colours() == {(170, 187, 204)})
    assert native.icon_size == (16, 16)
    window.icon = png(24)
    becomes("the other icon", lambda: native.icon_size == (24, 24))
    app.open("w", **CLEAR, background="#0a0", icon=png(48))
    becomes("green", lambda: native.colours() == {(0, 170, 0)})
    becomes("the third icon", lambda: native.icon_size == (48, 48))


AGAIN: list[tuple[dict[str, Any], Callable[[NativeWindow, Window], bool]]] = [
    ({"maximized": True}, lambda x, w: "MAXIMIZED_VERT" in x.states and w.mode == "maximized"),
    ({"maximized": False}, lambda x, w: not x.states & {"MAXIMIZED_VERT"} and w.mode == "normal"),
    ({"fullscreen": True}, lambda x, w: "FULLSCREEN" in x.states and w.mode == "fullscreen"),
    # As it was, and in its frame again: what is placed while the manager still changes the frame is off by it.
    (
        {"fullscreen": False},
        lambda x, w: (
            "FULLSCREEN" not in x.states and w.mode == "normal" and w.bounds["width"] == 400 and w.insets["top"] > 5
        ),
    ),
    ({"width": 333, "x": 77}, lambda x, w: x.box.width == 333 and w.bounds["x"] == 77),
]


def test_an_option_that_is_another_at_the_next_open_changes_the_window(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **CLEAR, width=400, height=300, x=50, y=60)
    native = screen.window("w")
    for options, holds in AGAIN:
        assert app.open("w", **CLEAR, **options) is window
        becomes(str(options), lambda holds=holds: holds(native, window))
    window.set_bounds(width=500).result(BOUND)
    window.title = "mine"
    app.open("w", **CLEAR, width=333).eval("1").result(BOUND)  # the same as last time: it stays as it was left
    assert screen.window("mine").box.width == 500


def test_an_option_that_cannot_change_says_so(app: App, screen: Screen) -> None:
    window = open_ready(app, "w", **CLEAR)
    app.open("w", **CLEAR, frame=True)
    before = len(window.log)
    app.open("w", **CLEAR, frame=False, kiosk=True)
    said = [entry.message for entry in list(window.log)[before:]]
    for name in ("frame", "kiosk"):
        assert f"{name}= takes effect when the window is opened anew: close it first" in said
    becomes("its frame is there", lambda: sum(screen.window("w").frame) > 5)


def test_a_file_dialog_is_no_wider_than_a_monitor(app: App, screen: Screen) -> None:
    open_ready(app, "w", **CLEAR)
    asked = dialog.show_open_dialog(title="pick")
    native = screen.window("pick")
    becomes("placed", lambda: bool(native.frame))
    assert native.box.x // 800 == (native.box.x + native.box.width - 1) // 800, (
        "its buttons are on another monitor, or none"
    )
    asked.cancel()
    becomes("gone", lambda: not screen.windows("pick"))
