"""Which content a figure becomes, what of it travels, and what assigning it does to its library. No page, no window."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import altair as alt
import bokeh.plotting
import numpy as np
import plotly.express as px
import plotly.graph_objects as go
import pytest
from IPython import display
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image

from jupyterwin.errors import UsageError
from jupyterwin.panels.kinds import content_of


@pytest.fixture(autouse=True)
def _no_screen_for_matplotlib() -> Any:
    plt.switch_backend("agg")
    yield
    plt.close("all")


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# ------------------------------------------------------------ matplotlib


def line(**options: Any) -> Figure:
    figure, axes = plt.subplots(**options)
    axes.plot([1, 3, 2])
    axes.set(title="Title", xlabel="time")
    return figure


def test_a_figure_is_closed_in_pyplot_and_its_copy_is_not_known_there() -> None:
    other = line()
    content = content_of(line())
    assert content.kind == "matplotlib"
    assert plt.get_fignums() == [other.number]
    content.draw(300, 200, 1)
    assert plt.get_fignums() == [other.number]
    assert plt.gcf() is other


def test_a_figure_is_drawn_in_the_pixels_of_its_panel() -> None:
    content = content_of(line())
    assert image(content.draw(400, 300, 1)).size == (400, 300)
    assert image(content.draw(400, 300, 2)).size == (800, 600)
    assert image(content.draw(900, 200, 1.5)).size == (1350, 300)


@pytest.mark.parametrize("size", [(1e9, 1e9, 1), (0, -5, 0), (float("inf"), 10, 99)])
def test_a_page_cannot_ask_for_a_picture_of_any_size(size: tuple[float, float, float]) -> None:
    width, height = image(content_of(line()).draw(*size)).size
    assert 8 <= width <= 8192
    assert 8 <= height <= 8192


def test_what_becomes_of_a_figure_is_drawn_after_a_refresh_alone() -> None:
    figure = line()
    content = content_of(figure)
    before = content.draw(300, 200, 1)
    figure.axes[0].axhspan(1, 3, color="red")
    assert content.draw(300, 200, 1) == before
    content.refresh()
    assert content.draw(300, 200, 1) != before


def test_labels_that_would_be_cut_off_are_not() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set_ylabel("one\ntwo\nthree\nfour", fontsize=24)
    picture = np.asarray(image(content_of(figure).draw(300, 200, 1)).convert("L"))
    assert (picture[:, 0] == 255).all()  # nothing stands at the very edge


def test_what_cannot_be_copied_is_drawn_when_it_is_assigned() -> None:
    figure = line()
    figure.axes[0].xaxis.set_major_formatter(lambda x, _: f"{x} €")
    content = content_of(figure)
    still = content.snapshot()["still"]
    assert still["mime"] == "image/svg+xml"
    assert still["data"].startswith(b"<?xml")
    assert content.draw(300, 200, 1) is None
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    "part",
    [
        lambda figure: figure.axes[0],
        lambda figure: figure.axes[0].lines,
        lambda figure: np.array([figure.axes[0]]),
        lambda figure: figure.axes[0].lines[0],
    ],
)
def test_a_part_stands_for_its_figure(part: Any) -> None:
    figure = line()
    content = content_of(list(part(figure)) if type(part(figure)).__name__ == "ArtistList" else part(figure))
    assert content.kind == "matplotlib"
    assert content.snapshot()["alt"] == "Title. time"
    assert plt.get_fignums() == []


def test_figures_are_drawn_by_many_threads_at_once() -> None:
    content, sizes = content_of(line()), [(200 + 10 * number, 150, 1) for number in range(8)]
    drawn: dict[int, tuple[int, int]] = {}

    def draw(width: int, height: int, ratio: int) -> None:
        drawn[width] = image(content.draw(width, height, ratio)).size

    threads = [threading.Thread(target=draw, args=size) for size in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == {width: (width, height) for width, height, _ in sizes}


# ------------------------------------------------------------ libraries with scripts of their own


def given(content: Any) -> dict[str, Any]:
    return json.loads(content.snapshot()["content"])


def test_plotly_travels_with_the_script_of_its_own_package() -> None:
    content = content_of(px.scatter(x=np.arange(3.0), y=[1, 4, 9], title="Squares"))
    assert (content.kind, content.title) == ("plotly", "Squares")
    library, driver = content.snapshot()["scripts"]
    assert library.startswith("plotly ")
    assert b"plotly.js" in content.script(library)[:200]
    assert b"jupyterwinDriver" in content.script(driver)
    assert given(content)["figure"]["data"][0]["type"] == "scatter"


@pytest.mark.parametrize("name", ["", "../plotly", "frame-bokeh", "frame-plotly.js", "/etc/hostname"])
def test_a_page_asks_for_no_other_script(name: str) -> None:
    with pytest.raises(UsageError, match="script"):
        content_of(go.Figure()).script(name)


def test_a_figure_of_the_default_template_follows_the_theme_and_another_stays_as_it_is() -> None:
    follows = given(content_of(px.line(y=[1, 2])))
    assert "template" not in follows["figure"]["layout"]
    assert follows["templates"]["dark"] != follows["templates"]["light"]
    chosen = given(content_of(px.line(y=[1, 2], template="ggplot2")))
    assert chosen["templates"] is None
    assert chosen["figure"]["layout"]["template"]["layout"]["plot_bgcolor"]


@pytest.mark.parametrize("obj", [go.Figure(), display.HTML("<p>")])
def test_a_frame_without_an_address_says_its_policy_and_takes_only_a_nonce_of_its_page(obj: Any) -> None:
    content = content_of(obj)
    assert '<script nonce="abcdef0123">' in content.frame("abcdef0123")
    assert "http-equiv" in content.frame("abcdef0123")
    assert 'onload="alert' not in content.frame('" onload="alert(1)')


def test_altair_sends_all_rows_and_leaves_its_own_limit_as_it_was() -> None:
    import pandas as pd

    limit = alt.data_transformers.options.get("max_rows")
    content = content_of(alt.Chart(pd.DataFrame({"x": range(6000)})).mark_tick().encode(x="x"))
    spec = given(content)
    assert (content.kind, spec["mode"]) == ("vega", "vega-lite")
    assert [len(rows) for rows in spec["spec"]["datasets"].values()] == [6000]
    assert alt.data_transformers.options.get("max_rows") == limit


def test_bokeh_travels_with_the_parts_that_it_needs() -> None:
    from bokeh.layouts import column
    from bokeh.models import DataTable, Slider

    plot = bokeh.plotting.figure(title="Plot")
    plot.line([1, 2], [2, 1])
    assert [name.split()[0] for name in content_of(plot).snapshot()["scripts"]] == ["bokeh", "frame-bokeh"]
    controls = content_of(column(Slider(start=0, end=1, value=0), DataTable()))
    names = [name.split()[0] for name in controls.snapshot()["scripts"]]
    assert names == ["bokeh", "bokeh-widgets", "bokeh-tables", "frame-bokeh"]
    assert all(controls.script(name) for name in controls.snapshot()["scripts"])


# ------------------------------------------------------------ pictures, sound, failures


def test_pictures_of_pillow_and_arrays_become_png() -> None:
    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[1, 2] = (255, 128, 0)
    for obj in (pixels, pixels / 255, Image.fromarray(pixels)):
        content = content_of(obj)
        assert content.kind == "image"
        shown = image(content.snapshot()["data"]).convert("RGB")
        assert shown.size == (6, 4)
        assert shown.getpixel((2, 1)) == (255, 128, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "F", "HSV"])
def test_a_picture_of_any_mode_is_shown(mode: str) -> None:
    assert image(content_of(Image.new(mode, (3, 2))).snapshot()["data"]).size == (3, 2)


def test_a_picture_that_moves_moves() -> None:
    first = Image.new("RGB", (8, 8), "red")
    moving = io.BytesIO()
    first.save(moving, "GIF", save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")], duration=50)
    shown = content_of(image(moving.getvalue())).snapshot()
    assert (shown["mime"], image(shown["data"]).n_frames) == ("image/gif", 2)


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 2), (0, 6, 3), (2, 4, 6, 3)])
def test_an_array_that_may_be_something_else_is_no_picture(shape: tuple[int, ...]) -> None:
    assert content_of(np.zeros(shape)).kind != "image"


def test_sound_travels_as_its_bytes() -> None:
    sound = content_of(display.Audio(np.sin(np.arange(100)), rate=8000))
    shown = sound.snapshot()
    assert (sound.kind, shown["mime"], shown["data"][:4]) == ("audio", "audio/wav", b"RIFF")
    with pytest.raises(UsageError, match="elsewhere"):
        content_of(display.Video("https://example.org/film.mp4"))


def test_an_exception_says_where_it_came_from_and_why() -> None:
    try:
        try:
            {}["key"]
        except KeyError as error:
            raise ValueError("no such thing") from error
    except ValueError as error:
        error.add_note("look at the key")
        content = content_of(error)
    first, second = content.snapshot()
    assert (first["name"], first["message"], first["notes"]) == ("ValueError", "no such thing", ["look at the key"])
    assert (second["name"], second["because"]) == ("KeyError", "cause")
    assert first["frames"][-1]["name"] == "test_an_exception_says_where_it_came_from_and_why"
