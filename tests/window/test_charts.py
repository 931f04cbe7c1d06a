"""Charts in real windows: drawn in their colours, rows that come in, zoom that stays, reload, and a cross-hair over two windows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from queue import Queue

import numpy as np
import pytest

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.charts import area, bar, line, scatter
from jupyterwin.panels.livetable import LiveTable
from support.panels import PAINTED, picture, until
from support.screen import Screen

FIRST, SECOND = (0x24, 0x57, 0xC5), (0xB4, 0x53, 0x09)
"""Colours of the first two series (js/src/panels/styles/tokens.css)."""
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

KEY = (
    "document.querySelector('.jw-chart-plot').dispatchEvent(new KeyboardEvent('keydown', {{ key: {}, bubbles: true }}))"
)


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def pixels(window: Window, colour: tuple[int, int, int], place: int = 0) -> int:
    """How many pixels of a chart's plot, two frames later, have about this colour."""
    window.eval("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))").result(10)
    box = f"document.querySelectorAll('.jw-chart-plot')[{place}].getBoundingClientRect()"
    sides = window.eval(f"(({{left, top, right, bottom}}) => [left, top, right, bottom])({box})").result(10)
    part = np.asarray(picture(window).crop(tuple(sides)), dtype=int)
    return int((abs(part - colour).max(axis=2) < 80).sum())


def said(words: str, place: int = 0) -> str:
    """JavaScript: whether the chart says so of itself."""
    label = f"document.querySelectorAll('.jw-chart-plot')[{place}].getAttribute('aria-label')"
    return f"({label} ?? '').includes({json.dumps(words)})"


def over(window: Window) -> tuple[int, int, int]:
    """Where the plotting area is on the screen: its left, its middle's height, its width."""
    box = "const { x, y, width, height } = document.querySelector('.u-over').getBoundingClientRect();"
    x, y, wide, high = window.eval(f"{PAINTED} {box} return [x, y, width, height]").result(10)
    return window.bounds["x"] + round(x), window.bounds["y"] + round(y + high / 2), round(wide)


def key(window: Window, *keys: str) -> None:
    """Press keys on the chart, one after another."""
    for one in keys:
        window.eval(KEY.format(json.dumps(one))).result(10)


def quotes(count: int) -> dict[str, object]:
    rows = np.arange(count)
    return {"t": [START + timedelta(seconds=int(row)) for row in rows], "bid": np.sin(rows / 50), "ask": 2.0 + rows * 0}


def test_each_mark_is_drawn_in_the_colours_of_its_series_and_there_after_a_reload(app: App) -> None:
    board = dashboard("marks", "line scatter\nbar area", app=app, width=900, height=600)
    rows = {"x": [1.0, 2.0, 3.0], "a": [1.0, 3.0, 2.0], "b": [2.0, 1.0, 3.0], "name": ["p", "q", "r"]}
    board["line"] = line(rows, x="x", y=["a", "b"])
    board["scatter"] = scatter(rows, x="a", y=["b", "x"])
    board["bar"] = bar(rows, x="name", y=["a", "b"])
    board["area"] = area(rows, x="x", y=["a", "b"], stack=True)
    window = board.window
    for _ in range(2):
        until(window, "document.querySelectorAll('.jw-chart-plot[aria-label*=\"3 rows\"]').length === 4")
        for place, mark in enumerate(("line", "scatter", "bar", "area")):
            assert pixels(window, FIRST, place) > 40, mark
            assert pixels(window, SECOND, place) > 40, mark
        window.reload().result(20)


def test_rows_come_in_while_the_zoom_stays(app: App) -> None:
    table = LiveTable({"t": datetime, "bid": float, "ask": float}, keep=100_000)
    window = app.open("live", content=line(table, x="t", y=["bid", "ask"], time="utc"), width=600, height=400)
    until(window, "document.querySelector('.jw-chart-none')?.hidden === false")
    assert pixels(window, SECOND) == 0
    table.append({name: values[:1] for name, values in quotes(1).items()})
    until(window, said("1 row,"))
    assert pixels(window, SECOND) > 10  # a single point is seen
    rest = quotes(100_001)
    table.append({name: values[1:100_000] for name, values in rest.items()})
    until(window, said("100,000 rows"))
    assert pixels(window, SECOND) > 400  # a line across
    key(window, "+", "+")
    until(window, said("Zoomed to 2026-03-02 19:54:59"))
    table.append({"t": rest["t"][100_000:], "bid": [7.0], "ask": [2.0]})
    until(window, said("last 7."))
    until(window, said("Zoomed to 2026-03-02 19:54:59"))
    key(window, "0")
    until(window, f"!({said('Zoomed')})")


def test_the_cross_hair_is_in_two_windows(app: App) -> None:
    rows = {"x": np.arange(1000.0), "a": np.arange(1000.0) * 2, "b": np.arange(1000.0) * 3}
    one = app.open("one", content=line(rows, x="x", y="a", sync="pair"), width=500, height=300)
    two = app.open("two", content=line(rows, x="x", y="b", sync="pair"), width=400, height=300)
    for window in (one, two):
        until(window, said("1,000 rows"))
    one.eval("document.querySelector('.jw-chart-plot').focus()").result(10)
    key(one, "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    where = "document.querySelector('.jw-chart-where').textContent === '3'"
    until(one, where)
    until(two, f"{where} && document.querySelector('.jw-chart-value').textContent === '9'")
    assert two.eval("document.querySelector('.u-cursor-x').classList.contains('u-off')").result(10) is False
    for press, drawn in (("+", said("Zoomed")), ("0", f"!{said('Zoomed')}")):
        key(one, press)  # drawn anew, in both: the cross-hair is where it was put, and nobody's pointer
        for window in (one, two):
            until(window, drawn)
            assert window.eval(where).result(10)


def test_a_drag_selects_what_a_click_lets_go_and_zooms_the_charts_of_one_key(app: App, screen: Screen) -> None:
    rows = {"x": np.arange(101.0), "y": np.arange(101.0)}
    window = app.open("brush", content=line(rows, x="x", y="y", brush=True), width=500, height=300, x=20, y=20)
    told: Queue[object] = Queue()
    window.panel.on("select", told.put)
    until(window, said("101 rows"))
    left, middle, wide = over(window)
    screen.drag(left + wide // 4, middle, left + wide // 2, middle)
    selected = told.get(timeout=20)
    assert selected["x"] == pytest.approx((25, 50), abs=1.5)
    assert (selected["rows"][0], selected["rows"][-1]) == pytest.approx((25, 50), abs=2)
    before = pixels(window, FIRST)
    window.reload().result(20)
    until(window, said("101 rows"))
    assert pixels(window, FIRST) == pytest.approx(before, rel=0.2)  # the selection is there again
    screen.press(left + wide - 20, middle)
    assert told.get(timeout=20) is None

    rows = {"x": np.arange(102.0), "y": np.arange(102.0)}
    window.content = line(rows, x="x", y="y", sync="zooms")
    other = app.open("other", content=line(rows, x="x", y="y", sync="zooms"), width=300, height=200, x=700, y=20)
    until(other, said("102 rows"))
    until(window, said("102 rows"))  # not the chart of before
    screen.drag(left + wide // 4, middle, left + wide // 2, middle)
    until(window, said("Zoomed to 2"))
    until(other, said("Zoomed to 2"))
    other.reload().result(20)
    until(other, said("Zoomed to 2"))
