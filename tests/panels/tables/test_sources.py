"""Every library's tables are read column by column: values, what is missing by its name, and an order that is the library's."""

from __future__ import annotations

import builtins
import datetime as dt
import pathlib
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from jupyterwin.panels.tables.column import Missing
from jupyterwin.panels.tables.query import Query, rows_of
from jupyterwin.panels.tables.source import MOST_COLUMNS, source_of

BERLIN = "Europe/Berlin"
STAMPS = [dt.datetime.fromisoformat("2024-01-02 03:04:05.000678"), None, dt.datetime.fromisoformat("2024-01-01")]
OBJECT = object()

# column → (kind, cells, rows in order, rows in descending order): what is missing is last both ways
PANDAS = {
    "plain": (pd.Series([3, 1, 2]), "integer", [3, 1, 2], [1, 2, 0], [0, 2, 1]),
    "floats": (pd.Series([1.5, np.nan, -0.5]), "number", [1.5, "NaN", -0.5], [2, 0, 1], [0, 2, 1]),
    "halves": (pd.Series([0.1, 2, 1], dtype="float32"), "number", [0.1, 2.0, 1.0], [0, 2, 1], [1, 2, 0]),
    "texts": (pd.Series(["b", None, ""]), "text", ["b", "NaN", ""], [2, 0, 1], [0, 2, 1]),
    "mixed": (pd.Series(["x", 1, None], dtype=object), "mixed", ["x", 1, "None"], [1, 0, 2], [0, 1, 2]),
    "decimals": (pd.Series([Decimal(10), Decimal("9.5"), None]), "number", ["10", "9.5", "None"], [1, 0, 2], [0, 1, 2]),
    "masked": (pd.Series([2, None, 1], dtype="Int64"), "integer", [2, "NA", 1], [2, 0, 1], [0, 2, 1]),
    "large": (pd.Series([2**64 - 1, None, 1], dtype="UInt64"), "integer", [2**64 - 1, "NA", 1], [2, 0, 1], [0, 2, 1]),
    "truths": (pd.Series([True, None, False], dtype="boolean"), "truth", [True, "NA", False], [2, 0, 1], [0, 2, 1]),
    "arrow": (pd.Series(["b", None, "a"], dtype="string[pyarrow]"), "text", ["b", "NA", "a"], [2, 0, 1], [0, 2, 1]),
    "python": (pd.Series(["b", None, "a"], dtype="string[python]"), "text", ["b", "NA", "a"], [2, 0, 1], [0, 2, 1]),
    "arrow ints": (pd.Series([2, None, 1], dtype="int64[pyarrow]"), "integer", [2, "NA", 1], [2, 0, 1], [0, 2, 1]),
    "stamps": (
        pd.Series(STAMPS), "date", ["2024-01-02 03:04:05.000678", "NaT", "2024-01-01 00:00:00"], [2, 0, 1], [0, 2, 1],
    ),
    "zoned": (
        pd.Series(STAMPS).dt.tz_localize(BERLIN), "date",
        ["2024-01-02 03:04:05.000678+01:00", "NaT", "2024-01-01 00:00:00+01:00"], [2, 0, 1], [0, 2, 1],
    ),
    "durations": (
        pd.Series(pd.to_timedelta(["1h", None, "2D"])), "duration", ["0 days 01:00:00", "NaT", "2 days 00:00:00"],
        [0, 2, 1], [2, 0, 1],
    ),
    "categories": (
        pd.Series(pd.Categorical(["lo", None, "hi"], ["lo", "hi"])), "text", ["lo", "NaN", "hi"], [0, 2, 1], [2, 0, 1],
    ),
    "complex": (pd.Series([2j, 1j]), "mixed", ["2j", "1j"], [1, 0], [0, 1]),
    "paths": (pd.Series([pathlib.PurePosixPath("/b"), pathlib.PurePosixPath("/a")]), "mixed", ["/b", "/a"], [1, 0], [0, 1]),
    "periods": (pd.Series(pd.period_range("2024-01", periods=2, freq="M")), "mixed", ["2024-01", "2024-02"], [0, 1], [1, 0]),
    "lists": (pd.Series([[2], [1], None]), "mixed", ["[2]", "[1]", "None"], [1, 0, 2], [0, 1, 2]),
}  # fmt: skip

POLARS = {
    "plain": (pl.Series([3, None, 1]), "integer", [3, "null", 1], [2, 0, 1], [0, 2, 1]),
    "floats": (pl.Series([float("nan"), 1.0, None]), "number", ["NaN", 1.0, "null"], [1, 0, 2], [1, 0, 2]),
    "halves": (pl.Series([0.1, None, 2], dtype=pl.Float32), "number", [0.1, "null", 2.0], [0, 2, 1], [2, 0, 1]),
    "texts": (pl.Series(["b", None, ""]), "text", ["b", "null", ""], [2, 0, 1], [0, 2, 1]),
    "categories": (pl.Series(["b", None, "a"], dtype=pl.Categorical), "text", ["b", "null", "a"], [2, 0, 1], [0, 2, 1]),
    "truths": (pl.Series([True, None, False]), "truth", [True, "null", False], [2, 0, 1], [0, 2, 1]),
    "stamps": (
        pl.Series(STAMPS).dt.cast_time_unit("ns"), "date", ["2024-01-02 03:04:05.000678", "null", "2024-01-01 00:00:00"],
        [2, 0, 1], [0, 2, 1],
    ),
    "zoned": (
        pl.Series(STAMPS).dt.replace_time_zone(BERLIN), "date",
        ["2024-01-02 03:04:05.000678+01:00", "null", "2024-01-01 00:00:00+01:00"], [2, 0, 1], [0, 2, 1],
    ),
    "days": (pl.Series([dt.date(2024, 1, 2), None, dt.date(2024, 1, 1)]), "date", ["2024-01-02", "null", "2024-01-01"], [2, 0, 1], [0, 2, 1]),
    "times": (pl.Series([dt.time(2), None, dt.time(1)]), "text", ["02:00:00", "null", "01:00:00"], [2, 0, 1], [0, 2, 1]),
    "durations": (pl.Series([dt.timedelta(2), None, dt.timedelta(1)]), "duration", ["2 days, 0:00:00", "null", "1 day, 0:00:00"], [2, 0, 1], [0, 2, 1]),
    "decimals": (pl.Series([Decimal("10.5"), None, Decimal("9.5")]), "number", ["10.5", "null", "9.5"], [2, 0, 1], [0, 2, 1]),
    "lists": (pl.Series([[2], None, [1]]), "mixed", ["[2]", "null", "[1]"], [2, 0, 1], [0, 2, 1]),
    "objects": (pl.Series([OBJECT, "z", None], dtype=pl.Object), "mixed", [str(OBJECT), "z", "null"], [0, 1, 2], [1, 0, 2]),
}  # fmt: skip


def check(source, kind, cells, up, down):
    column = source.columns[-1]
    place = len(source.columns) - 1
    assert column.kind == kind
    assert column.cells(range(len(cells))) == cells
    assert column.cells(range(len(cells))[::-1][:0]) == []
    assert column.cells(list(range(len(cells)))[::-1]) == cells[::-1]
    for rows, descending in ((up, False), (down, True)):
        assert list(rows_of(source, Query(sort=((place, descending),)))) == rows
    names = {"None", "NaN", "NaT", "NA", "null"}
    assert [isinstance(each, Missing) for each in column.cells(range(len(cells)))] == [each in names for each in cells]


@pytest.mark.parametrize("name", PANDAS)
def test_a_column_of_pandas(name):
    values, kind, cells, up, down = PANDAS[name]
    check(source_of(values.to_frame()), kind, cells, up, down)


@pytest.mark.parametrize("name", POLARS)
def test_a_column_of_polars(name):
    values, kind, cells, up, down = POLARS[name]
    check(source_of(values.to_frame()), kind, cells, up, down)


@pytest.mark.parametrize("name", [name for name in POLARS if name != "objects"])
def test_a_column_of_pyarrow(name):
    values, kind, cells, up, down = POLARS[name]
    table = values.to_frame().to_arrow()
    check(source_of(pa.concat_tables([table.slice(0, 1), table.slice(1)])), kind, cells, up, down)


@pytest.mark.parametrize("name", ["floats", "texts", "stamps", "truths", "days", "objects"])
def test_polars_without_numpy(name, monkeypatch):
    monkeypatch.setattr("jupyterwin.panels.tables.arrays.numpy", lambda: None)
    values, kind, cells, up, down = POLARS[name]
    if name == "floats":
        up = down = [1, 0, 2]
    check(source_of(values.to_frame()), kind, cells, up, down)


@pytest.fixture
def no_pyarrow(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)


def test_pandas_without_pyarrow(no_pyarrow):
    frame = pd.DataFrame({"a": [2, 1], "s": pd.Series(["y", "x"], dtype=pd.StringDtype("python", na_value=np.nan))})
    source = source_of(frame)
    assert [column.cells(range(2)) for column in source.columns] == [[0, 1], [2, 1], ["y", "x"]]
    assert list(rows_of(source, Query(sort=((2, False),)))) == [1, 0]


def test_polars_without_pyarrow(no_pyarrow):
    source = source_of(pl.DataFrame({"s": ["Berlin", "Aachen", None]}))
    assert list(rows_of(source, Query(sort=((0, False),)))) == [1, 0, 2]
    assert list(rows_of(source, Query(search="aaCH"))) == [1]


def test_an_index_comes_first_with_all_its_levels():
    index = pd.MultiIndex.from_tuples([("b", 1), ("a", 2)], names=["key", None])
    frame = pd.DataFrame([[1, 2], [3, 4]], index=index, columns=pd.MultiIndex.from_product([["x"], ["p", "q"]]))
    columns = source_of(frame).columns
    assert [(column.name, column.index) for column in columns] == [
        (("key",), True), (("",), True), (("x", "p"), False), (("x", "q"), False),
    ]  # fmt: skip
    assert [column.cells([1, 0]) for column in columns] == [["a", "b"], [2, 1], [3, 1], [4, 2]]
    assert list(rows_of(source_of(frame), Query(sort=((0, False),)))) == [1, 0]


def test_columns_of_one_name_are_two_columns():
    frame = pd.DataFrame([[1, "x"]], columns=["a", "a"])
    assert [column.cells(range(1)) for column in source_of(frame).columns] == [[0], [1], ["x"]]


def test_a_snapshot_does_not_change():
    frame, array, rows = pd.DataFrame({"a": [1, 2]}), np.array([1, 2]), [{"a": 1}, {"a": 2}]
    series = pl.DataFrame({"a": [1, 2]})
    sources = [source_of(each) for each in (frame, array, rows, series)]
    frame.loc[0, "a"] = array[0] = rows[0]["a"] = 9
    series[0, "a"] = 9
    assert [source.columns[-1].cells(range(2)) for source in sources] == [[1, 2]] * 4


def test_arrays_of_numpy():
    records = np.array([(1, b"x", [1, 2])], dtype=[("a", ">i4"), ("b", "S2"), ("c", "i4", (2,))])
    assert [column.cells(range(1)) for column in source_of(records).columns] == [[1], ["b'x'"], ["[1 2]"]]
    assert [column.cells(range(2)) for column in source_of(np.arange(4).reshape(2, 2)).columns] == [[0, 2], [1, 3]]
    months = source_of(np.array(["2024-02", "NaT", "2024-01"], dtype="M8[M]"))
    check(months, "date", ["2024-02", "NaT", "2024-01"], [2, 0, 1], [0, 2, 1])
    check(source_of(np.array(["b", "a"])), "text", ["b", "a"], [1, 0], [0, 1])
    masked = source_of(np.ma.masked_array([3, 4], mask=[False, True]))
    assert masked.columns[0].cells(range(2)) == [3, "None"]
    assert source_of(np.zeros((2, 2, 2))) is None
    assert source_of(np.float64(1)) is None


def test_an_array_that_is_too_wide_says_what_is_shown():
    source = source_of(np.zeros((1, MOST_COLUMNS + 1)))
    assert len(source.columns) == MOST_COLUMNS
    assert source.note == "the first 5,000 of 5,001 columns"


def test_rows_and_columns_of_python():
    rows = source_of([{"a": 1, "b": "x"}, {"a": None, "c": dt.date(2024, 1, 1)}])
    assert [column.cells(range(2)) for column in rows.columns] == [[1, "None"], ["x", "None"], ["None", "2024-01-01"]]
    columns = source_of({"a": [1, 2], "b": np.array([0.5, np.nan]), "c": ("x", "y")})
    assert [column.cells(range(2)) for column in columns.columns] == [[1, 2], [0.5, "NaN"], ["x", "y"]]


@pytest.mark.parametrize(
    "obj",
    [
        [],
        [1, 2],
        {},
        {"a": 1},
        {"a": [1], "b": [1, 2]},
        {1: [1], 2: [2]},
        "text",
        pl.DataFrame,
        {"a": "xy", "b": "xy"},
        {"a": [1]},
        [{"a": {"b": 1}}],
        {"a": [[1]], "b": [2]},
        [{str(number): 1} for number in range(9)],
    ],
)
def test_what_is_no_table_is_none(obj):
    assert source_of(obj) is None


def test_whatever_speaks_arrow_or_the_interchange_protocol():
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql("select range as a, 'n' || range as b from range(3)")
    check(source_of(relation), "text", ["n0", "n1", "n2"], [0, 1, 2], [2, 1, 0])

    class Streams:
        def __arrow_c_stream__(self, requested_schema=None):
            return pa.table({"a": [2, 1]}).__arrow_c_stream__(requested_schema)

    class Interchanges:
        def __dataframe__(self, *args, **kwargs):
            return pa.table({"a": [2, 1]}).__dataframe__(*args, **kwargs)

    for obj in (
        Streams(),
        Interchanges(),
        pa.table({"a": [2, 1]}).to_batches()[0],
        pa.table({"a": [2, 1]}).to_reader(),
    ):
        check(source_of(obj), "integer", [2, 1], [1, 0], [0, 1])


def test_a_class_whose_objects_raise_is_shown_all_the_same():
    class Sulky:
        def __repr__(self):
            raise RuntimeError

    assert source_of([{"a": Sulky()}]).columns[0].cells(range(1)) == ["<Sulky>"]
