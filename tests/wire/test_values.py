"""The value table: the vectors that both languages read, and values that nobody thought of."""

from __future__ import annotations

import base64
import json
import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.errors import BadArguments, JupyterWinError, PeerError, RemoteError, Unserializable
from jupyterwin.wire.arrow import read_table
from jupyterwin.wire.values import decode, encode

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "values.json").read_text())
NAMES = {
    "nan": math.nan,
    "inf": math.inf,
    "date": date,
    "datetime": datetime,
    "time": time,
    "timedelta": timedelta,
    "timezone": timezone,
    "Decimal": Decimal,
    "PurePosixPath": PurePosixPath,
    "UUID": UUID,
    "re": re,
    "np": np,
    "pa": pa,
    "RemoteError": RemoteError,
    "BadArguments": BadArguments,
}
ENCODED_HERE = [v for v in VECTORS if v.get("direction") in {"both", "py→js"} and "encoded" in v]
DECODED_HERE = [v for v in VECTORS if v.get("direction") in {"both", "js→py"} and "encoded" in v]
REFUSED_HERE = [v for v in VECTORS if "refused" in v and "py" in v]
MALFORMED = [v for v in VECTORS if v.get("malformed")]


def _name(vector: dict[str, Any]) -> str:
    return vector["name"]


def _value(vector: dict[str, Any]) -> Any:
    return eval(vector["py"], dict(NAMES))  # noqa: S307 -- the file is ours


def _buffers(vector: dict[str, Any]) -> list[bytes]:
    return [base64.b64decode(text) for text in vector.get("buffers", [])]


@pytest.mark.parametrize("vector", ENCODED_HERE, ids=_name)
def test_encodes(vector: dict[str, Any]) -> None:
    data, buffers = encode(_value(vector))
    assert json.loads(msgspec.json.encode(data)) == vector["encoded"]
    if vector.get("table"):
        written, expected = read_table(buffers[0]), read_table(_buffers(vector)[0])
        assert written.schema == expected.schema
        assert repr(written.to_pydict()) == repr(expected.to_pydict())  # NaN is itself
    else:
        assert [bytes(b) for b in buffers] == _buffers(vector)


@pytest.mark.parametrize("vector", DECODED_HERE, ids=_name)
def test_decodes(vector: dict[str, Any]) -> None:
    value = decode(vector["encoded"], _buffers(vector))
    if vector.get("shared"):
        assert json.loads(msgspec.json.encode(encode(value)[0])) == vector["encoded"]
    else:
        assert _same(value, _value(vector)), f"{value!r} is not {_value(vector)!r}"


@pytest.mark.parametrize("vector", REFUSED_HERE, ids=_name)
def test_refuses_and_names_the_path(vector: dict[str, Any]) -> None:
    with pytest.raises(Unserializable) as caught:
        encode(_value(vector))
    assert caught.value.path == vector["refused"]


@pytest.mark.parametrize("vector", MALFORMED, ids=_name)
def test_refuses_what_is_malformed(vector: dict[str, Any]) -> None:
    with pytest.raises(PeerError):
        decode(vector["encoded"], _buffers(vector))


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(), inner) | st.dictionaries(st.integers(), inner, min_size=1)
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_whatever_is_sent_arrives(value: Any) -> None:
    data, buffers = encode(value)
    arrived = decode(json.loads(msgspec.json.encode(data)), [bytes(b) for b in buffers])
    assert _same(arrived, value)


@settings(max_examples=500, deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda i: st.lists(i) | st.dictionaries(st.text() | st.just("$"), i)
    )
)
def test_whatever_a_page_sends_is_a_value_or_a_clean_refusal(data: Any) -> None:
    try:
        decode(data)
    except JupyterWinError as error:
        assert str(error)  # noqa: PT017 -- either outcome is right


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (pd.Timestamp("2020-01-02", tz="UTC"), {"$": "date", "v": 1577923200000}),
        (pd.NaT, None),
        (pd.NA, None),
        (pd.Series([1, None], dtype="Int64"), [1, None]),
        (np.float64("nan"), {"$": "num", "v": "nan"}),
        (np.int8(3), 3),
        (np.bool_(True), True),
        (np.datetime64("2020-01-02"), {"$": "date", "v": 1577923200000}),
        (np.datetime64("NaT", "ns"), None),
        (np.timedelta64(1500, "ms"), 1500),
        (np.array(["a", "b"]), ["a", "b"]),
        (np.array([None, 1], dtype=object), [None, 1]),
    ],
    ids=repr,
)
def test_scalars_and_columns_of_the_scientific_libraries(value: Any, encoded: Any) -> None:
    assert encode(value)[0] == encoded


def test_deep_nesting_is_refused_and_not_followed() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Unserializable, match="nested too deeply"):
        encode(deep)


def _same(a: Any, b: Any) -> bool:
    """Equality with the sign of zero, NaN as itself, and types told apart where the table does."""
    if isinstance(b, np.ndarray):
        return isinstance(a, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and bool((a == b).all())
    if isinstance(b, float) and isinstance(a, int | float):
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
    if isinstance(b, datetime) and b.tzinfo:
        return isinstance(a, datetime) and abs(a - b) < timedelta(milliseconds=1)
    if isinstance(b, re.Pattern):
        return isinstance(a, re.Pattern) and (a.pattern, a.flags) == (b.pattern, b.flags)
    if isinstance(b, BaseException):
        facts = ("name", "data", "path")
        alike = all(getattr(a, fact, None) == getattr(b, fact, None) for fact in facts)
        return type(a) is type(b) and str(a) == str(b) and alike
    if isinstance(b, str):
        return a == b.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(b, dict):
        pairs = zip(a.items(), b.items(), strict=True) if isinstance(a, dict) and len(a) == len(b) else None
        return pairs is not None and all(_same(ka, kb) and _same(va, vb) for (ka, va), (kb, vb) in pairs)
    if isinstance(b, list | tuple):
        return isinstance(a, list) and len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and bool(a == b)
