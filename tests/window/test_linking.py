"""Linked selection in real windows: a trait that anybody sets is seen in tables and charts of all windows, and none tells it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from traitlets import Any as AnyTrait

from jupyterwin.main.app import App
from jupyterwin.main.store import Store
from jupyterwin.main.window import Window
from jupyterwin.panels.charts import line
from support.panels import picture, until
from support.screen import becomes

FRAME = pd.DataFrame({"n": np.arange(100)[::-1], "y": np.sin(np.arange(100) / 10)}, index=[f"r{n}" for n in range(100)])
CHOSEN = "[...document.querySelectorAll('.jw-t-row:not([hidden])')].filter((row) => row.querySelector('.jw-is-chosen')).map((row) => row.children[0].textContent).join()"
DRAWN = "document.querySelector('.jw-chart-plot[aria-label*=\"100 rows\"]') !== null"
INK = "getComputedStyle(document.documentElement).getPropertyValue('--jw-ink')"


class Picked(Store):
    rows = AnyTrait()


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def inked(window: Window) -> int:
    """How many pixels of the plot have the colour of what is selected."""
    script = f"""const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = {INK}; canvas.fillRect(0, 0, 1, 1);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);"""
    colour: Any = window.eval(script).result(20)
    return int((abs(np.asarray(picture(window), dtype=int) - colour).max(axis=2) < 12).sum())


def test_what_is_selected_anywhere_is_seen_everywhere_in_any_order_and_after_a_reload(app: App) -> None:
    store, told = Picked(), []
    table = app.open("table", content=FRAME, width=420, height=420)
    chart = app.open("chart", content=line(FRAME.reset_index(drop=True), y="y"), width=420, height=300)
    for window in (table, chart):
        window.panel.on("select", told.append)
        window.panel.link("select", store, "rows", "rows")
    until(table, "document.querySelectorAll('.jw-t-row').length > 0")
    until(chart, DRAWN)
    before = inked(chart)

    store.rows = [2, 3]  # Python sets it
    until(table, f"{CHOSEN} === 'r2,r3'")
    few = seen(chart, lambda count: count > before + 20)
    assert told == []

    # the rows stay chosen in another order, also where that is off the screen
    table.eval(
        "[...document.querySelectorAll('.jw-t-name')].find((one) => one.textContent.startsWith('n')).click()"
    ).result(20)
    until(table, "document.querySelector('.jw-t-row:not([hidden])').children[0].textContent === 'r99'")
    until(table, f"{CHOSEN} === ''")
    store.rows = [99, 98, 1]  # … and is scrolled to
    until(table, f"{CHOSEN} === 'r99,r98'")

    # a hand in the table: the chart follows, the table is not told back
    cell = "document.querySelectorAll('.jw-t-row:not([hidden])')[4].children[1]"
    number = table.panel.state()["chosen"]
    table.eval(f"{cell}.dispatchEvent(new PointerEvent('pointerdown', {{bubbles: true, button: 0, pointerId: 1}}))")
    until(table, f"{CHOSEN} === 'r95'")
    seen(chart, lambda count: before < count < few)
    assert list(store.rows) == [95]
    assert table.panel.state()["chosen"] == number
    assert len(told) == 1

    becomes("the order is told", lambda: (table.panel.now.content.left[2] or {}).get("query", {}).get("sort"))
    for window in (table, chart):
        window.reload().result(20)
    until(table, f"{CHOSEN} === 'r95'")
    until(chart, DRAWN)
    seen(chart, lambda count: before < count < few)
    store.rows = None
    until(table, f"{CHOSEN} === ''")
    seen(chart, lambda count: count == before)


def seen(window: Window, holds: Callable[[int], bool]) -> int:
    """Wait until the pixels of what is selected are so many; how many they are."""
    counts: list[int] = []
    becomes("the selection is drawn", lambda: counts.append(inked(window)) or holds(counts[-1]))
    return counts[-1]
