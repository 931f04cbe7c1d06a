"""Shapes: what a type hint says about a value that crosses, as data. They convert nothing and write no TypeScript.

`reading` makes them of hints; `convert` fits a page's values to them, `typescript` says them in the page's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


class Shape:
    """Base of all shapes."""


@dataclass(frozen=True, eq=False)
class Anything(Shape):
    """No hint, or one that takes everything."""


@dataclass(frozen=True, eq=False)
class Plain(Shape):
    """A class with a row of its own in the tables: ``int``, ``datetime``, `Path` …"""

    kind: type


@dataclass(frozen=True, eq=False)
class Choice(Shape):
    """One of these values."""

    values: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Enumeration(Shape):
    """A member of an Enum, which crosses as its value."""

    kind: type


@dataclass(frozen=True, eq=False)
class Many(Shape):
    """Any number of items; `make` builds the collection of a list of them."""

    item: Shape
    make: Callable[[list[Any]], Any]
    name: str

    @property
    def is_set(self) -> bool:
        """Whether it crosses as a Set."""
        return self.name in {"set", "frozenset"}


@dataclass(frozen=True, eq=False)
class Fixed(Shape):
    """So many items, each with its own shape: a tuple, or a NamedTuple (which has `names`)."""

    items: Sequence[Shape]
    make: Callable[[list[Any]], Any]
    names: tuple[str, ...] = ()
    required: int = -1
    """So many must be there; -1: all."""


@dataclass(frozen=True, eq=False)
class Mapped(Shape):
    """A dict."""

    key: Shape
    value: Shape


@dataclass(frozen=True, eq=False)
class OneOf(Shape):
    """The first of these that fits."""

    members: tuple[Shape, ...]


@dataclass(frozen=True, eq=False)
class Array(Shape):
    """A numpy array. `scalar`: its numpy scalar class, or None for any; `dimensions`: None where the hint does not say."""

    scalar: type | None = None
    dimensions: int | None = None


@dataclass(frozen=True, eq=False)
class Table(Shape):
    """A table that travels as Arrow data; `kind` is pyarrow's, polars' or pandas' class for it."""

    kind: type


@dataclass(frozen=True, eq=False)
class Instance(Shape):
    """Some class of which the table of values knows nothing: what arrives must be an instance by itself."""

    kind: type


@dataclass(frozen=True, eq=False)
class Limited(Shape):
    """A shape with more to be said by a library: ``Annotated[int, msgspec.Meta(ge=0)]``."""

    inner: Shape
    limit: Callable[[Any], Any]
    """Gives the value back, or raises a ValueError."""


@dataclass(frozen=True)
class Field:
    """One field of a record. `name` as it travels, `attribute` as Python calls it."""

    name: str
    attribute: str
    shape: Shape
    required: bool = True
    doc: str = ""


@dataclass(frozen=True, eq=False)
class Record(Shape):
    """A class with named fields: dataclass, TypedDict, struct, model. Its fields are read when first asked for."""

    kind: type
    name: str
    make: Callable[[dict[str, Any]], Any]
    """Builds it of the fields that were given, by attribute. May raise TypeError or ValueError."""
    read_fields: Callable[[], list[Field]] = field(repr=False)
    lenient: bool = False
    """What does not fit a field's shape goes to `make` as it came, which judges it."""

    @cached_property
    def fields(self) -> list[Field]:
        """Its fields, in order."""
        return self.read_fields()


@dataclass(frozen=True, eq=False)
class Alias(Shape):
    """A named alias, which may name itself inside."""

    name: str
    read: Callable[[], Shape] = field(repr=False)

    @cached_property
    def target(self) -> Shape:
        """What it stands for."""
        return self.read()
