"""Reading: type hints → shapes. It knows no values; numpy, pandas, pyarrow and pydantic it knows by name only."""

from __future__ import annotations

import collections
import contextlib
import enum
import sys
import types
import typing
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import msgspec

from jupyterwin.errors import UsageError
from jupyterwin.main.types import records
from jupyterwin.main.types.plain import PLAIN
from jupyterwin.main.types.shapes import (
    Alias,
    Anything,
    Array,
    Choice,
    Enumeration,
    Fixed,
    Instance,
    Limited,
    Many,
    Mapped,
    OneOf,
    Plain,
    Shape,
    Table,
)

TABLES = {
    ("pyarrow", "Table"), ("pyarrow", "RecordBatch"), ("polars", "DataFrame"), ("pandas", "DataFrame"),
}  # fmt: skip
"""Classes that travel as Arrow data, by the first word of their module and their name."""

_MANY: dict[Any, tuple[str, Callable[[list[Any]], Any]]] = {
    list: ("list", list),
    tuple: ("tuple", tuple),
    set: ("set", set),
    frozenset: ("frozenset", frozenset),
    collections.deque: ("deque", collections.deque),
    collections.abc.Set: ("set", set),
    collections.abc.MutableSet: ("set", set),
    collections.abc.Iterator: ("list", iter),
} | {
    getattr(collections.abc, name): ("list", list)
    for name in ("Collection", "Iterable", "MutableSequence", "Reversible", "Sequence")
}
_MAPPED = (dict, collections.OrderedDict, collections.abc.Mapping, collections.abc.MutableMapping)
_FUNCTIONS = (collections.abc.Callable, types.FunctionType, types.MethodType, types.BuiltinFunctionType)
_TRANSPARENT = [
    getattr(typing, name)
    for name in ("Required", "NotRequired", "ReadOnly", "Final", "ClassVar")
    if hasattr(typing, name)
]


class CannotCrossError(UsageError):
    """No value of this hint can come from a page."""


class Reader:
    """Reads the hints of one function. A class or alias that contains itself is read once."""

    def __init__(self) -> None:
        self._named: dict[Any, Shape] = {}

    def read(self, hint: Any, known: dict[Any, Any] | None = None) -> Shape:
        """The shape of a hint; `known`: what its type variables stand for. Raises `CannotCrossError` for functions."""
        known = known or {}
        if hint in (Any, object) or isinstance(hint, str | typing.ForwardRef):
            return Anything()
        if hint is None:
            return Plain(type(None))
        if isinstance(hint, typing.TypeVar):
            return self._variable(hint, known)
        if isinstance(hint, typing.NewType):
            return self.read(hint.__supertype__, known)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is not None:
            return self._generic(hint, origin, arguments, known)
        if hasattr(hint, "__value__"):  # `type Name = …`
            return self._once(hint, lambda: Alias(hint.__name__, lambda: self.read(_value(hint))))
        return self._class(hint, (), known)

    def _once(self, key: Any, make: Callable[[], Shape]) -> Shape:
        if key not in self._named:
            self._named[key] = make()
        return self._named[key]

    def _variable(self, hint: typing.TypeVar, known: dict[Any, Any]) -> Shape:
        if hint in known:
            return self.read(known[hint])
        if hint.__constraints__:
            return OneOf(tuple(self.read(each, known) for each in hint.__constraints__))
        return self.read(hint.__bound__ or Any, known)

    def _generic(self, hint: Any, origin: Any, arguments: tuple[Any, ...], known: dict[Any, Any]) -> Shape:
        if origin is typing.Annotated:
            return self._annotated(hint, arguments, known)
        if origin in _TRANSPARENT:
            return self.read(arguments[0], known)
        if origin in {typing.Union, types.UnionType}:
            return self._union(arguments, known)
        if origin is typing.Literal:
            return Choice(arguments)
        if hasattr(origin, "__value__"):  # `type Name[T] = …`, with arguments
            return self.read(origin.__value__[arguments], known)
        return self._class(origin, arguments, known)

    def _annotated(self, hint: Any, arguments: tuple[Any, ...], known: dict[Any, Any]) -> Shape:
        inner = self.read(arguments[0], known)
        limit = _limit(hint, arguments[1:])
        return Limited(inner, limit) if limit else inner

    def _union(self, arguments: tuple[Any, ...], known: dict[Any, Any]) -> Shape:
        members, problem = [], None
        for each in arguments:
            try:
                members.append(self.read(each, known))
            except CannotCrossError as refused:  # the others can
                problem = refused
        if problem is not None and not members:
            raise problem
        return members[0] if len(members) == 1 else OneOf(tuple(members))

    def _class(self, kind: Any, arguments: tuple[Any, ...], known: dict[Any, Any]) -> Shape:
        if kind in _FUNCTIONS:
            raise CannotCrossError("a page cannot give a function; let the page listen to a channel, or handle one")
        if kind is tuple and arguments and not (len(arguments) == 2 and arguments[1] is ...):
            return Fixed([self.read(each, known) for each in arguments if each != ()], tuple)
        if kind in _MANY:
            name, make = _MANY[kind]
            return Many(self.read(arguments[0], known) if arguments else Anything(), make, name)
        if kind in _MAPPED:
            key, value = arguments or (Any, Any)
            return Mapped(self.read(key, known), self.read(value, known))
        if not isinstance(kind, type):
            return Anything()
        return self._once((kind, arguments), lambda: self._concrete(kind, arguments, known))

    def _concrete(self, kind: type, arguments: tuple[Any, ...], known: dict[Any, Any]) -> Shape:
        if kind in PLAIN or issubclass(kind, PurePath):
            return Plain(kind)
        if issubclass(kind, enum.Enum):
            return Enumeration(kind)
        bound = [known.get(each, each) for each in arguments]
        record = records.record(kind, bound, self.read)
        if record is not None:
            return record
        library = kind.__module__.partition(".")[0]
        if (library, kind.__name__) in TABLES:
            return Table(kind)
        if library == "numpy":
            return _of_numpy(kind, arguments)
        if getattr(kind, "_is_protocol", False):
            return Anything()
        return Instance(kind)


def _value(alias: Any) -> Any:
    """What an alias stands for, names in strings looked up."""
    with contextlib.suppress(Exception):  # a name that is not there
        return records.resolved(alias.__value__, vars(sys.modules[alias.__module__]))
    return alias.__value__


def _of_numpy(kind: type, arguments: tuple[Any, ...]) -> Shape:
    if kind.__name__ != "ndarray":
        return Plain(kind) if any(base.__name__ == "generic" for base in kind.__mro__) else Instance(kind)
    scalar, dimensions = None, None
    with contextlib.suppress(IndexError):
        inner = typing.get_args(arguments[1])[0]
        scalar = inner if isinstance(inner, type) and inner.__name__ not in {"generic", "Any"} else None
    sides = typing.get_args(arguments[0]) if arguments else ()
    if sides and ... not in sides:
        dimensions = len(sides)
    return Array(scalar, dimensions)


def _limit(hint: Any, metadata: tuple[Any, ...]) -> Callable[[Any], Any] | None:
    """What a library checks besides: msgspec by its `Meta`, pydantic by its `Field` and its like."""
    if any(isinstance(each, msgspec.Meta) for each in metadata):
        return lambda value: msgspec.convert(value, hint, builtin_types=tuple(PLAIN.keys() & records.BUILT_IN))
    if any(type(each).__module__.partition(".")[0] in {"pydantic", "annotated_types"} for each in metadata):
        try:
            from pydantic import ConfigDict, TypeAdapter
        except ImportError:
            return None
        try:
            adapter = TypeAdapter(hint, config=ConfigDict(arbitrary_types_allowed=True))
        except TypeError:  # a model has a config of its own
            adapter = TypeAdapter(hint)
        except Exception:  # noqa: BLE001 -- not for pydantic, after all
            return None
        return adapter.validate_python
    return None
