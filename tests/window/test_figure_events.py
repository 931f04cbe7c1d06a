"""What a person does in a figure: zoom and selection stay when it is updated, clicks and selections are told."""

from __future__ import annotations

import queue
from typing import Any

import altair as alt
import bokeh.plotting
import pandas as pd
import plotly.graph_objects as go
import pytest

import jupyterwin.panels  # noqa: F401 -- windows show objects
from jupyterwin.main.app import App
from support.figures import BLUE, RED, named
from support.panels import until
from support.pixels import Hand, one_window, until_colour
from support.screen import Screen


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def halves(left: tuple[int, int, int], right: tuple[int, int, int], **layout: Any) -> go.Figure:
    bars = go.Bar(x=[0, 1], y=[1, 1], width=1, marker={"color": [named(left), named(right)], "line": {"width": 0}})
    return go.Figure(bars, {"margin": {"l": 50, "r": 10, "t": 10, "b": 50}, **layout})


def test_plotly_keeps_its_zoom_and_tells_of_clicks_and_selections(app: App, screen: Screen) -> None:
    window = one_window(app, halves(RED, BLUE))
    heard: queue.Queue[Any] = queue.Queue()
    window.panel.on("click", lambda detail: heard.put(("click", detail)))
    window.panel.on("select", lambda detail: heard.put(("select", detail)))
    until_colour(window, RED, 0.2)
    hand = Hand(window, screen)
    hand.press((150, 200))
    event, detail = heard.get(timeout=20)
    assert (event, detail["trace"], detail["index"], detail["x"]) == ("click", [0], [0], [0])
    hand.drag((80, 40), (200, 320))  # into the left bar
    until_colour(window, BLUE, 0, 0.001)
    window.content = halves((30, 160, 60), BLUE)
    until_colour(window, (30, 160, 60), 0.5)
    until_colour(window, BLUE, 0, 0.001)  # still there
    window.content = halves(RED, BLUE, dragmode="select", uirevision="another")
    until_colour(window, BLUE, 0.2)
    hand.drag((270, 330), (480, 20))
    event, detail = heard.get(timeout=20)
    assert (event, detail["index"]) == ("select", [1])
    assert detail["range"]["x"][1] > 1
    window.destroy().result(20)


def test_vega_tells_of_clicks_and_selections_and_keeps_them(app: App, screen: Screen) -> None:
    def chart(colour: tuple[int, int, int]) -> alt.Chart:
        brush = alt.selection_interval(name="brush", encodings=["x"])
        bars = alt.Chart(pd.DataFrame({"x": [1, 3], "y": [1, 1]})).mark_bar(size=150)
        shade = alt.condition(brush, alt.value(named(colour)), alt.value("#ffffff"))
        x = alt.X("x", scale=alt.Scale(domain=[0, 4]))
        return bars.encode(x=x, y="y", color=shade).add_params(brush)

    window = one_window(app, chart(RED))
    heard: queue.Queue[Any] = queue.Queue()
    window.panel.on("click", lambda detail: heard.put(("click", detail)))
    window.panel.on("select", lambda detail: heard.put(("select", detail)))
    until_colour(window, RED, 0.5)
    hand = Hand(window, screen)
    hand.drag((60, 100), (250, 250))
    while (event := heard.get(timeout=20))[0] != "select" or not event[1]["value"].get("x"):
        pass
    assert event[1]["name"] == "brush"
    until_colour(window, RED, 0.2, 0.5)  # the other half has lost its colour
    window.content = chart(BLUE)
    until_colour(window, BLUE, 0.2, 0.5)  # and is still without
    window.destroy().result(20)


def test_bokeh_keeps_its_zoom_and_tells_of_selections(app: App, screen: Screen) -> None:
    def plot(left: tuple[int, int, int], tool: str) -> Any:
        figure = bokeh.plotting.figure(tools=tool, toolbar_location=None, active_drag=tool)
        figure.quad(left=[0, 1], right=[1, 2], bottom=0, top=1, color=[named(left), named(BLUE)], nonselection_alpha=1)
        return figure

    window = one_window(app, plot(RED, "box_zoom"))
    until_colour(window, RED, 0.2)
    hand = Hand(window, screen)
    hand.drag((80, 40), (200, 320))
    until_colour(window, BLUE, 0, 0.001)
    window.content = plot((30, 160, 60), "box_zoom")
    until_colour(window, (30, 160, 60), 0.5)
    until_colour(window, BLUE, 0, 0.001)
    window.panel.clear()
    until(window, "!document.querySelector('iframe')")
    heard: queue.Queue[Any] = queue.Queue()
    window.panel.on("select", heard.put)
    window.content = plot(RED, "box_select")
    until_colour(window, BLUE, 0.2)
    hand.drag((265, 20), (495, 380))
    assert heard.get(timeout=20)["index"] == [1]
    window.destroy().result(20)
