"""What is selected in a chart, as a person, a program and the page say it."""

from __future__ import annotations

from array import array
from datetime import timedelta

import numpy as np
import pytest

import jupyterwin as jw
from jupyterwin.errors import UsageError
from jupyterwin.panels.kinds import content_of
from support.charts import COLUMNS, MS, START, shown


def test_a_selected_range_is_told_in_what_x_is():
    page = shown(jw.line(COLUMNS, x="t", y="bid", brush=True))
    low, high = START.timestamp() * 1000, START.timestamp() * 1000 + 500
    told = page.content.heard("select", {"x": [low, high], "names": []})
    assert told["x"] == (START, START + timedelta(milliseconds=500))
    assert list(told["rows"]) == [0]
    assert page.content.snapshot()["chosen"]["x"] == (low, high)  # there again after a reload
    assert page.content.heard("select", None) is None
    assert page.content.snapshot()["chosen"] is None
    with pytest.raises(UsageError, match="before it begins"):
        page.content.heard("select", {"x": [2, 1], "names": []})
    page = shown(jw.bar(COLUMNS, x="who", y="bid", brush=True))
    told = page.content.heard("select", {"x": [-0.4, 0.6], "names": ["a"]})
    assert (told["x"], list(told["rows"])) == (["a"], [0])


@pytest.mark.parametrize(
    ("x", "detail", "chosen"),
    [
        ("n", {"x": (1, 2.5)}, {"x": (1.0, 2.5), "names": [], "rows": []}),
        ("t", {"x": (START, START + timedelta(seconds=1))}, {"x": (MS, MS + 1000), "names": [], "rows": []}),
        ("t", {"x": (START.replace(tzinfo=None), START)}, {"x": (MS, MS), "names": [], "rows": []}),
        ("who", {"x": ["b"]}, {"x": None, "names": ["b"], "rows": []}),
        ("who", {"rows": [0]}, {"x": None, "names": ["a"], "rows": []}),
        ("n", {"rows": np.array([1, 7])}, {"x": None, "names": [], "rows": [1, 7]}),
        ("n", {"rows": range(2), "x": None}, {"x": None, "names": [], "rows": [0, 1]}),
    ],
)
def test_what_a_program_selects_is_told_to_the_page_in_its_own_terms(x, detail, chosen):
    page = shown(jw.bar({**COLUMNS, "n": [1, 2]}, x=x, y="bid"))
    assert page.content.choose(detail) is True
    told = page.content.chosen()
    assert {**told, "rows": list(array("i", bytes(told["rows"])))} == chosen
    assert page.content.choose(detail) is False  # it is there already
    assert page.content.choose(None) is True
    assert page.content.chosen() is None


def test_a_selection_that_a_person_made_is_no_news_when_it_comes_back():
    page = shown(jw.line(COLUMNS, x="t", y="bid", brush=True))
    told = page.content.heard("select", {"x": [MS + 0.25, MS + 500.3333], "names": []})
    for part in (told, {"x": told["x"]}, {"x": list(told["x"])}, {"rows": told["rows"]}):
        assert page.content.choose(part) is False
    for wrong in ("text", {"y": 1}, {"x": (1,)}, {"x": "ab"}, {"rows": ["a"]}, {"rows": 1}, {"x": (2, 1)}):
        with pytest.raises(UsageError, match="select"):
            page.content.choose(wrong)


def test_another_chart_of_the_same_columns_keeps_what_is_selected():
    one, alike, other = (content_of(jw.line(COLUMNS, x="t", y=y, brush=True)) for y in ("bid", "bid", "ask"))
    one.heard("select", {"x": [MS, MS], "names": []})
    for content, kept in ((alike, True), (other, False)):
        content.follow_on(one)
        assert (content.snapshot()["chosen"] is not None) is kept
