"""Groups of rows, and tables with more rows than a page holds: what is drawn, what is said, and which rows are selected."""

from __future__ import annotations

from array import array

import numpy as np
import pandas as pd
import pytest

import jupyterwin as jw
from support.charts import shown

SALES = {
    "city": ["Oslo", "Rome", None, "Oslo", "Rome", "Bern"],
    "day": [2.0, 1.0, 1.0, 2.0, 3.0, np.nan],
    "who": ["a", "a", "b", "b", "a", "b"],
    "sold": [1.0, 2.0, 4.0, 8.0, np.nan, 16.0],
}


@pytest.mark.parametrize("numpy", [True, False], ids=["numpy", "no numpy"])
@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ({"x": "city", "y": "sold", "agg": "sum"}, [("Oslo", 9.0), ("Rome", 2.0), ("Bern", 16.0)]),
        ({"x": "city", "y": "sold", "agg": "mean"}, [("Oslo", 4.5), ("Rome", 2.0), ("Bern", 16.0)]),
        ({"x": "city", "y": "sold", "agg": "count"}, [("Oslo", 2), ("Rome", 1), ("Bern", 1)]),
        ({"x": "city", "agg": "count"}, [("Oslo", 2), ("Rome", 2), ("Bern", 1)]),
        ({"x": "day", "agg": "sum", "y": "sold"}, [(1.0, 6.0), (2.0, 9.0), (3.0, None)]),
        (
            {"x": "day", "by": "who", "agg": "count"},
            [(1.0, "a", 1), (1.0, "b", 1), (2.0, "a", 1), (2.0, "b", 1), (3.0, "a", 1)],
        ),
    ],
)
def test_bars_of_groups(options, rows, numpy, monkeypatch):
    if not numpy:
        for module in ("cells", "kinds"):
            monkeypatch.setattr(f"jupyterwin.panels.livetable.{module}.numpy", lambda: None, raising=False)
        for module in (
            "livetable.convert",
            "livetable.export",
            "charts.parts",
            "charts.groups",
            "charts.origin",
            "charts.wire",
        ):
            monkeypatch.setattr(f"jupyterwin.panels.{module}.numpy", lambda: None)
    given = {name: list(values) for name, values in SALES.items()}
    table = jw.bar(given, **options).source.table
    found = table.rows_since(-1).columns.values()
    assert [tuple(None if pd.isna(cell) else cell for cell in row) for row in zip(*found, strict=True)] == rows


def test_what_is_selected_of_groups_are_the_rows_behind_them():
    page = shown(jw.bar(SALES, x="city", y="sold", agg="sum", brush=True))
    told = page.content.heard("select", {"x": [-0.4, 0.4], "names": ["Oslo"]})
    assert list(told["rows"]) == [0, 3]
    assert page.content.choose({"rows": [1, 2]}) is True
    assert page.content.chosen()["names"] == ["Rome"]
    page = shown(jw.bar(SALES, x="day", y="sold", agg="sum", brush=True))
    assert list(page.content.heard("select", {"x": [1.5, 3.5], "names": []})["rows"]) == [0, 3, 4]


MANY = 25_000


@pytest.fixture
def small_pages(monkeypatch):
    """A page holds ten thousand rows of a chart."""
    for module in ("source", "fewer"):
        monkeypatch.setattr(f"jupyterwin.panels.charts.{module}.MOST_ROWS", MANY * 2 // 5)


@pytest.mark.parametrize("mixed", [False, True])
def test_of_more_rows_than_a_page_holds_the_lowest_and_highest_are_drawn(mixed, small_pages):
    order = np.random.default_rng(1).permutation(MANY) if mixed else np.arange(MANY)
    t, v, w = order.astype(float), np.zeros(MANY), np.ones(MANY)
    peaks = {7: 5.0, 12_345: -5.0, MANY - 1: 3.0}
    for row, value in peaks.items():
        v[row] = value
    v[100], w[5000] = np.nan, -9.0
    chart = jw.line({"t": t, "v": v, "w": w}, x="t", y=["v", "w"], brush=True)
    table = chart.source.table
    assert MANY / 10 < len(table) <= 10_000
    kept = dict(zip(table["t"], table["v"], strict=True))
    assert {t[row]: kept.get(t[row]) for row in peaks} == {t[row]: value for row, value in peaks.items()}
    assert table["w"].min() == -9.0
    assert chart.spec()["note"] == "the lowest and highest of 25,000 rows"
    page = shown(chart)
    [row] = page.content.heard("select", {"x": [t[7] - 0.1, t[7] + 0.1], "names": []})["rows"]
    assert row == 7  # as the user counts them
    page.content.choose({"rows": [12_345]})
    [place] = array("i", bytes(page.content.chosen()["rows"]))
    assert table["t"][place] == t[12_345]


def test_of_more_points_or_bars_than_a_page_holds_some_are_drawn_and_it_is_said(small_pages):
    numbers = np.arange(MANY)
    points = jw.scatter({"x": numbers, "y": numbers}, x="x", y="y")
    assert len(points.source.table) == 10_000
    assert points.spec()["note"] == "10,000 of 25,000 rows, picked at random"
    alone = jw.line(numbers[::-1])
    assert alone.spec()["x"]["label"] == "row"
    assert alone.source.table["row"][-1] == MANY - 1
    bars = jw.bar({"x": ["a", "b"] * (MANY // 2), "y": numbers}, x="x", y="y")
    assert bars.source.table["y"].tolist() == [MANY - 2, MANY - 1]
