"""Sorting is stable with what is missing last, conditions mean what is written, and an order nobody wants any more is given up."""

from __future__ import annotations

import threading

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from jupyterwin.errors import Cancelled, UsageError
from jupyterwin.panels.tables.ordering import order
from jupyterwin.panels.tables.orders import Orders
from jupyterwin.panels.tables.query import Query, read_query, rows_of
from jupyterwin.panels.tables.ranks import ranks_of
from jupyterwin.panels.tables.source import Source, source_of

FRAME = pd.DataFrame(
    {
        "city": ["London", "lonely", "Paris", None, ""],
        "size": [12.34, 12.0, -12.5, np.nan, 0.0],
        "count": [5, 55, 500, 0, -5],
        "when": pd.to_datetime(["2024-03-01", "2024-03-31 23:59:59", "2024-04-01", None, "2023-12-31"], format="mixed"),
        "zone": pd.to_datetime(["2024-03-01", "2024-03-02", "2024-04-01", None, "2023-12-31"]).tz_localize(
            "Asia/Tokyo"
        ),
        "took": pd.to_timedelta(["90s", "1.5h", "2D", None, "0s"]),
        "good": [True, False, True, False, True],
    }
)
PLACES = {name: place for place, name in enumerate(FRAME.columns, 1)}


def found(column, text):
    return list(rows_of(source_of(FRAME), Query(filters=((PLACES[column], text),))))


@pytest.mark.parametrize(
    ("column", "text", "rows"),
    [
        ("city", "lon", [0, 1]), ("city", "= London", [0]), ("city", "=lon", []), ("city", "!lon", [2, 3, 4]), ("city", "!= Paris", [0, 1, 3, 4]),
        ("city", "missing", [3]), ("city", "!missing", [0, 1, 2, 4]), ("city", '"missing"', []), ("city", '=""', [4]),
        ("size", "12", [0, 1]), ("size", "12.3", [0]), ("size", "= 12", [1]), ("size", "-12", [2]), ("size", "> 0", [0, 1]),
        ("size", ">= 0", [0, 1, 4]), ("size", "<0", [2]), ("size", "<= 0", [2, 4]), ("size", "!= 0", [0, 1, 2, 3]), ("size", "missing", [3]),
        ("size", "0..12", [1, 4]), ("size", "..0", [2, 4]), ("size", "12..", [0, 1]), ("size", "1e1..1e2", [0, 1]),
        ("count", "5", [0]), ("count", "-5", [4]), ("count", "!5", [1, 2, 3, 4]), ("count", "5..55", [0, 1]), ("count", "> 1,0", [1, 2]),
        ("when", "2024-03", [0, 1]), ("when", "2024", [0, 1, 2]), ("when", "> 2024-03", [2]), ("when", ">= 2024-03", [0, 1, 2]),
        ("when", "< 2024", [4]), ("when", "<= 2024-03", [0, 1, 4]), ("when", "2024-03-31 23:59", [1]), ("when", "!2024-03", [2, 3, 4]),
        ("when", "2023-12..2024-03", [0, 1, 4]), ("when", "missing", [3]),
        ("zone", "2024-03-01", [0]), ("zone", "2024-03", [0, 1]), ("zone", ">= 2024-04-01", [2]),
        ("took", "90", [0]), ("took", "1.5 h", [1]), ("took", "> 1h", [1, 2]), ("took", "1 day..3 days", [2]), ("took", "01:30:00", [1]),
        ("good", "true", [0, 2, 4]), ("good", "no", [1, 3]), ("good", "!true", [1, 3]),
    ],
)  # fmt: skip
def test_a_condition_finds(column, text, rows):
    assert found(column, text) == rows


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("size", "> big"),
        ("when", "soon"),
        ("when", "2024-13"),
        ("took", "5 parsecs!"),
        ("good", "perhaps"),
        ("city", "> L"),
        ("count", "1..x"),
    ],
)
def test_a_condition_that_means_nothing_names_its_column(column, text):
    with pytest.raises(UsageError, match=column):
        found(column, text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [("lon", [0, 1]), ("12.3", [0]), ("2024-04", [2]), ("500", [2]), ("nothing of it", []), ("> 5", [])],
)
def test_a_search_looks_into_all_columns(text, rows):
    assert list(rows_of(source_of(FRAME), Query(search=text))) == rows


def test_conditions_and_orders_work_together():
    query = Query(
        sort=((PLACES["good"], True), (PLACES["count"], False)), filters=((PLACES["city"], "!missing"),), search=""
    )
    assert list(rows_of(source_of(FRAME), query)) == [4, 0, 2, 1]


NUMBERS = st.one_of(
    hnp.arrays("float64", st.integers(0, 200), elements=st.floats(width=64, allow_nan=False)),
    hnp.arrays(
        "float64", st.integers(0, 200), elements=st.sampled_from([0.0, -0.0, 1.0, np.nextafter(1, 2), np.inf, -np.inf])
    ),
    hnp.arrays("int64", st.integers(0, 200), elements=st.integers(-(2**63), 2**63 - 1)),
    hnp.arrays("uint64", st.integers(0, 200), elements=st.integers(0, 2**64 - 1)),
    hnp.arrays("int8", st.integers(0, 200), elements=st.integers(-3, 3)),
    hnp.arrays("bool", st.integers(0, 50)),
)


@given(NUMBERS, st.data())
@settings(max_examples=200, deadline=None)
def test_an_order_is_the_stable_one(values, data):
    missing = data.draw(hnp.arrays("bool", len(values)))
    plain, gone = values.tolist(), missing.tolist()
    there = [row for row in range(len(plain)) if not gone[row]]
    for descending in (False, True):
        wanted = sorted(there, key=plain.__getitem__, reverse=descending)
        wanted += [row for row in range(len(plain)) if gone[row]]
        assert order(values, missing, None, descending=descending).tolist() == wanted
        assert order(plain, gone, None, descending=descending) == wanted
        half = np.arange(0, len(values), 2)
        assert order(values, missing, half, descending=descending).tolist() == [row for row in wanted if row % 2 == 0]


def test_keys_that_differ_in_their_last_bits_alone_are_put_right():
    values = np.concatenate((np.nextafter(np.ones(2000), 2), np.ones(2000), [1e300, -1e300]))
    assert order(values, None, None, descending=False).tolist() == np.argsort(values, kind="stable").tolist()


@given(st.lists(st.one_of(st.none(), st.text("abß𝄞", max_size=30)), max_size=60), st.booleans())
@settings(deadline=None)
def test_texts_of_any_length_have_the_order_of_their_bytes(texts, short):
    texts = [None if text is None else text[:2] if short else text for text in texts]
    array = pa.array([None, *texts, "a"], pa.large_string()).slice(1, len(texts))
    wanted = sorted((text or "").encode() for text in texts)
    for ranks in (ranks_of(array), ranks_of(pa.concat_arrays([array, pa.array(["z" * 100], pa.large_string())]))[:-1]):
        found = sorted(range(len(texts)), key=ranks.tolist().__getitem__)
        assert [(texts[row] or "").encode() for row in found] == wanted
        assert len(set(ranks.tolist())) == len(set(wanted))


def test_many_different_texts_are_found_and_sorted_as_few_are():
    names = [f"name {number * 7919 % 200_003} of some length" for number in range(200_000)]
    names[5] = None
    for obj in (
        pd.DataFrame({"n": pd.Series(names, dtype="str")}, index=pd.RangeIndex(len(names))),
        pl.DataFrame({"n": names}),
    ):
        source = source_of(obj)
        place = len(source.columns) - 1
        assert source.keys(place).texts.__class__.__name__ == "ArrowTexts"
        found = rows_of(source, Query(filters=((place, "NAME 1234"),), sort=((place, True),)))
        assert [names[row] for row in found] == sorted((n for n in names if n and "name 1234" in n), reverse=True)
        assert rows_of(source, Query(sort=((place, False),)))[-1] == 5
        assert list(rows_of(source, Query(filters=((place, "missing"),)))) == [5]


class Slow:
    """A column whose keys wait until they may go on."""

    kind, name, dtype, index = "integer", ("slow",), "int64", False

    def __init__(self):
        self.begun, self.go_on = threading.Event(), threading.Event()

    def cells(self, rows):
        return list(rows)

    def keys(self):
        self.begun.set()
        assert self.go_on.wait(30)
        return source_of(np.arange(3)[::-1]).keys(0)


def test_a_newer_query_of_the_same_page_ends_the_older_one():
    columns = [Slow(), *source_of(np.arange(6).reshape(3, 2)).columns]
    orders = Orders(Source(3, columns, "slow"))
    ended = []

    def older():
        try:
            orders.rows(Query(sort=((0, False), (1, False), (0, False))), "page")
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=older)
    thread.start()
    assert columns[0].begun.wait(30)
    newer = []
    second = threading.Thread(target=lambda: newer.append(orders.rows(Query(sort=((1, True),)), "page")))
    second.start()
    while orders._wanted["page"].sort != ((1, True),):
        assert second.is_alive()
    assert orders.rows(Query(), "page 2") == range(3)  # nobody else waits for it
    columns[0].go_on.set()
    thread.join(30)
    second.join(30)
    assert len(ended) == 1
    assert list(newer[0]) == [2, 1, 0]


def test_another_page_ends_nothing():
    orders = Orders(source_of(np.arange(3)))
    down = Query(sort=((0, True),))
    assert list(orders.rows(down, "a")) == [2, 1, 0]
    assert orders.rows(Query(), "b") == range(3)
    assert orders.rows(down, "a") is orders.rows(down, "b")


@pytest.mark.parametrize(
    "wrong",
    [[], {"sort": [[9, False]]}, {"sort": [["0", False]]}, {"filters": [[-1, "x"]]}, {"filters": [[True, "x"]]}],
)
def test_a_query_that_no_page_of_ours_sends_is_refused(wrong):
    if wrong == []:
        wrong = "sort"
    with pytest.raises(UsageError):
        read_query(wrong, 2)
