"""Values as short text: every row of the value table, how much is looked at, and what their kinds give away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.main.tracing.shown import LENGTH, kinds_text, size_text, values_text

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "values.json").read_text())
BUFFER = memoryview(bytes(8000))


@pytest.mark.parametrize(
    ("encoded", "text", "kind"),
    [
        (None, "null", "null"),
        (True, "true", "boolean"),
        (1.5, "1.5", "number"),
        ("a\n", '"a\\n"', "string of 2"),
        ([1, [2]], "[1, [2]]", "array of 2"),
        ({"a": {"b": 1}}, "{a: {b: 1}}", "object of 1"),
        ({"$": "undef"}, "undefined", "undefined"),
        ({"$": "num", "v": "-inf"}, "-Infinity", "number"),
        ({"$": "int", "v": "9007199254740993"}, "9007199254740993", "integer"),
        ({"$": "date", "v": 0}, "1970-01-01T00:00:00.000+00:00", "date"),
        ({"$": "date", "v": None}, "(a date)", "date"),
        ({"$": "map", "v": [[1, 2]]}, "Map[[1, 2]]", "map of 1"),
        ({"$": "set", "v": [1]}, "Set[1]", "set of 1"),
        ({"$": "re", "v": "a+", "f": "g"}, "/a+/g", "regexp"),
        ({"$": "obj", "v": [["$", 1]]}, "{$: 1}", "object of 1"),
        ({"$": "buf", "i": 0, "t": "Float64Array", "s": [10, 100]}, "Float64Array[10, 100] 8.0 kB", None),
        ({"$": "buf", "i": 7, "t": "ArrayBuffer"}, "ArrayBuffer ?", None),
        ({"$": "err", "v": {"code": "x", "message": "m", "name": "E"}}, 'E("m")', "error"),
        ({"$": "def", "n": 1, "v": [1]}, "[1]", "array of 1"),
        ({"$": "ref", "n": 1}, "(again)", "ref"),
        ({"$": "comet", "v": 1}, "(comet)", "comet"),
    ],
)
def test_a_value_and_its_kind(encoded: object, text: str, kind: str | None) -> None:
    assert values_text([encoded], [BUFFER]) == text
    assert kinds_text([encoded], [BUFFER]) == (text if kind is None else kind)


WELL_FORMED = [one for one in VECTORS if one.keys() >= {"encoded", "direction"}]


@pytest.mark.parametrize("vector", WELL_FORMED, ids=lambda vector: vector["name"])
def test_no_row_of_the_value_table_is_unknown(vector: dict[str, object]) -> None:
    encoded = vector["encoded"]
    tag = encoded.get("$") if isinstance(encoded, dict) else None
    assert values_text([encoded], [BUFFER] * 9) != f"({tag})"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(["map", "obj", "def", "buf", "err", "date"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["$", "v", "i", "t", "s", "f", "name"]), inner),
)


@settings(deadline=None)
@given(st.lists(JSON))
def test_whatever_a_page_sends_is_shown(values: list[object]) -> None:
    assert len(values_text(values, [BUFFER])) <= LENGTH + 1
    assert len(kinds_text(values, [BUFFER])) <= LENGTH + 1


def test_what_is_malformed_is_cut_like_the_rest() -> None:
    assert values_text(["x" * 70, "x" * 70, "x" * 45, {"$": []}], []).endswith("(ma…")


def test_only_what_is_shown_is_looked_at() -> None:
    class Once(list):  # type: ignore[type-arg] -- a list that counts
        looked = 0

        def __iter__(self):
            for item in super().__iter__():
                Once.looked += 1
                yield item

    text = values_text([Once(range(10**6))], [])
    assert len(text) == LENGTH + 1
    assert text.endswith("…")
    assert Once.looked < LENGTH
    deep: list[object] = []
    for _ in range(900):
        deep = [deep]
    assert len(values_text([deep], [])) == LENGTH + 1
    assert "(10000 characters)" in values_text(["x" * 10_000], [])


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (123_456, "123 kB"), (12_345_678, "12.3 MB"), (10**13, "10000 GB")],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text
