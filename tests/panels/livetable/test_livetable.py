"""A LiveTable holds the newest rows of whatever was appended, from any thread, with numpy and without."""

from __future__ import annotations

import sys
import threading
from collections import deque
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.errors import UsageError
from jupyterwin.panels.livetable import LiveTable

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["numpy", "no numpy"])
def _memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test twice: on numpy's arrays, and on those of the standard library."""
    if request.param == "no numpy":
        monkeypatch.setitem(sys.modules, "numpy", None)


def rows_of(table: LiveTable) -> list[tuple]:
    """The kept rows, as Python's values."""
    rows = table.rows_since(-1)
    return list(zip(*(list(cells) for cells in rows.columns.values()), strict=True))


@pytest.mark.usefixtures("_memory")
def test_rows_columns_and_values_by_name_are_the_same_rows():
    table = LiveTable({"n": int, "price": float, "name": str, "up": bool}, keep=10)
    table.append({"n": 1, "price": 1.5, "name": "a", "up": True})
    table.append(n=2, price=2, name="b", up=False)
    table.append([{"n": 3, "price": None, "name": None, "up": True}, {"n": 4, "up": False}])
    table.append([(5, 5.5, "e", True)])
    table.append({"n": [6, 7], "price": [6.5, 7.5], "name": ["f", "g"], "up": [True, False]})
    assert len(table) == table.total == 7
    rows = rows_of(table)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [row[2] for row in rows] == ["a", "b", None, None, "e", "f", "g"]
    assert rows[1][1] == 2.0
    assert rows[2][1] != rows[2][1]
    assert [bool(row[3]) for row in rows] == [True, False, True, False, True, True, False]


@pytest.mark.usefixtures("_memory")
@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(1, 9), st.lists(st.integers(0, 25) | st.just("clear"), max_size=12))
def test_the_newest_rows_stay_whatever_the_sizes(data, keep, steps):
    table = LiveTable({"n": int, "text": str}, keep=keep)
    model: deque[int] = deque(maxlen=keep)
    total = followed = 0
    copy: list[int] = []
    for step in steps:
        if step == "clear":
            table.clear()
            model.clear()
        else:
            numbers = list(range(total, total + step))
            table.append({"n": numbers, "text": [str(number) for number in numbers]})
            model.extend(numbers)
            total += step
        assert rows_of(table) == [(number, str(number)) for number in model]
        assert (len(table), table.total) == (len(model), total)
        # Whoever follows in pieces of any size, and not after each step, has in the end what the table has.
        if data.draw(st.booleans()):
            limit = data.draw(st.integers(1, 30))
            rows = table.rows_since(followed, ["n"], limit)
            copy = [number for number in ([] if rows.fresh else copy) if number >= rows.oldest]
            copy += list(rows.columns["n"])
            followed = rows.first + rows.count
            assert rows.count <= limit
            assert copy == [number for number in model if number < followed]


@pytest.mark.usefixtures("_memory")
def test_eight_threads_lose_no_row_and_tear_none():
    table = LiveTable({"thread": int, "n": int, "again": float}, keep=8 * 600)
    told = threading.Semaphore(0)
    dispose = table.follow(told.release)

    def feed(number: int) -> None:
        for n in range(0, 600, 3):
            table.append({"thread": [number] * 3, "n": [n, n + 1, n + 2], "again": [n, n + 1, n + 2]})

    threads = [threading.Thread(target=feed, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    seen: list[tuple] = []
    while len(seen) < 8 * 600:  # a reader meanwhile, who is told of each change
        assert told.acquire(timeout=20)
        rows = table.rows_since(len(seen))
        assert not rows.fresh
        seen += zip(*(list(cells) for cells in rows.columns.values()), strict=True)
    for thread in threads:
        thread.join()
    dispose()
    assert all(n == again for _, n, again in seen)
    for number in range(8):
        assert [n for thread, n, _ in seen if thread == number] == list(range(600))
    assert seen == rows_of(table)


def test_two_first_appends_at_once_make_one_schema():
    for _ in range(50):
        table = LiveTable()
        threads = [threading.Thread(target=table.append, args=({"n": [1, 2]},)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(table) == 8


@pytest.mark.parametrize(
    "make",
    [pd.DataFrame, pa.table, pl.DataFrame, pa.RecordBatch.from_pydict, dict],
    ids=["pandas", "pyarrow", "polars", "batch", "dict"],
)
def test_a_table_of_any_library_tells_the_schema_and_its_values(make):
    table = LiveTable()
    times = [START + timedelta(seconds=n) for n in range(3)]
    columns = {"t": times, "x": [1.5, None, 2.5], "n": [1, 2, 3], "s": ["a", None, "c"], "b": [True, False, True]}
    table.append(make(columns))
    table.append(make(columns))
    assert table.schema == {"t": "datetime", "x": "float64", "n": "int64", "s": "string", "b": "bool"}
    frame = table.to_pandas()
    assert list(frame["t"]) == [pd.Timestamp(time) for time in times] * 2
    assert [None if pd.isna(x) else x for x in frame["x"]] == columns["x"] * 2
    assert [s if isinstance(s, str) else None for s in frame["s"]] == columns["s"] * 2
    arrow = table.to_arrow()
    assert arrow.column("t").to_pylist() == times * 2
    assert arrow.column("b").to_pylist() == columns["b"] * 2
    assert str(arrow.schema.field("t").type) == "timestamp[us, tz=UTC]"


def test_what_comes_out_is_a_copy_and_counts_its_rows():
    table = LiveTable({"x": "float32", "t": datetime}, keep=3)
    table.append({"x": np.arange(5.0), "t": np.arange("2026-01-01", "2026-01-06", dtype="M8[D]")})
    column = table["x"]
    assert column.dtype == np.float32
    column[:] = 0
    assert list(table["x"]) == [2, 3, 4]
    assert table["t"].dtype == "datetime64[us]"
    assert list(table.to_pandas().index) == [2, 3, 4]
    assert str(table["t"][0]) == "2026-01-03T00:00:00.000000"


def test_memory_is_that_of_the_rows_that_are_kept():
    table = LiveTable({"x": float}, keep=1000)
    for _ in range(50):
        table.append({"x": np.zeros(700)})
    assert len(table._rings["x"]._cells) == 1000
    table.append({"x": np.arange(1_000_000.0)})
    assert len(table._rings["x"]._cells) == 1000
    assert table["x"][0] == 999_000
    assert table.total == 1_035_000


WRONG = [
    (
        {"price": ["n/a"], "n": [1]},
        "column 'price': row 0: 'n/a' is not a float; convert it, or declare the column str",
    ),
    ({"price": [1.0], "n": [1.5]}, "column 'n': row 0: 1.5 is not an int; declare the column float"),
    (
        {"price": [1.0], "n": [None]},
        "column 'n': row 0: None is not an int; .*declare the column float, where one is NaN",
    ),
    ({"price": [1.0], "n": [2**70]}, "column 'n': row 0: .* does not fit into int64"),
    ({"price": [1.0, 2.0], "n": [1]}, "different lengths: 'price' 2, 'n' 1"),
    ({"price": [1.0], "n": 1}, "'n' is one value, 'price' is a column"),
    ({"price": [1.0]}, "column 'n' is missing"),
    ({"price": 1.0, "n": 1, "ask": 3}, "no column 'ask' in the table, which has 'price', 'n'"),
    ([(1.0,)], "row 0 has 1 values, the table 2: price, n"),
    ([3], "row 0 is a int"),
    (7, "append: a int; give a row"),
    ({"price": [[1.0, 2.0]], "n": [1]}, "column 'price': "),
    ({"price": [1.0], 4: [1]}, "the name of a column is a str, not 4"),
]


@pytest.mark.usefixtures("_memory")
@pytest.mark.parametrize(("given", "says"), WRONG)
def test_what_does_not_fit_is_refused_by_column_and_cure_and_nothing_is_appended(given, says):
    table = LiveTable({"price": float, "n": int})
    table.append(price=1, n=1)
    with pytest.raises(UsageError, match=says):
        table.append(given)
    assert len(table) == 1


def test_narrow_integers_say_which_number_has_no_room():
    table = LiveTable({"n": "int8"})
    for values in ([1, 300], np.array([1, 300])):
        with pytest.raises(UsageError, match="column 'n': row 1: 300 does not fit into int8; declare it int64"):
            table.append({"n": values})


@pytest.mark.usefixtures("_memory")
def test_times_have_a_zone_or_have_none():
    table = LiveTable({"t": datetime})
    table.append(t=START)
    with pytest.raises(UsageError, match=r"column 't': row 0: a time with no time zone, .*datetime.now\(UTC\)"):
        table.append(t=START.replace(tzinfo=None))
    table.append(t=None)
    table.append(t=START.astimezone())
    assert list(table.rows_since(2).columns["t"]) == list(table.rows_since(0, limit=1).columns["t"])


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"x": object}, "column 'x': 'object' is no type of a column; the types are float64"),
        ({"x": list[float]}, "column 'x'"),
        ([("x", float)], "give names and types"),
        ({}, "at least one column"),
    ],
)
def test_a_schema_that_is_none_says_the_types(schema, says):
    with pytest.raises(UsageError, match=says):
        LiveTable(schema)


@pytest.mark.parametrize("keep", [0, -1, 2.5, True])
def test_keep_is_a_number_of_rows(keep):
    with pytest.raises(UsageError, match="keep="):
        LiveTable({"x": float}, keep=keep)


def test_a_first_append_that_tells_no_type_asks_for_the_schema():
    for values in ([None, None], [1, "a"], [object()]):
        with pytest.raises(UsageError, match=r"column 'x': .*give the schema"):
            LiveTable().append({"x": values})
    table = LiveTable()
    table.append({"x": [1, None]})  # a missing one among whole numbers: a float
    assert table.schema == {"x": "float64"}
