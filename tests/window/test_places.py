"""Where windows are: on which of two monitors, tiled, remembered by name, laid out; and the displays themselves."""

from __future__ import annotations

import json

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.desktop import RIGHT, Desktop
from support.home import Home
from support.real_app import open_ready, real_app
from support.screen import Screen, becomes

pytestmark = pytest.mark.usefixtures("desktop")

BOUND = 20.0
PLAIN = {"html": "<p>text</p>"}


def stands(window: Window, **bounds: int) -> None:
    becomes(f"{bounds}, but it is {window.bounds}", lambda: bounds.items() <= window.bounds.items())


def outer(screen: Screen, title: str) -> tuple[int, int, int, int]:
    """With its frame."""
    native = screen.window(title)
    left, right, top, bottom = native.frame or (0, 0, 0, 0)  # none yet
    box = native.box
    return box.x - left, box.y - top, box.width + left + right, box.height + top + bottom


def test_a_named_window_comes_back_where_it_was_left(desktop: Desktop, screen: Screen, home: Home) -> None:
    with real_app() as app:
        window = open_ready(app, "named", **PLAIN)
        window.set_bounds(x=910, y=120, width=410, height=320).result(BOUND)
        stands(window, x=910, width=410)
        window.maximize().result(BOUND)
        becomes("maximised", lambda: window.mode == "maximized")
        open_ready(app, "forgotten", **PLAIN, remember=False).set_bounds(x=7).result(BOUND)
        app.open(**PLAIN).set_bounds(x=7).result(BOUND)
    kept = json.loads((home.root / "state/jupyterwin/places.json").read_text())
    assert set(kept["windows"]) == {"named"}
    with real_app() as app:
        window = open_ready(app, "named", **PLAIN)
        becomes("maximised on the right", lambda: screen.window("named").box.x == 800 and window.mode == "maximized")
        window.unmaximize().result(BOUND)
        stands(window, x=910, y=120, width=410, height=320)
        window.destroy().result(BOUND)
        given = open_ready(app, "named", **PLAIN, x=33, y=44, width=350, maximized=False)
        stands(given, x=33, y=44, width=350, height=320)


def test_a_window_of_a_monitor_that_is_gone_is_where_one_can_see_it(desktop: Desktop, screen: Screen) -> None:
    with real_app() as app:
        window = open_ready(app, "far", **PLAIN)
        window.set_bounds(x=1200, y=500, width=300, height=200).result(BOUND)
        stands(window, x=1200)
    desktop.unplug("right")
    try:
        with real_app() as app:
            open_ready(app, "far", **PLAIN)
            becomes("seen", lambda: 0 <= screen.window("far").box.x <= 800 - 300)
    finally:
        desktop.monitor("right", RIGHT)


def test_tiles_fill_a_display_frame_by_frame(app: App, screen: Screen) -> None:
    windows = [open_ready(app, name, **PLAIN) for name in "abcd"]
    app.tile(screen="right").result(BOUND)
    cells = [(800, 0, 400, 500), (1200, 0, 400, 500), (800, 500, 400, 500), (1200, 500, 400, 500)]
    for name, cell in zip("abcd", cells, strict=True):
        becomes(f"{name} fills {cell}", lambda name=name, cell=cell: outer(screen, name) == cell)
    windows[0].maximize().result(BOUND)
    app.tile(windows[:2], columns=1, gap=10).result(BOUND)
    becomes("one above the other", lambda: outer(screen, "b") == (0, 505, 800, 495))
    becomes("the other above", lambda: outer(screen, "a") == (0, 0, 800, 495))


def test_a_layout_is_restored_over_both_displays(app: App, screen: Screen) -> None:
    left, right = open_ready(app, "left", **PLAIN), open_ready(app, "right", **PLAIN)
    left.set_bounds(x=20, y=30, width=300, height=200).result(BOUND)
    right.set_bounds(x=900, y=300, width=410, height=310).result(BOUND)
    right.maximize().result(BOUND)
    stands(left, x=20, width=300)
    becomes("maximised", lambda: right.mode == "maximized" and right.bounds["x"] == 800)
    app.save_layout("work")
    left.set_bounds(x=500, y=500).result(BOUND)
    right.destroy().result(BOUND)
    becomes("closed", lambda: right.status == "closed")
    assert app.restore_layout("work").result(BOUND) == ["right"]
    stands(left, x=20, y=30, width=300, height=200)
    again = open_ready(app, "right", **PLAIN)
    becomes("as it was", lambda: again.mode == "maximized" and again.display == "right")
    becomes("and will be", lambda: again.normal_bounds["x"] == 900)
    assert app.layouts() == ["work"]
    app.forget_layout("work")
    assert app.layouts() == []


def test_windows_of_a_monitor_that_goes_are_brought_where_one_can_see_them(
    app: App, desktop: Desktop, screen: Screen
) -> None:
    far = open_ready(app, "far", **PLAIN, x=1200, y=500, width=300, height=200)
    near = open_ready(app, "near", **PLAIN, x=40, y=50, width=300, height=200)
    hidden = open_ready(app, "hidden", **PLAIN, x=1200, y=100, width=300, height=200, show=False)
    large = open_ready(app, "large", **PLAIN, x=1000, y=100, maximized=True)
    becomes("maximised", lambda: large.mode == "maximized" and large.display == far.display == "right")
    going, coming = app.screen.next("display-removed"), app.screen.next("display-added")
    desktop.unplug("right")
    try:
        assert going.result(BOUND).id == "right"
        becomes("inside the left one", lambda: outer(screen, "far")[0] + outer(screen, "far")[2] == 800)
        becomes("known", lambda: far.display == "left" and far.bounds["x"] == outer(screen, "far")[0])
        becomes("still maximised", lambda: screen.window("large").box.x == 0 and large.mode == "maximized")
        hidden.show().result(BOUND)
        native = screen.window("hidden")
        becomes(f"shown there: {native.box}, {hidden.bounds}", lambda: native.box.x == 500)
        assert (near.bounds["x"], near.bounds["y"]) == (40, 50)
    finally:
        desktop.monitor("right", RIGHT)
    assert coming.result(BOUND).bounds.x == 800
    assert [one.id for one in app.screen.get_all_displays()] == ["left", "right"]


def test_displays_are_known_and_their_changes_told(app: App, desktop: Desktop) -> None:
    displays = {one.id: one for one in app.screen.get_all_displays()}
    assert {key: (one.bounds.x, one.bounds.width) for key, one in displays.items()} == {
        "left": (0, 800),
        "right": (800, 800),
    }
    assert app.screen.get_primary_display().id == "left"
    assert app.screen.get_display_nearest_point(1700, 10).id == "right"
    with Screen(desktop.name) as screen:
        screen.press(123, 456)
    assert app.screen.get_cursor_screen_point().result(BOUND) == (123, 456)
