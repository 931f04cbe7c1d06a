"""Functions behind wrappers, methods and partials: what they are is found out, and their hints too."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.testing import DEADLINE, HeadlessApp


def logged(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def inner(*args: Any, **options: Any) -> Any:
        return fn(*args, **options)

    return inner


@logged
def plain(count: int) -> int:
    return count


@logged
async def later(count: int) -> int:
    await asyncio.sleep(0)
    return count


@logged
def ticks(count: int) -> Iterator[int]:
    yield from range(count)


@logged
async def late_ticks(count: int) -> AsyncIterator[int]:
    for n in range(count):
        await asyncio.sleep(0)
        yield n


class Desk:
    @logged
    async def later(self, count: int) -> int:
        return count

    @classmethod
    def of_class(cls, count: int) -> int:
        return count

    @staticmethod
    def of_nobody(count: int) -> int:
        return count


@pytest.mark.parametrize(
    "fn",
    [
        plain,
        later,
        Desk().later,
        Desk.of_class,
        Desk.of_nobody,
        functools.partial(later),
        logged(functools.partial(plain)),
    ],
)
def test_a_wrapped_function_answers_and_is_checked(app: HeadlessApp, fn: Callable[..., Any]) -> None:
    page = app.page(app.open("a", expose={"fn": fn}))
    assert page.call("fn", 3) == 3
    with pytest.raises(BadArguments, match=r"args\[0\]: expected int, got str"):
        page.call("fn", "3")


@pytest.mark.parametrize("fn", [ticks, late_ticks, functools.partial(late_ticks)])
def test_a_wrapped_generator_is_a_stream(app: HeadlessApp, fn: Callable[..., Any]) -> None:
    page = app.page(app.open("a", expose={"fn": fn}))
    stream = page.invoke("fn", 3, stream=True)
    page.credit(stream, 10)
    stream.result(DEADLINE)
    assert page.items[stream.number] == [0, 1, 2]


def test_a_wrapped_async_function_is_cancelled_when_nobody_waits(app: HeadlessApp) -> None:
    started, ended = threading.Event(), threading.Event()

    @logged
    async def hang() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    page = app.page(app.open("a", expose=[hang]))
    call = page.invoke("hang")
    assert started.wait(DEADLINE)
    page.cancel(call)
    assert ended.wait(DEADLINE)


def test_a_function_is_nothing_to_give_and_the_exposure_says_so(app: HeadlessApp) -> None:
    def watch(callback: Callable[[int], None]) -> None:
        """Watch."""

    with pytest.raises(UsageError, match=r"watch: the parameter 'callback': a page cannot give a function"):
        app.open("a", expose=[watch])


def test_a_function_that_need_not_be_given_is_none(app: HeadlessApp) -> None:
    def watch(count: int, callback: Callable[[int], None] | None = None) -> bool:
        """Watch."""
        return callback is None and count > 0

    page = app.page(app.open("a", expose=[watch]))
    assert page.call("watch", 1) is True
    with pytest.raises(BadArguments, match=r"args\[1\]: expected None, got str"):
        page.call("watch", 1, "x")
