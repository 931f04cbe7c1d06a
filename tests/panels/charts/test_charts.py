"""Charts say what to draw, refuse what does not fit where it is written, and let the page fetch their rows in pieces."""

from __future__ import annotations

from array import array
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import jupyterwin as jw
from jupyterwin.errors import UsageError
from jupyterwin.panels.charts.wire import BYTES_A_PULL
from support.charts import COLUMNS, START, shown


@pytest.mark.parametrize(
    "make", [dict, pd.DataFrame, pl.DataFrame, pa.table], ids=["dict", "pandas", "polars", "arrow"]
)
def test_any_table_is_drawn_with_only_the_columns_that_are_asked_for(make):
    page = shown(jw.line(make(COLUMNS), x="t", y=["bid", "ask"], unit={"bid": "USD"}, labels={"ask": "Ask"}))
    spec = page.content.snapshot()["spec"]
    assert spec["x"] == {"name": "t", "label": "t", "kind": "time", "utc": False}
    assert spec["y"] == [
        {"name": "bid", "label": "bid", "unit": "USD"},
        {"name": "ask", "label": "Ask", "unit": ""},
    ]
    rows = page.content.rows(-1)
    assert (set(rows["columns"]), rows["count"], rows["fresh"]) == ({"t", "bid", "ask"}, 2, True)
    assert page.column("t") == [START.timestamp() * 1000, (START.timestamp() + 3600) * 1000]
    assert page.column("ask") == [1.5, 2.5]


def test_without_names_the_index_is_x_and_numbers_are_y():
    frame = pd.DataFrame({"a": [1, 2], "b": [0.5, None], "s": ["x", "y"]}, index=pd.date_range("2026", periods=2))
    spec = jw.area(frame).spec()
    assert (spec["x"]["kind"], spec["x"]["utc"], [y["name"] for y in spec["y"]]) == ("time", True, ["a", "b"])
    for values in ([1.0, 2.0], np.arange(2), pd.Series([1.0, 2.0], name="v")):
        spec = jw.line(values).spec()
        assert (spec["x"]["kind"], len(spec["y"])) == ("row", 1)


def test_text_travels_as_codes_and_missing_values_as_nan():
    page = shown(jw.bar({"name": ["b", None, "a", "b"], "n": [1, 2, None, 4]}, x="name", y="n"))
    cells = page.content.rows(-1)["columns"]["name"]
    assert (page.column("name"), cells["values"]) == ([0, -1, 1, 0], ["b", "a"])
    assert [value != value for value in page.column("n")] == [False, False, True, False]  # noqa: PLR0124 -- NaN
    times = {"t": [START, None], "y": [1.0, 2.0]}
    assert str(shown(jw.scatter(times, x="t", y="y")).column("t")[1]) == "nan"


def test_a_live_table_tells_once_until_the_page_has_asked():
    table = jw.LiveTable({"t": datetime, "bid": float}, keep=100)
    page = shown(jw.line(table, x="t", y="bid"))
    table.append(t=START, bid=1)  # the first row: how its times are meant is part of what is drawn
    assert (page.pulls, page.pushed) == (1, [])
    page.content.snapshot()
    page.content.rows(0)
    for n in range(50):
        table.append(t=START, bid=n)
    assert (page.pulls, len(page.pushed)) == (1, 1)
    rows = page.content.rows(1)
    assert (rows["first"], rows["count"], rows["fresh"]) == (1, 50, False)
    table.append(t=START, bid=0)
    assert len(page.pushed) == 2
    page.content.closed(page)
    table.append(t=START, bid=0)
    assert len(page.pushed) == 2


def test_a_page_that_fell_behind_gets_what_is_kept_in_pieces_of_bounded_size():
    keep = 300_000
    table = jw.LiveTable({"x": float, "y": float}, keep=keep)
    page = shown(jw.line(table, x="x", y="y"))
    table.append({"x": np.arange(keep * 1.5), "y": np.zeros(keep + keep // 2)})
    since, got, answers = 7, [], 0
    while since < table.total:
        rows = page.content.rows(since)
        assert sum(len(cells["data"]) for cells in rows["columns"].values()) <= BYTES_A_PULL
        assert rows["fresh"] == (answers == 0)
        got += array("d", bytes(rows["columns"]["x"]["data"]))
        since, answers = rows["first"] + rows["count"], answers + 1
    assert answers > 1
    assert got == list(range(keep // 2, keep + keep // 2))


def test_a_live_table_without_columns_waits_for_its_first_rows():
    table = jw.LiveTable()
    page = shown(jw.line(table, x="x", y="y"))
    assert page.content.snapshot()["spec"] is None
    assert page.content.rows(-1)["columns"] == {}
    table.append({"x": [1.0], "y": [2.0]})
    assert page.pulls == 1
    assert page.content.snapshot()["spec"]["mark"] == "line"
    assert page.column("y") == [2.0]


def test_charts_of_one_key_share_cross_hair_and_zoom_and_others_do_not():
    one, two = (shown(jw.line(COLUMNS, x="t", y=y, sync="shared")) for y in ("bid", "ask"))
    alone = shown(jw.line(COLUMNS, x="t", y="ask", sync="another"))
    one.content.heard("cursor", 5.0)
    one.content.heard("zoom", [1.0, 2.0])
    assert one.pushed == alone.pushed == []
    assert two.pushed[-1] == {"rows": 2, "cursor": 5.0, "zoom": [1.0, 2.0], "turn": 2}
    assert two.content.snapshot()["zoom"] == [1.0, 2.0]  # there again after a reload
    two.content.heard("zoom", None)
    assert one.pushed[-1] == {"rows": 2, "cursor": 5.0, "zoom": None, "turn": 3}
    with pytest.raises(UsageError, match="is a number"):
        one.content.heard("cursor", "left")
    two.content.closed(two)
    count = len(two.pushed)
    one.content.heard("cursor", None)
    assert len(two.pushed) == count


WRONG = [
    (lambda: jw.line(COLUMNS, x="time", y="bid"), "no column 'time'; the table has 't', 'bid', 'ask', 'who'"),
    (lambda: jw.line(jw.LiveTable({"x": float}), y="z"), "no column 'z'; the table has 'x'"),
    (lambda: jw.line(COLUMNS, y="who"), "y='who' is a str; y wants numbers"),
    (lambda: jw.line(COLUMNS, x="who", y="bid"), "x='who' is text; draw it with bar"),
    (lambda: jw.line(COLUMNS, y=["bid", "ask"], by="who"), "by= splits one column"),
    (lambda: jw.line(COLUMNS, y="ask", by="bid"), "by='bid' is a column of numbers"),
    (lambda: jw.line(COLUMNS, y=["bid", "bid"]), "names a column twice"),
    (lambda: jw.line({f"c{n}": [1.0] for n in range(9)}), r"9 columns of numbers; name up to 8: y=\['c0'"),
    (lambda: jw.line({"s": ["a"]}), "no column of numbers to draw"),
    (lambda: jw.line({"s": [object()]}), "this table has none"),
    (lambda: jw.line(COLUMNS, y="bid", range=(2, 1)), r"range= is \(lowest, highest\)"),
    (lambda: jw.line(COLUMNS, y="bid", last=timedelta(seconds=1)), "last= is a timedelta, but x is no time"),
    (lambda: jw.line(COLUMNS, y="bid", last=0), "last= is a number of rows"),
    (lambda: jw.line(COLUMNS, y="bid", time="CET"), "time= is 'local' or 'utc'"),
    (lambda: jw.line(COLUMNS, y="bid", sync=3), "sync= is a text"),
    (lambda: jw.line(COLUMNS, y="bid", digits=-1), "digits= is how many"),
    (lambda: jw.bar(COLUMNS, y="bid", agg="sum"), "groups the rows by x"),
    (lambda: jw.bar(COLUMNS, x="who", y="bid", agg="most"), "agg= is 'sum', 'mean' or 'count'"),
    (lambda: jw.bar(jw.LiveTable({"x": float}), x="x", agg="count"), "for tables that stand still"),
    (lambda: jw.line(7), "a int is no table; give a LiveTable"),
    (lambda: jw.line({"a": 1}), "a chart of a dict wants columns"),
]


@pytest.mark.parametrize(("make", "says"), WRONG)
def test_what_cannot_be_drawn_is_refused_where_it_is_written(make, says):
    with pytest.raises(UsageError, match=says):
        make()


def test_times_without_a_zone_are_shown_as_written():
    naive = {"t": [START.replace(tzinfo=None)], "y": [1.0]}
    assert jw.line(naive, x="t").spec()["x"]["utc"] is True
    page = shown(jw.line(naive, x="t", brush=True))
    assert page.column("t") == [START.timestamp() * 1000]
    told = page.content.heard("select", {"x": [START.timestamp() * 1000] * 2, "rows": [0, 0]})
    assert told["x"][0] == START.replace(tzinfo=None)
    assert jw.line(COLUMNS, x="t", time="utc").spec()["x"]["utc"] is True
