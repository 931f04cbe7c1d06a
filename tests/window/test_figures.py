"""Every kind of figure in one real window: drawn, updated in place, there after a reload, as the screen's pixels say."""

from __future__ import annotations

import io
import queue
import time
import wave
from collections.abc import Callable
from typing import Any

import altair as alt
import bokeh.plotting
import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest
from IPython import display as shown_by
from matplotlib.figure import Figure
from PIL import Image

from jupyterwin.main.app import App
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.dashboard import Dashboard
from support.panels import picture, until
from support.screen import Screen

RED, BLUE = (200, 30, 30), (30, 60, 200)
PATIENCE = 30.0
COLUMNS = 4
WIDTH, HEIGHT = 1200, 900


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def named(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


# ------------------------------------------------------------ what is drawn


def matplotlib(colour: tuple[int, int, int]) -> Any:
    figure = Figure()
    figure.subplots().axvspan(0, 1, color=named(colour))
    return figure


def matplotlib_still(colour: tuple[int, int, int]) -> Any:
    figure = matplotlib(colour)
    figure.axes[0].xaxis.set_major_formatter(lambda x, _: f"{x}")  # cannot be copied
    return figure


def plotly_webgl(colour: tuple[int, int, int]) -> Any:
    random = np.random.default_rng(1)
    figure = px.scatter(x=random.normal(size=5000), y=random.normal(size=5000), color_discrete_sequence=[named(colour)])
    assert figure.data[0].type == "scattergl"
    return figure.update_traces(marker={"opacity": 1, "size": 8, "line": {"width": 0}})


def plotly(colour: tuple[int, int, int]) -> Any:
    return go.Figure(go.Bar(y=[1, 1], marker={"color": named(colour), "line": {"width": 0}}), {"bargap": 0})


def altair(colour: tuple[int, int, int]) -> Any:
    return alt.Chart(pd.DataFrame({"x": ["a", "b"], "y": [1, 1]})).mark_bar(color=named(colour)).encode(x="x", y="y")


def bokeh_quad(colour: tuple[int, int, int]) -> Any:
    plot = bokeh.plotting.figure()
    plot.quad(left=0, right=1, bottom=0, top=1, color=named(colour))
    return plot


def pillow(colour: tuple[int, int, int]) -> Any:
    return Image.new("RGB", (200, 200), colour)


def array(colour: tuple[int, int, int]) -> Any:
    return np.full((4, 4, 3), colour, np.uint8)


def svg(colour: tuple[int, int, int]) -> Any:
    return shown_by.SVG(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path fill='{named(colour)}' d='M0 0h9v9h-9z'/></svg>"
    )


def html(colour: tuple[int, int, int]) -> Any:
    return shown_by.HTML(f"<div style='height:100px;background:{named(colour)}'></div>")


def html_with_script(colour: tuple[int, int, int]) -> Any:
    return shown_by.HTML(f"<p>x</p><script>const c = '{named(colour)}'; document.body.style.background = c</script>")


def player(colour: tuple[int, int, int]) -> Any:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(16000 * (1 + colour[0] // 100)))
    return shown_by.Audio(sound.getvalue())


def markdown(colour: tuple[int, int, int]) -> Any:
    return shown_by.Markdown(f"# Red {colour[0]}\n\n$$\\frac{{{colour[0]}}}{{2}}$$ and *words*")


def latex(colour: tuple[int, int, int]) -> Any:
    return shown_by.Math(rf"\sum_{{k=1}}^{{{colour[0]}}} k")


def tree(colour: tuple[int, int, int]) -> Any:
    return {"colour": {"red": colour[0]}, "list": list(colour)}


def failure(colour: tuple[int, int, int]) -> Any:
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


# ------------------------------------------------------------ what the screen shows


def name_of(maker: Callable[..., Any]) -> str:
    return maker.__name__.replace("_", "-")


class Board:
    """A window with one panel for each of some figures."""

    def __init__(self, app: App, makers: tuple[Callable[..., Any], ...]) -> None:
        names = [name_of(maker) for maker in makers] + ["."] * (-len(makers) % COLUMNS)
        layout = "\n".join(" ".join(names[at : at + COLUMNS]) for at in range(0, len(names), COLUMNS))
        self.makers = makers
        self.board: Dashboard = dashboard("figures", layout, app=app, width=WIDTH, height=HEIGHT)
        self.window = self.board.window

    def show(self, colour: tuple[int, int, int]) -> None:
        for maker in self.makers:
            self.board[name_of(maker)] = maker(colour)

    def boxes(self) -> dict[str, tuple[int, int, int, int]]:
        """Where the bodies of the panels are, by their titles."""
        found = self.window.eval("""Object.fromEntries([...document.querySelectorAll('.jw-panel')].map((panel) => {
          const { left, top, right, bottom } = panel.querySelector('.jw-body').getBoundingClientRect();
          return [panel.querySelector('h2').textContent, [left, top, right, bottom].map(Math.round)];
        }))""")
        return {name: tuple(box) for name, box in found.result(20).items()}

    def pixels(self) -> dict[str, np.ndarray]:
        shot, boxes = picture(self.window), self.boxes()
        return {name: np.asarray(shot.crop(boxes[name])).astype(int) for name in map(name_of, self.makers)}

    def wait(self, what: str, is_so: Callable[[str, np.ndarray], bool]) -> None:
        """Until all panels look like that."""
        until_when = time.monotonic() + PATIENCE
        while missing := [name for name, pixels in self.pixels().items() if not is_so(name, pixels)]:
            problems = "[...document.querySelectorAll('.jw-problem:not([hidden])')].map((one) => one.textContent)"
            assert time.monotonic() < until_when, f"{what}: not {missing}; {self.window.eval(problems).result(20)}"


def share(pixels: np.ndarray, colour: tuple[int, int, int]) -> float:
    """Of the pixels that are of this colour, or nearly."""
    return float((np.abs(pixels - colour).max(axis=2) < 24).mean())


def coloured(wanted: tuple[int, int, int], other: tuple[int, int, int]) -> Callable[[str, np.ndarray], bool]:
    return lambda _, pixels: share(pixels, wanted) > 0.05 and share(pixels, other) < 0.005


@pytest.fixture
def leaves_nothing() -> None:
    """One application serves all tests of this file."""


def test_what_has_a_colour_shows_it_is_updated_in_place_and_survives_a_reload(app: App) -> None:
    board = Board(app, COLOURED)
    board.show(RED)
    board.wait("drawn", coloured(RED, BLUE))
    board.window.eval("void document.querySelectorAll('.jw-content').forEach((one) => { one.same = true; })").result(20)
    board.show(BLUE)
    board.wait("updated", coloured(BLUE, RED))
    kept = "[...document.querySelectorAll('.jw-content')].filter((one) => one.same).length"
    assert board.window.eval(kept).result(20) == len(COLOURED)  # each by the renderer that was there
    board.window.reload().result(20)
    board.wait("drawn again", coloured(BLUE, RED))
    board.window.destroy().result(20)


def test_what_has_words_shows_them_is_updated_in_place_and_survives_a_reload(app: App) -> None:
    board = Board(app, WORDED)
    blank = board.pixels()
    looks: dict[str, np.ndarray] = {}

    def is_new(name: str, pixels: np.ndarray) -> bool:
        before = looks.get(name, blank[name])
        return before.shape != pixels.shape or (np.abs(before - pixels).max(axis=2) > 24).sum() > 20

    for colour in (RED, BLUE):
        board.show(colour)
        if colour == BLUE:
            looks = board.pixels()
        words = str(colour[0])
        for kind, where in (
            ("markdown", ".katex"),
            ("latex", ".katex"),
            ("json", ".jw-scalar"),
            ("error", ".jw-failure"),
        ):
            found = f"[...document.querySelectorAll('[data-kind={kind}] {where}')].some((one) => one.textContent.includes('{words}'))"
            until(board.window, found)
        until(board.window, f"document.querySelector('audio').duration === {1 + colour[0] // 100}")
        if colour == RED:
            board.wait("drawn", is_new)
    board.window.reload().result(20)
    looks = {}
    until(board.window, "document.querySelectorAll('.jw-content:not(.jw-is-coming)').length === 5")
    board.wait("drawn again", is_new)
    board.window.destroy().result(20)


# ------------------------------------------------------------ what the person does


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
    return app.open("one", content=obj, title="one", width=500, height=400, x=40, y=40)


def until_colour(window: Any, colour: tuple[int, int, int], least: float, most: float = 1.0) -> None:
    until_when = time.monotonic() + PATIENCE
    while not least <= (now := share(np.asarray(picture(window)).astype(int), colour)) <= most:
        assert time.monotonic() < until_when, f"{colour}: {now}"


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


# ------------------------------------------------------------ what cannot be


def notes(window: Any) -> str:
    return until(window, "document.querySelector('.jw-notes:not([hidden]) span').textContent")


def test_what_cannot_work_without_a_network_says_so(app: App) -> None:
    window = one_window(app, px.choropleth(locations=["FRA"], color=[1]))
    assert "cdn.plot.ly" in notes(window)
    window.content = shown_by.HTML("<script src='https://cdn.example.org/map.js'></script>")
    assert "cdn.example.org" in until(
        window, "document.querySelector('[data-kind=html] .jw-notes:not([hidden]) span').textContent"
    )
    window.content = shown_by.Markdown("![a picture](https://pictures.example.org/a.png)")
    assert "pictures.example.org" in until(
        window, "document.querySelector('[data-kind=markdown] .jw-notes:not([hidden]) span').textContent"
    )
    window.destroy().result(20)


ESCAPE = """<script>
const tried = {};
const attempt = async (name, what) => { try { tried[name] = String(await what()); } catch (error) { tried[name] = error.name; } };
const own = 'OWN';
(async () => {
  await attempt('origin', () => origin);
  await attempt('parent', () => parent.document.title);
  await attempt('top', () => top.kernel);
  await attempt('names', () => ['kernel', 'jupyterwin', 'qt', 'pywebview', 'QWebChannel'].filter((name) => name in globalThis));
  await attempt('storage', () => localStorage.length);
  await attempt('cookie', () => document.cookie);
  await attempt('fetch', () => fetch(own + 'panels.js').then((answer) => answer.text()));
  await attempt('remote', () => fetch('https://example.org/'));
  await attempt('socket', () => new Promise((resolve, reject) => {
    const socket = new WebSocket('wss://example.org/'); socket.onopen = resolve; socket.onerror = () => reject(new Error());
  }));
  await attempt('import', () => import(own + 'panels.js'));
  await attempt('picture', () => new Promise((resolve, reject) => {
    const one = new Image(); one.onload = () => resolve('loaded'); one.onerror = () => reject(new Error()); one.src = own + 'panels.js';
  }));
  await attempt('popup', () => open('https://example.org/'));
  await attempt('go', () => { top.location = 'https://example.org/'; return 'went'; });
  parent.postMessage({ tried }, '*');
  parent.postMessage({ say: 'event', event: 'click', detail: 'forged' }, '*');
  for (let i = 0; i < 100; i++) parent.postMessage('jupyterwin-frame', '*');
  parent.postMessage({ over: true }, '*');
})();
</script>"""


def test_a_frame_reaches_neither_its_page_nor_the_kernel_nor_the_network(app: App) -> None:
    window = one_window(app, "before")
    until(window, "document.querySelector('.jw-text') !== null")
    clicks: list[Any] = []
    window.panel.on("click", clicks.append)
    own = window.eval(
        "globalThis.heard = []; addEventListener('message', (event) => heard.push(event.data)); return location.href"
    )
    window.content = shown_by.HTML(ESCAPE.replace("OWN", own.result(20)))
    until(window, "heard.some((one) => one.over)")
    tried = window.eval("heard.find((one) => one.tried).tried").result(20)
    assert tried == {
        "origin": "null",
        "parent": "SecurityError",
        "top": "SecurityError",
        "names": "",
        "storage": "SecurityError",
        "cookie": "SecurityError",
        "fetch": "TypeError",
        "remote": "TypeError",
        "socket": "Error",
        "import": "TypeError",
        "picture": "Error",
        "popup": "null",
        "go": tried["go"],  # refused later, or at once
    }
    assert window.eval("location.href").result(20) == own.result(20)
    assert window.eval("document.querySelectorAll('iframe').length").result(20) == 1
    window.content = "after"
    until(window, "document.querySelector('.jw-text').textContent === 'after'")
    assert clicks == []
    window.destroy().result(20)
