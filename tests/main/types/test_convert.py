"""Values fitted to hints: each kind of hint, what fits it, and the path of what does not."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
import pydantic
import pytest
from typing_extensions import TypeAliasType

from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.main.types.convert import convert
from jupyterwin.main.types.reading import CannotCrossError, Reader
from support.typed import (
    Bits,
    Box,
    Checked,
    Circle,
    Filter,
    Item,
    Left,
    Level,
    Loose,
    Model,
    Pair,
    Point,
    Right,
    Row,
    Shaped,
    Sheet,
    Side,
    Square,
    Strict,
    T,
)

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KEY = "12345678-1234-5678-1234-567812345678"
Json = TypeAliasType("Json", "int | list[Json]")
Symbol = NewType("Symbol", str)


def fit(value: Any, hint: Any) -> Any:
    return convert(value, Reader().read(hint), "args[0]")


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (None, None, None),
        (bool, True, True),
        (int, 3, 3),
        (int, 1e21, 10**21),
        (float, 3, 3.0),
        (str, "x", "x"),
        (Symbol, "x", "x"),
        (bytes, np.array([1, 2], "u1"), b"\1\2"),
        (bytearray, b"x", bytearray(b"x")),
        (memoryview, b"x", memoryview(b"x")),
        (datetime, NOW, NOW),
        (date, "2026-01-31", date(2026, 1, 31)),
        (time, "12:30:00", time(12, 30)),
        (timedelta, 1500, timedelta(seconds=1.5)),
        (Decimal, "1.10", Decimal("1.10")),
        (Decimal, 1.1, Decimal("1.1")),
        (UUID, KEY, UUID(KEY)),
        (Path, "a/b", Path("a/b")),
        (PurePosixPath, "a/b", PurePosixPath("a/b")),
        (re.Pattern, re.compile("a"), re.compile("a")),
        (Literal["a", 1], 1, 1),
        (Literal[Side.BUY], "buy", Side.BUY),
        (Side, "sell", Side.SELL),
        (Level, 1, Level.LOW),
        (Bits, 3, Bits.A | Bits.B),
        (int | str, "3", "3"),
        (Decimal | str, "abc", "abc"),
        (list, [1, "x"], [1, "x"]),
        (list[Side], ["buy"], [Side.BUY]),
        (Sequence[int], [1], [1]),
        (tuple[int, ...], [1, 2], (1, 2)),
        (tuple[int, str], [1, "x"], (1, "x")),
        (tuple[()], [], ()),
        (set[int], {1}, {1}),
        (set[int], [1, 1], {1}),
        (frozenset[int], {1}, frozenset({1})),
        (deque[int], [1], deque([1])),
        (dict[str, Side], {"x": "buy"}, {"x": Side.BUY}),
        (Mapping[int, float], {1: 2}, {1: 2.0}),
        (dict[Side, int], {"buy": 1}, {Side.BUY: 1}),
        (Row, {"when": NOW}, Row(NOW)),
        (Row, {"when": NOW, "tags": None, "more": 1}, Row(NOW)),
        (Sheet, {"rows": [], "parent": {"rows": []}}, Sheet([], Sheet([]))),
        (Box[Side], {"it": "buy"}, Box(Side.BUY)),
        (Filter, {"symbol": "x"}, {"symbol": "x"}),
        (Loose, {}, {}),
        (Point, [1], Point(1.0)),
        (Circle, {"type": "circle", "innerRadius": 1}, Circle(1.0)),
        (Circle | Square, {"type": "square", "side": 2}, Square(2.0)),
        (Pair, [1], Pair(1)),
        (
            Model,
            {"items": [{"count": 1, "wait": 1500}], "name": "n"},
            Model(items=[Item(count=1, wait=timedelta(seconds=1.5))], name="n"),
        ),
        (Item, {"count": "3"}, Item(count=3)),
        (Strict, {"n": 5}, Strict(5)),
        (Json, [1, [2, [3]]], [1, [2, [3]]]),
        (Annotated[int, msgspec.Meta(ge=0)], 0, 0),
        (Annotated[int, "a note"], 0, 0),
        (Callable[[], None] | None, None, None),
        (np.int16, 3, np.int16(3)),
        (np.float32, 1.5, np.float32(1.5)),
        (Any, {"x": 1}, {"x": 1}),
        (object, 1, 1),
        (Shaped, 1, 1),
        (T, 1, 1),
        ("NoSuchName", 1, 1),
    ],
    ids=repr,
)
def test_what_fits(hint: Any, value: Any, expected: Any) -> None:
    fits = fit(value, hint)
    assert fits == expected
    assert type(fits) is type(expected)


@pytest.mark.parametrize(
    ("hint", "value", "says"),
    [
        (
            Sheet,
            {"rows": [{"when": NOW}, {"when": NOW}, {"when": NOW}, {"when": "now"}]},
            "args[0].rows[3].when: expected datetime, got str",
        ),
        (None, 1, "args[0]: expected None, got int"),
        (bool, 1, "args[0]: expected bool, got int"),
        (int, True, "args[0]: expected int, got bool"),
        (int, 1.5, "args[0]: expected int, got float"),
        (float, "1", "args[0]: expected float, got str"),
        (float, 10**400, "args[0]: expected float, a smaller float, got int"),
        (str, None, "args[0]: expected str, got NoneType"),
        (bytes, "aGk=", "args[0]: expected bytes, got str"),
        (bytes, np.zeros(1, "f4"), "args[0]: expected bytes, got ndarray"),
        (datetime, "2026-01-31T00:00:00Z", "args[0]: expected datetime, got str"),
        (date, "31.1.2026", "args[0]: expected date, a string like '2026-01-31', got str"),
        (date, NOW, "args[0]: expected date, got datetime"),
        (timedelta, float("nan"), "args[0]: expected timedelta, milliseconds as a number, got float"),
        (Decimal, "x", "args[0]: expected Decimal, a string like '1.50', got str"),
        (UUID, "x", "args[0]: expected UUID"),
        (Literal["a", "b"], "c", "args[0]: expected one of 'a', 'b', got 'c'"),
        (Literal[1], True, "args[0]: expected one of 1, got True"),
        (Side, "hold", "args[0]: expected one of 'buy', 'sell', got 'hold'"),
        (Side, {}, "args[0]: expected one of 'buy', 'sell', got {}"),
        (int | str | None, [], "args[0]: expected int or str or None, got list"),
        (int | Row, {"when": 1}, "args[0].when: expected datetime, got int"),
        (list[int], {1}, "args[0]: expected list, got set"),
        (list[int], "abc", "args[0]: expected list, got str"),
        (tuple[int, str], [1], "args[0]: expected 2 items, got 1"),
        (tuple[int, str], [1, 2], "args[0][1]: expected str, got int"),
        (set[int], ["x"], "args[0][0]: expected int, got str"),
        (dict[str, int], {"a b": "x"}, "args[0]['a b']: expected int, got str"),
        (dict[str, list[Row]], {"x": [{}]}, "args[0].x[0].when: a Row needs 'when'"),
        (dict[int, int], {"1": 1}, "args[0].<key>: expected int, got str"),
        (Row, [], "args[0]: expected Row, got list"),
        (Row, {"when": NOW, "side": "hold"}, "args[0].side: expected one of"),
        (Checked, {"low": 2, "high": 1}, "args[0]: low is above high"),
        (Box[int], {"it": "x"}, "args[0].it: expected int, got str"),
        (Filter, {"limit": 1}, "args[0].symbol: a Filter needs 'symbol'"),
        (Filter, {"symbol": "x", "limit": "y"}, "args[0].limit: expected int, got str"),
        (Point, [1, 2, 3], "args[0]: expected 2 items, got 3"),
        (Circle, {"type": "square", "innerRadius": 1}, "args[0].type: expected one of 'circle', got 'square'"),
        (Circle, {"type": "circle", "innerRadius": 0}, "args[0].innerRadius: expected `float` > 0.0".replace("`", "")),
        (Circle, {"type": "circle", "innerRadius": 1, "when": "x"}, "args[0].when: expected datetime or None, got str"),
        (Model, {"items": [{"count": 1}, {"count": 0}]}, "args[0].items[1].count: input should be greater than 0"),
        (Model, {}, "args[0].items: field required"),
        (Strict, {"n": 6}, "args[0].n: input should be less than or equal to 5"),
        (Json, [1, ["x"]], "args[0][1][0]: expected int or list, got str"),
        (Annotated[int, msgspec.Meta(ge=0)], -1, "args[0]: expected int >= 0"),
        (Annotated[str, pydantic.Field(max_length=1)], "ab", "args[0]: string should have at most 1"),
        (list[Annotated[int, msgspec.Meta(ge=0)]], [0, -1], "args[0][1]: expected int >= 0"),
        (npt.NDArray[np.float64], np.zeros(1, "c16"), "args[0]: expected an array of float64, got one of complex128"),
        (npt.NDArray[np.integer], np.zeros(1), "args[0]: expected an array of integer, got one of float64"),
        (np.ndarray[tuple[int, int], np.dtype[np.float64]], np.zeros(1), "args[0]: expected 2 dimensions, got 1"),
        (np.int8, 300, "args[0]: expected int8"),
        (re.Pattern, "a", "args[0]: expected Pattern, got str"),
        (Path, 3, "args[0]: expected Path, got int"),
    ],
    ids=repr,
)
def test_what_does_not_fit_is_named_by_its_path(hint: Any, value: Any, says: str) -> None:
    with pytest.raises(BadArguments) as caught:
        fit(value, hint)
    assert str(caught.value).startswith(says)
    assert says.startswith(f"{caught.value.path}: ")


@pytest.mark.parametrize(
    ("hint", "given", "expected"),
    [
        (np.ndarray, "f4", "f4"),
        (npt.NDArray[np.float64], "f8", "f8"),
        (npt.NDArray[np.float64], "f4", "f8"),
        (npt.NDArray[np.floating], "f4", "f4"),
        (npt.NDArray[np.bool_], "u1", "bool"),
        (npt.NDArray[Any], "u1", "u1"),
        (npt.ArrayLike, "u1", "u1"),
    ],
)
def test_arrays_are_of_the_type_that_is_asked_for(hint: Any, given: str, expected: str) -> None:
    assert fit(np.ones(3, given), hint).dtype == np.dtype(expected)


def test_an_iterator_is_one() -> None:
    assert next(fit([1, 2], Iterator[int])) == 1


@pytest.mark.parametrize("hint", [Callable, Callable[[int], int], type(len), list[Callable[[], None]]])
def test_no_function_comes_from_a_page(hint: Any) -> None:
    with pytest.raises(CannotCrossError, match="a page cannot give a function"):
        Reader().read(hint)


def test_a_cycle_in_a_value_is_refused() -> None:
    value: dict[str, Any] = {"rows": []}
    value["parent"] = value
    with pytest.raises(BadArguments, match="nested too deeply"):
        fit(value, Sheet)


def test_unions_in_unions_are_tried_once_for_each_value() -> None:
    value: Any = "no int"
    for _ in range(60):  # two ways at each level: 2^60 together
        value = {"child": value}
    with pytest.raises(BadArguments, match="child"):
        fit(value, Left | Right)


def test_the_types_of_python_3_12(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    try:
        exec("type Json = int | list[Json]\ntype Two[T] = tuple[T, T]\n", names)  # noqa: S102 -- syntax of a newer Python
    except SyntaxError:
        pytest.skip("this Python has no `type` statement")
    assert fit([1, [2]], names["Json"]) == [1, [2]]
    assert fit([1, 2], names["Two"][int]) == (1, 2)
    with pytest.raises(BadArguments, match=r"args\[0\]\[1\]: expected int, got str"):
        fit([1, "x"], names["Two"][int])


def test_it_is_a_usage_error_too() -> None:
    with pytest.raises(UsageError):
        fit("x", int)
