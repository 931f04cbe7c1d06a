"""What an exposed function takes from a page: every way to write a parameter, and every way to get it wrong."""

from __future__ import annotations

import functools
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypedDict

import numpy as np
import pytest

import jupyterwin as jw
from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.testing import DEADLINE, CallFuture, HeadlessApp
from jupyterwin.wire.frames import Invoke


class Side(Enum):
    BUY = "buy"


class Row(TypedDict, total=False):
    symbol: str


@dataclass
class Circle:
    radius: float


@dataclass
class Square:
    side: float


def call(app: HeadlessApp, fn: Callable[..., Any], *args: Any, name: str = "fn") -> Any:
    return app.page(app.open(f"a{len(app.windows)}", expose={name: fn})).call(name, *args)


def kind(app: HeadlessApp, hint: Any, value: Any) -> str:
    """The class of what a function gets whose one parameter has this hint."""

    def fn(it: Any) -> str:
        return type(it).__name__

    fn.__annotations__ = {"it": hint}
    return str(call(app, fn, value))


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (int, -0.0, "int"),  # JavaScript's Math.round(-0.2)
        (list[int], [1, -0.0], "list"),
        (float, 3, "float"),
        (int | str, "x", "str"),
        (int | None, None, "NoneType"),
        (Literal["a", "b"], "a", "str"),
        (Side, "buy", "Side"),
        (Row, {"symbol": "x"}, "dict"),
        (Circle, {"radius": 1}, "Circle"),
        (Circle | Square, {"side": 1}, "Square"),
        (bytes, b"x", "bytes"),
        (bytes, np.zeros(2, "u1"), "bytes"),
        (list[bytes], [np.zeros(2, "u1")], "list"),
        (datetime, datetime.now(UTC), "datetime"),
        (timedelta, 1500, "timedelta"),
        (Path, "a/b", "PosixPath"),
        (complex, 2, "complex"),
        (np.ndarray, np.zeros(2), "ndarray"),
        (np.ndarray | None, None, "NoneType"),
        (list[np.ndarray], [np.zeros(1)], "list"),
        (set[int], {1}, "set"),
        (tuple[int, str], [1, "x"], "tuple"),
        (dict[str, list[int]], {"x": [1]}, "dict"),
        ("int", 3, "int"),
        ("NoSuchName", 3, "int"),
        (object, 3, "int"),
        (Any, 3, "int"),
    ],
)
def test_what_fits(app: HeadlessApp, hint: Any, value: Any, expected: str) -> None:
    assert kind(app, hint, value) == expected


@pytest.mark.parametrize(
    ("hint", "value", "says"),
    [
        (int, "3", "args[0]: expected int, got str"),
        (int, True, "args[0]: expected int, got bool"),
        (bytes, "aGk=", "args[0]: expected bytes, got str"),
        (list[bytes], ["aGk="], "args[0][0]: expected bytes, got str"),
        (Literal["a"], "b", "args[0]: "),
        (Side, "sell", "args[0]: "),
        (Circle | Square, {"x": 1}, "args[0].radius: a Circle needs 'radius'; or args[0].side: "),
        (np.ndarray, [1], "args[0]: expected ndarray, got list"),
        (list[np.ndarray], [np.zeros(1), 3], "args[0][1]: expected ndarray, got int"),
        (np.ndarray | None, 3, "args[0]: expected ndarray or None, got int"),
        (dict[str, int], {"x": "y"}, "args[0].x: expected int, got str"),
        (tuple[int, str], [1], "args[0]: "),
        (Path, 3, "args[0]: expected Path, got int"),
        (timedelta, "soon", "args[0]: "),
    ],
)
def test_what_does_not_fit(app: HeadlessApp, hint: Any, value: Any, says: str) -> None:
    with pytest.raises(BadArguments, match=re.escape(says)):
        kind(app, hint, value)


def first(event: IpcEvent, name: str, count: int = 1) -> list[Any]:
    return [event.window.name, name, count]


def middle(name: str, event: jw.IpcEvent, count: int = 1) -> list[Any]:
    return [event.window.name, name, count]


def behind_a_default(name: str, count: int = 1, event: IpcEvent | None = None) -> list[Any]:
    assert event is not None
    return [event.window.name, name, count]


def keyword_only(name: str, *, count: int = 1, event: IpcEvent) -> list[Any]:
    return [event.window.name, name, count]


def unknown_hints(name: NoSuchType, event: nowhere.IpcEvent, count: int = 1) -> list[Any]:  # type: ignore[name-defined]  # noqa: F821 -- the point
    return [event.window.name, name, count]


class Board:
    def method(self, event: IpcEvent, name: str, count: int = 1) -> list[Any]:
        return [event.window.name, name, count]

    def __call__(self, event: IpcEvent, name: str, count: int = 1) -> list[Any]:
        return [event.window.name, name, count]


def with_more(more: str, event: IpcEvent, name: str, count: int = 1) -> list[Any]:
    return [event.window.name, name, count]


@pytest.mark.parametrize(
    "fn",
    [
        *[first, middle, behind_a_default, keyword_only, unknown_hints, Board().method, Board()],
        functools.partial(with_more, "more"),
        functools.lru_cache(first),
    ],
)
def test_the_event_goes_where_it_is_declared(app: HeadlessApp, fn: Callable[..., Any]) -> None:
    assert call(app, fn, "x") == ["a0", "x", 1]
    more: Any = {"count": 7} if fn is keyword_only else 7
    assert call(app, fn, "x", more) == ["a1", "x", 7]
    wrong: Any = {"count": "7"} if fn is keyword_only else "7"
    with pytest.raises(BadArguments, match="expected int, got str"):
        call(app, fn, "x", wrong)


@pytest.mark.parametrize(("fn", "args"), [(max, [1, 2]), (print, ["x"]), (np.add, [1, 2]), (abs, [-1])])
def test_builtins_can_be_exposed(
    app: HeadlessApp, fn: Any, args: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(app, fn, *args) == fn(*args)
    capsys.readouterr()


def test_a_class_is_its_constructor(app: HeadlessApp) -> None:
    assert call(app, Circle, 2) == {"radius": 2}
    with pytest.raises(BadArguments, match="expected float, got str"):
        call(app, Circle, "2")


def test_what_has_no_name_asks_for_one(app: HeadlessApp) -> None:
    with pytest.raises(UsageError, match="give a dict"):
        app.open("a", expose=[functools.partial(max, 1)])


class Ticker:
    async def __call__(self, count: int) -> int:
        return count


async def add(more: int, count: int) -> int:
    return more + count


async def ticks(count: int) -> AsyncIterator[int]:
    for n in range(count):
        yield n


def test_async_callables_of_every_kind_run_in_the_loop(app: HeadlessApp) -> None:
    assert call(app, Ticker(), 3) == 3
    assert call(app, functools.partial(add, 1), 3) == 4
    page = app.page(app.open("b", expose={"ticks": functools.partial(ticks, 3)}))
    stream = page.invoke("ticks", stream=True)
    page.credit(stream, 10)
    stream.result(DEADLINE)
    assert page.items[stream.number] == [0, 1, 2]


def guarded(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def checked(*args: Any) -> Any:
        return ["checked", fn(*args)]

    return checked


def secret(count: int) -> int:
    return count


def test_a_wrapper_is_not_taken_for_what_it_wraps(app: HeadlessApp) -> None:
    """It bears the other's name and module, and may be there to protect it."""
    assert call(app, guarded(secret), 3) == ["checked", 3]


def side_of(it: Side) -> str:
    return type(it).__name__


def test_a_wrapper_has_the_hints_of_what_it_wraps(app: HeadlessApp) -> None:
    assert call(app, functools.lru_cache(side_of), "buy") == "Side"


def test_undefined_means_the_default(app: HeadlessApp) -> None:
    def fn(a: int = 1, b: int = 2, *rest: int, c: int = 3) -> list[Any]:
        return [a, b, list(rest), c]

    window = app.open("a", expose={"fn": fn, "secret": secret})
    page = app.page(window)
    undefined = {"$": "undef"}

    def raw(*args: Any, name: str = "fn") -> Any:
        future = CallFuture(next(page._ids))
        page._calls[future.number] = future
        page.push(Invoke(future.number, name, list(args)))
        return future.result(DEADLINE)

    assert raw(undefined, 5) == [1, 5, [], 3]
    assert raw(5, undefined, 6) == [5, 2, [6], 3]
    assert raw(undefined, undefined, {"c": undefined}) == [1, 2, [], 3]
    assert raw(7, undefined, name="secret") == 7  # one too many, that says nothing
    with pytest.raises(BadArguments):
        raw(None)
