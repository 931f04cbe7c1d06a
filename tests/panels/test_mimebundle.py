"""Objects that say how they look: the richest way holds, in JupyterLab's order; what fails or lies is passed over."""

from __future__ import annotations

import base64
from typing import Any
from unittest import mock

import pytest
from IPython import display

from jupyterwin.panels.kinds import content_of


class Says:
    """An object with the ways of showing itself that it is given."""

    def __init__(self, **ways: Any) -> None:
        for name, value in ways.items():
            setattr(self, f"_repr_{name}_", value if callable(value) else lambda value=value, **_: value)


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("ways", "kind"),
    [
        ({"html": "<p>", "markdown": "*x*", "png": PNG}, "html"),
        ({"markdown": "*x*", "latex": "$x$", "png": PNG}, "markdown"),
        ({"latex": "$x$", "svg": "<svg/>"}, "latex"),
        ({"svg": "<svg/>", "png": PNG}, "image"),
        ({"png": PNG}, "image"),
        ({"jpeg": (PNG, {"width": 3})}, "image"),
        ({"json": {"a": 1}, "html": "<p>"}, "json"),
        ({"mimebundle": {"text/html": "<p>", "text/plain": "p"}}, "html"),
        ({"mimebundle": ({"text/markdown": "x"}, {}), "png": PNG}, "markdown"),
        ({"mimebundle": {"application/vnd.vegalite.v5+json": {}, "text/html": "<p>"}}, "vega"),
        ({"mimebundle": {"text/plain": "p"}}, "text"),
        ({"mimebundle": {"application/x-unheard": "?"}}, "text"),
        ({"html": None, "markdown": "x"}, "markdown"),
    ],
)
def test_the_richest_way_is_shown(ways: dict[str, Any], kind: str) -> None:
    assert content_of(Says(**ways)).kind == kind


def test_a_way_that_fails_is_passed_over_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> str:
        raise ZeroDivisionError("no page for you")

    assert content_of(Says(html=fails, markdown="x")).kind == "markdown"
    assert "no page for you" in caplog.text


def test_what_answers_to_every_name_and_a_class_are_text() -> None:
    assert content_of(mock.MagicMock()).kind == "text"
    assert content_of(Says).kind == "text"


def test_base64_and_bytes_are_the_same_picture() -> None:
    text = base64.b64encode(PNG).decode()
    assert content_of(Says(png=text)).snapshot() == content_of(Says(png=PNG)).snapshot()


def test_a_refresh_asks_the_object_anew_even_for_another_kind() -> None:
    says = Says(html="<p>one")
    content = content_of(says)
    assert content.snapshot()["content"] == "<p>one"
    says._repr_html_ = lambda: "<p>two"
    content.refresh()
    assert content.snapshot()["content"] == "<p>two"
    del says._repr_html_
    says._repr_markdown_ = lambda: "*three*"
    content.refresh()
    assert (content.kind, content.snapshot()) == ("markdown", "*three*")


@pytest.mark.parametrize(
    ("obj", "kind"),
    [
        (display.HTML("<p>"), "html"),
        (display.Markdown("*x*"), "markdown"),
        (display.Math("x"), "latex"),
        (display.SVG("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image"),
        (display.Image(PNG), "image"),
        (display.JSON({"a": [1]}), "json"),
        (display.Javascript("1"), "html"),
        ({"a": [1, None, "x"]}, "json"),
        ([1, 2], "json"),
        ("text", "text"),
        (3, "text"),
    ],
)
def test_what_notebooks_show_has_a_kind(obj: Any, kind: str) -> None:
    assert content_of(obj).kind == kind


def test_data_of_any_size_and_depth_travel_in_bounds() -> None:
    shown = content_of([list(range(1000)) for _ in range(100)]).snapshot()
    assert shown["left"] > 40_000
    deep: list[Any] = []
    deep.append(deep)
    assert content_of(deep).snapshot()["left"] == 0
    assert content_of({1: {2, 3}, "at": object}).snapshot()["data"] == {"1": [2, 3], "at": repr(object)}
