"""Objects in real windows: drawn, updated in place, there again after a reload; in a window of their own and on a board."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jupyterwin.main.app import App
from jupyterwin.panels.boards import dashboard
from support.panels import colours, picture, until
from support.real_app import real_app


@pytest.fixture(scope="module")
def app(display: object) -> Iterator[App]:
    with real_app() as one:
        yield one


@pytest.fixture
def leaves_nothing() -> None:
    """One application serves all tests of this file; what is left of it at its end is seen by the next file."""


def test_an_object_is_drawn_updated_in_place_and_there_after_a_reload(app: App) -> None:
    window = app.open("one", content="first", width=300, height=200)
    until(window, "document.querySelector('.jw-text').textContent === 'first'")
    assert colours(picture(window)) > 1
    window.eval("void (globalThis.same = document.querySelector('.jw-text'))").result(10)
    window.content = range(2)
    until(window, "document.querySelector('.jw-text').textContent === 'range(0, 2)'")
    assert window.eval("globalThis.same === document.querySelector('.jw-text')").result(
        10
    )  # drawn by the same renderer
    window.reload().result(20)
    until(window, "!globalThis.same && document.querySelector('.jw-text').textContent.includes('range')")
    window.destroy().result(10)


def test_a_board_has_its_panels_where_the_layout_says(app: App) -> None:
    board = dashboard("board", "a a\nb c", app=app, width=600, height=400)
    board["a"], board["b"] = "top", "left"
    window = board.window
    until(window, "document.querySelectorAll('.jw-text').length === 2")
    where = """[...document.querySelectorAll('.jw-panel')].map((panel) => {
      const { left, top, width } = panel.getBoundingClientRect();
      return [panel.querySelector('h2').textContent, left < 300, top < 200, width > 400];
    })"""
    assert window.eval(where).result(10) == [
        ["a", True, True, True],
        ["b", True, False, False],
        ["c", False, False, False],
    ]
    window.destroy().result(10)
