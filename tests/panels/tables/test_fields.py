"""What a page is told of a column by a sample of it: kinds, decimal places, how exact its times are, how wide it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from jupyterwin.panels.tables.fields import fields_of
from jupyterwin.panels.tables.source import source_of


def told(values):
    source = source_of(values)
    return fields_of(source.columns, source.length)[-1]


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ([1.0, 2.0], 1), ([1.5, 2.25], 2), ([1 / 3], 6), ([0.0, np.nan], 1), ([np.nan], 0), ([1e-7], None), ([1e-7, 1.0], 1),
        ([1e16], None), ([np.inf, 0.5], 1),
    ],
)  # fmt: skip
def test_decimal_places(values, digits):
    assert told(pd.DataFrame({"a": values}))["digits"] == digits


@pytest.mark.parametrize(
    ("times", "day", "fraction", "chars"),
    [
        (["2024-01-01", None], True, 0, 10), (["2024-01-01 10:00", "2024-01-02"], False, 0, 19),
        (["2024-01-01 10:00:00.25", "2024-01-01"], False, 3, 23), (["2024-01-01 10:00:00.000001"], False, 6, 26),
    ],
)  # fmt: skip
def test_how_exact_times_are(times, day, fraction, chars):
    field = told(pd.DataFrame({"a": pd.to_datetime(times, format="mixed")}))
    assert (field["day"], field["fraction"], field["chars"]) == (day, fraction, chars)


@pytest.mark.parametrize(("time", "chars"), [("2024-01-01 10:00", 25), ("2024-01-01 10:00:00.25", 29)])
def test_a_zone_has_its_room(time, chars):
    assert told(pd.DataFrame({"a": pd.to_datetime([time]).tz_localize("Asia/Tokyo")}))["chars"] == chars


def test_a_zone_does_not_hide_midnight():
    assert told(pd.DataFrame({"a": pd.to_datetime(["2024-01-01"]).tz_localize("Asia/Tokyo")}))["day"]


def test_a_sample_is_spread_and_bounded():
    asked = []

    class Counted(pd.DataFrame):
        pass

    source = source_of(Counted({"a": np.arange(1_000_000)}))
    given = source.columns[1].cells
    source.columns[1].cells = lambda rows: asked.extend(rows) or given(rows)
    assert fields_of(source.columns, source.length)[1]["chars"] == 6
    assert len(asked) < 300
    assert max(asked) > 900_000


def test_an_empty_table_has_fields():
    assert told(pd.DataFrame({"a": pd.Series([], dtype="float64")})) | {"type": ""} == {
        "name": ["a"], "kind": "number", "type": "", "index": False, "digits": 0, "chars": 0,
    }  # fmt: skip
