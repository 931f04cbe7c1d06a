"""Every kind of figure in real panels: drawn, updated in place, there after a reload, as the pixels say."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from IPython import display as shown_by

from jupyterwin.main.app import App
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.dashboard import Dashboard
from support.figures import (
    BLUE,
    COLOURED,
    RED,
    WORDED,
    altair,
    bokeh_quad,
    html,
    markdown,
    matplotlib,
    named,
    plotly,
    tree,
)
from support.panels import picture, until
from support.pixels import PATIENCE, one_window, share, until_colour
from support.screen import Screen, becomes

COLUMNS = 4
WIDTH, HEIGHT = 1200, 900


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


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

    def watch(self, screen: Screen) -> Callable[[], set[tuple[str, tuple[int, ...]]]]:
        """Look at the middle of each panel all the time; the function ends it and says what was seen in which panel."""
        left, top, *_ = screen.window("figures").box
        middles = {
            name: (left + (x + right) // 2, top + (y + low) // 2) for name, (x, y, right, low) in self.boxes().items()
        }
        shows = lambda: {near(screen.colour_at(*middle)) for middle in middles.values()}  # noqa: E731 -- one line
        becomes("the screen shows what the pictures do", lambda: shows() <= {RED, BLUE})
        enough, seen = threading.Event(), set()

        def look() -> None:
            with Screen() as own:
                while not enough.is_set():
                    seen.update((name, near(own.colour_at(*middle))) for name, middle in middles.items())

        thread = threading.Thread(target=look)
        thread.start()

        def end() -> set[tuple[str, tuple[int, ...]]]:
            enough.set()
            thread.join()
            return seen

        return end

    def wait(self, what: str, is_so: Callable[[str, np.ndarray], bool]) -> None:
        """Until all panels look like that."""
        until_when = time.monotonic() + PATIENCE
        while missing := [name for name, pixels in self.pixels().items() if not is_so(name, pixels)]:
            problems = "[...document.querySelectorAll('.jw-problem:not([hidden])')].map((one) => one.textContent)"
            assert time.monotonic() < until_when, f"{what}: not {missing}; {self.window.eval(problems).result(20)}"


def near(colour: tuple[int, ...]) -> tuple[int, ...]:
    """RED or BLUE, if it is nearly that: pictures and canvases round differently."""
    return next((one for one in (RED, BLUE) if max(abs(a - b) for a, b in zip(one, colour, strict=True)) < 24), colour)


def coloured(wanted: tuple[int, int, int], other: tuple[int, int, int]) -> Callable[[str, np.ndarray], bool]:
    return lambda _, pixels: share(pixels, wanted) > 0.05 and share(pixels, other) < 0.005


def test_what_has_a_colour_shows_it_is_updated_in_place_and_survives_a_reload(app: App, screen: Screen) -> None:
    board = Board(app, COLOURED)
    board.show(RED)
    board.wait("drawn", coloured(RED, BLUE))
    board.window.eval("document.querySelectorAll('.jw-content, iframe').forEach((one) => { one.same = true; })").result(
        20
    )
    seen = board.watch(screen)
    board.show(BLUE)
    board.wait("updated", coloured(BLUE, RED))
    assert {one for one in seen() if one[1] not in {RED, BLUE}} == set()  # at no moment was one of them blank
    kept = "[...document.querySelectorAll('WHAT')].filter((one) => one.same).length"
    assert board.window.eval(kept.replace("WHAT", ".jw-content")).result(20) == len(COLOURED)
    assert board.window.eval(kept.replace("WHAT", "iframe")).result(20) == 5  # of six: scripts of HTML get another
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


FOLLOWS = (plotly, altair, bokeh_quad, html, tree, markdown)
DARK, LIGHT = (0x1C, 0x20, 0x28), (255, 255, 255)


def test_what_has_no_ground_of_its_own_follows_the_theme(app: App) -> None:
    board = Board(app, FOLLOWS)
    board.show(RED)
    for theme, ground, other in (("dark", DARK, LIGHT), ("light", LIGHT, DARK)):
        board.board.theme = theme
        board.wait(
            theme, lambda _, pixels, one=ground, two=other: share(pixels, one) > 0.1 and share(pixels, two) < 0.02
        )
    board.window.destroy().result(20)


def test_a_figure_is_drawn_anew_in_the_pixels_of_its_panel(app: App) -> None:
    sharp = """(() => { const picture = document.querySelector('.jw-picture'), { clientWidth, clientHeight } = picture;
      return picture.naturalWidth === clientWidth && picture.naturalHeight === clientHeight && clientWidth === WIDTH; })()"""
    window = one_window(app, matplotlib(RED))
    until(window, sharp.replace("WIDTH", "500"))
    window.bounds = {**window.bounds, "width": 640, "height": 300}
    until(window, sharp.replace("WIDTH", "640"))
    window.destroy().result(20)


RECORD = """
const canvas = document.createElement('canvas'), draw = canvas.getContext('2d');
canvas.width = canvas.height = 64;
const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' });
const pieces = [];
recorder.ondataavailable = ({ data }) => pieces.push(data);
const over = new Promise((resolve) => { recorder.onstop = resolve; });
recorder.start(50);
for (let frame = 0; frame < 10 || pieces.length < 2; frame++) {
  draw.fillStyle = COLOUR;
  draw.fillRect(0, 0, 64, 64);
  await new Promise((resolve) => requestAnimationFrame(resolve));
}
recorder.stop();
await over;
return new Uint8Array(await new Blob(pieces).arrayBuffer());
"""


def test_a_film_is_shown(app: App) -> None:
    window = one_window(app, "nothing yet")
    until(window, "document.querySelector('.jw-text') !== null")
    film = bytes(window.eval(RECORD.replace("COLOUR", repr(named(RED)))).result(30))
    window.content = shown_by.Video(film, mimetype="video/webm", embed=True)
    until_colour(window, RED, 0.4)
    window.reload().result(20)
    until_colour(window, RED, 0.4)
    window.destroy().result(20)
