"""Whatever values are sent arrive as what the table says: properties, not examples. Broken data is the decoder's own test."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from jupyterwin.wire.scientific import TYPED_ARRAYS
from jupyterwin.wire.values import decode, encode

TEXT = st.text(st.characters(codec="utf-8")) | st.sampled_from(
    ["$", "__proto__", "constructor", "toJSON", "def", "ref"]
)
DTYPES = [np.dtype(f"{order}{kind}{size}") for kind, size in TYPED_ARRAYS for order in "<>"]
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
)
KEYS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
LEAVES = (
    (st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.binary() | ARRAYS)
    | st.datetimes(timezones=st.just(UTC)).map(lambda when: when.replace(microsecond=when.microsecond // 1000 * 1000))
    | st.sets(KEYS, max_size=4)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(TEXT, inner, max_size=5)
        | st.dictionaries(KEYS, inner, max_size=5)
        | inner.map(lambda it: [it, {"again": it}])
    ),
    max_leaves=25,
)


def sent(value: Any) -> Any:
    """What arrives, by way of real JSON text."""
    data, buffers = encode(value)
    return decode(json.loads(msgspec.json.encode(data)), [bytes(each) for each in buffers])


def same(a: Any, b: Any) -> bool:
    """Equality that tells 1 from True, 0.0 from -0.0, and takes NaN for itself."""
    if isinstance(b, np.ndarray):
        alike = isinstance(a, np.ndarray) and a.dtype == b.dtype.newbyteorder("<") and a.shape == b.shape
        return alike and a.tobytes() == b.astype(a.dtype).tobytes()
    if isinstance(b, float) and type(a) in {int, float}:  # JSON does not tell 1.0 from 1
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
    if type(a) is not type(b):
        return False
    if isinstance(b, dict):
        return len(a) == len(b) and all(
            same(*pair) for pairs in zip(a.items(), b.items(), strict=True) for pair in zip(*pairs, strict=True)
        )
    if isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(b, datetime):
        return abs(a - b) < timedelta(milliseconds=1)
    return bool(a == b)


@settings(max_examples=400, deadline=None)
@given(VALUES)
def test_whatever_is_sent_arrives(value: Any) -> None:
    assert same(sent(value), value)


def shape_of(value: Any) -> list[Any]:
    """Which containers are the same ones, by the order in which they are met."""
    numbers: dict[int, int] = {}
    met: list[Any] = []

    def walk(it: Any) -> None:
        if not isinstance(it, list | dict):
            return
        known = numbers.setdefault(id(it), len(numbers))
        met.append(known)
        if known == len(numbers) - 1 and met.count(known) == 1:
            for item in it.values() if isinstance(it, dict) else it:
                walk(item)

    walk(value)
    return met


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25), st.booleans())
def test_who_holds_whom_arrives(edges: list[tuple[int, int]], dicts: bool) -> None:  # noqa: FBT001 -- hypothesis gives it
    """Any graph of containers: shared ones, cycles, containers in themselves."""
    nodes: list[Any] = [{} if dicts and index % 2 else [] for index in range(10)]
    for number, (a, b) in enumerate(edges):
        if isinstance(nodes[a], dict):
            nodes[a][f"k{number}"] = nodes[b]
        else:
            nodes[a].append(nodes[b])
    assert shape_of(sent(nodes)) == shape_of(nodes)
