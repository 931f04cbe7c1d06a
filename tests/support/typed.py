"""Classes as users write them for their functions: one of each kind that a hint may name."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Generic, NamedTuple, NotRequired, Protocol, TypedDict, TypeVar

import msgspec
import pydantic

T = TypeVar("T")


class Side(enum.Enum):
    BUY = "buy"
    SELL = "sell"


class Level(enum.IntEnum):
    LOW = 1


class Bits(enum.Flag):
    A = 1
    B = 2


@dataclass
class Row:
    when: datetime
    tags: list[str] = field(default_factory=list)
    side: Side = Side.BUY


@dataclass
class Sheet:
    rows: list[Row]
    parent: Sheet | None = None


@dataclass
class Checked:
    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("Low is above high")


@dataclass
class Box(Generic[T]):
    it: T


class Filter(TypedDict):
    symbol: str
    limit: NotRequired[int]


class Loose(TypedDict, total=False):
    a: int


class Point(NamedTuple):
    x: float
    y: float = 0.0


class Circle(msgspec.Struct, tag="circle", rename="camel"):
    inner_radius: Annotated[float, msgspec.Meta(gt=0)]
    when: datetime | None = None


class Square(msgspec.Struct, tag="square"):
    side: float


class Pair(msgspec.Struct, array_like=True):
    a: int
    b: str = "x"


class Item(pydantic.BaseModel):
    count: int = pydantic.Field(gt=0)
    wait: timedelta = timedelta(0)


class Model(pydantic.BaseModel):
    items: list[Item]
    own_name: str = pydantic.Field("", alias="name")


@pydantic.dataclasses.dataclass
class Strict:
    n: Annotated[int, pydantic.Field(le=5)]


class Shaped(Protocol):
    radius: float


@dataclass
class Left:
    child: Left | Right | int


@dataclass
class Right:
    child: Left | Right | int
