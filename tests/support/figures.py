"""Figures of every kind, each in the colour, or with the number, that a test looks for."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from typing import Any

import altair as alt
import bokeh.plotting
import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from IPython import display as shown_by
from matplotlib.figure import Figure
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 60, 200)


Colour = tuple[int, int, int]


def named(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def matplotlib(colour: Colour) -> Any:
    figure = Figure()
    figure.subplots().axvspan(0, 1, color=named(colour))
    return figure


def matplotlib_still(colour: Colour) -> Any:
    figure = matplotlib(colour)
    figure.axes[0].xaxis.set_major_formatter(lambda x, _: f"{x}")  # cannot be copied
    return figure


def plotly_webgl(colour: Colour) -> Any:
    random = np.random.default_rng(1)
    figure = px.scatter(x=random.normal(size=5000), y=random.normal(size=5000), color_discrete_sequence=[named(colour)])
    assert figure.data[0].type == "scattergl"
    return figure.update_traces(marker={"opacity": 1, "size": 8, "line": {"width": 0}})


def plotly(colour: Colour) -> Any:
    return go.Figure(go.Bar(y=[1, 1, 1], marker={"color": named(colour), "line": {"width": 0}}), {"bargap": 0})


def altair(colour: Colour) -> Any:
    rows = pd.DataFrame({"x": ["a", "b", "c"], "y": [1, 1, 1]})
    return alt.Chart(rows).mark_bar(color=named(colour)).encode(x="x", y="y")


def bokeh_quad(colour: Colour) -> Any:
    plot = bokeh.plotting.figure()
    plot.quad(left=0, right=1, bottom=0, top=1, color=named(colour))
    return plot


def pillow(colour: Colour) -> Any:
    return Image.new("RGB", (200, 200), colour)


def array(colour: Colour) -> Any:
    return np.full((4, 4, 3), colour, np.uint8)


def svg(colour: Colour) -> Any:
    return shown_by.SVG(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='{named(colour)}' d='M0 0h9v9h-9z'/></svg>"
    )


def html(colour: Colour) -> Any:
    return shown_by.HTML(f"<div style='height:160px;background:{named(colour)}'></div>")


def html_with_script(colour: Colour) -> Any:
    return shown_by.HTML(f"<p>x</p><script>const c = '{named(colour)}'; document.body.style.background = c</script>")


def player(colour: Colour) -> Any:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(16000 * (1 + colour[0] // 100)))
    return shown_by.Audio(sound.getvalue())


def markdown(colour: Colour) -> Any:
    return shown_by.Markdown(f"# Red {colour[0]}\n\n$$\\frac{{{colour[0]}}}{{2}}$$ and *words*")


def latex(colour: Colour) -> Any:
    return shown_by.Math(rf"\sum_{{k=1}}^{{{colour[0]}}} k")


def tree(colour: Colour) -> Any:
    return {"colour": {"red": colour[0]}, "list": list(colour)}


def failure(colour: Colour) -> Any:
    return ValueError(f"{colour[0]} is wrong")


COLOURED: tuple[Callable[..., Any], ...] = (
    *(
        matplotlib,
        matplotlib_still,
        plotly_webgl,
        plotly,
        altair,
        bokeh_quad,
        pillow,
        array,
        svg,
        html,
        html_with_script,
    ),
)
WORDED: tuple[Callable[..., Any], ...] = (player, markdown, latex, tree, failure)
