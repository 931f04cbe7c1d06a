"""A module whose functions a page calls: one of each kind that a type can be."""

from __future__ import annotations

import enum
import functools
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, NamedTuple, NewType, NotRequired, TypeAlias, TypedDict, TypeVar
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pydantic import BaseModel, Field

from jupyterwin import IpcEvent

__all__ = [
    "area",
    "chart",
    "delete",
    "find",
    "fit",
    "history",
    "load",
    "mean",
    "model",
    "move",
    "nothing",
    "page",
    "place",
    "quick",
    "quote",
    "search",
    "shout",
    "slow",
    "ticks",
    "tree",
    "untyped",
    "watch",
    "when",
]

T = TypeVar("T")
Symbol = NewType("Symbol", str)
Prices: TypeAlias = list[float]


class Side(enum.Enum):
    """Which way."""

    BUY = "buy"
    SELL = "sell"


@dataclass
class Leg:
    """One leg of an order."""

    symbol: Symbol
    amount: Decimal = Decimal(1)


@dataclass
class Order:
    """An order."""

    side: Side
    legs: list[Leg]
    placed: datetime
    due: date | None = None
    parent: Order | None = None


class Filter(TypedDict):
    """What to look for."""

    symbol: str
    limit: NotRequired[int]


class Circle(msgspec.Struct, tag="circle"):
    """Round."""

    radius: Annotated[float, msgspec.Meta(gt=0)]


class Square(msgspec.Struct, tag="square", rename="camel"):
    """Not round."""

    side_length: float


class Model(BaseModel):
    """A model of pydantic's."""

    count: int = Field(gt=0, description="how many")
    names: list[str] = []


class Point(NamedTuple):
    """A place."""

    x: float
    y: float = 0.0


class Map(TypedDict):
    """A name that TypeScript has already."""

    zoom: int


@dataclass
class Page(Generic[T]):
    """Some of many."""

    items: list[T]
    more: bool


@dataclass
class Tree:
    """Holds itself."""

    children: list[Tree]


def quote(symbol: Symbol, days: int = 30) -> Prices:
    """Prices of a symbol.

    The newest comes last. A comment cannot be ended from here: */
    """
    return [1.0] * days if symbol else []


def place(order: Order, *, dry: bool = False, limit: Annotated[int, Field(gt=3)]) -> Order:
    """Place an order."""
    del dry, limit
    return order


def find(where: Filter, event: IpcEvent, *more: int) -> dict[str, Filter]:
    """Find."""
    return {event.channel: where} if more else {}


def area(shape: Circle | Square) -> float:
    """Area."""
    return shape.radius if isinstance(shape, Circle) else shape.side_length


def model(it: Model) -> Model:
    """A model."""
    return it


def move(point: Point, by: tuple[int, str] = (0, "")) -> Point:
    """Move."""
    del by
    return point


async def load(path: Path = Path(), *, fast: bool = True) -> pa.Table:
    """Load."""
    return pa.table({"path": [str(path)], "fast": [fast]})


def history(table: pd.DataFrame) -> pd.DataFrame:
    """History."""
    return table


def ticks(symbol: str) -> Iterator[Leg]:
    """Ticks."""
    yield Leg(Symbol(symbol))


async def watch(symbol: str, every: timedelta) -> AsyncIterator[float]:
    """Watch."""
    yield every.total_seconds() if symbol else 0


def fit(
    xs: npt.NDArray[np.float64], kind: Literal["line", "curve", 3] = "line"
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Fit."""
    return xs.astype("int64").reshape(1, -1) if kind else np.zeros((0, 0), "int64")


def mean(values: Sequence[float] | None, weights: Mapping[int, float]) -> float | None:
    """Mean."""
    return values[0] if values and weights else None


def untyped(a, b=1, *args, c=2, **others):
    """Untyped."""
    return [a, b, args, c, others]


def delete(this: int | None, names: set[str], raw: bytes) -> tuple[bytes, set[str]]:
    """A name that JavaScript has a use for, and parameters too."""
    return raw, names | {str(this)}


def when(day: date, at: time, key: UUID, where: Map) -> list[Any]:
    """When."""
    return [day, at, key, where]


def page(number: int) -> Page[Leg]:
    """One page."""
    return Page([], bool(number))


def tree(root: Tree) -> Tree:
    """Tree."""
    return root


def nothing(callback: Callable[[], None] | None = None) -> None:
    """Nothing."""
    del callback


def slow() -> Future[int]:
    """Slow."""
    return Future()


def logged(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate."""

    @functools.wraps(fn)
    def inner(*args: Any, **options: Any) -> Any:
        return fn(*args, **options)

    return inner


@logged
def shout(text: str, times: int = 1) -> str:
    """Shout."""
    return text.upper() * times


class Desk:
    """Has methods."""

    def search(self, where: Filter) -> int:
        """Search."""
        return len(where)


search = Desk().search
quick = functools.partial(quote, days=1)


def chart() -> Map:
    """Chart."""
    return {"zoom": 1}


def _private() -> None:
    """Not for pages."""
