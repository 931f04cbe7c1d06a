"""Convert: a page's value as its shape says, or `BadArguments` with the path of what does not fit. It reads no hints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from jupyterwin.errors import BadArguments
from jupyterwin.main.types.plain import Misfit, plain
from jupyterwin.main.types.shapes import (
    Alias,
    Anything,
    Array,
    Choice,
    Enumeration,
    Field,
    Fixed,
    Instance,
    Limited,
    Many,
    Mapped,
    OneOf,
    Plain,
    Record,
    Shape,
    Table,
)
from jupyterwin.main.types.tables import table

_SHOWN = 100
"""Characters of a page's key, or of its value, in a message."""


_LONGEST = 300
"""Characters that one member of a union may say."""


def convert(value: Any, shape: Shape, path: str) -> Any:
    """`value` as `shape` says, collections and records built anew. Raises `BadArguments`."""
    try:
        return Converter().convert(value, shape, path)
    except RecursionError as problem:
        raise BadArguments(f"{path}: nested too deeply", path) from problem


class Converter:
    """One pass over one value."""

    def __init__(self) -> None:
        # Of values and unions that did not fit: where unions hold unions, each is tried once, not once for each way to it.
        self._misfits: dict[tuple[int, int], BadArguments] = {}

    def convert(self, value: Any, shape: Shape, path: str) -> Any:
        """As the function of this name."""
        return _TABLE[type(shape)](self, value, shape, path)

    def plain(self, value: Any, shape: Plain, path: str) -> Any:
        try:
            return plain(shape.kind, value)
        except Misfit as problem:
            more = f", {problem}" if problem.args else ""
            raise _refused(path, name_of(shape) + more, value) from problem

    def choice(self, value: Any, shape: Choice, path: str) -> Any:
        for each in shape.values:
            if _travels_as(value, each.value if isinstance(each, Enum) else each):
                return each
        raise _no_choice(path, shape.values, value)

    def enumeration(self, value: Any, shape: Enumeration, path: str) -> Any:
        for each in shape.kind:  # type: ignore[attr-defined]  # an Enum
            if _travels_as(value, each.value):
                return each
        try:
            return shape.kind(value)  # a Flag's combination, or its own `_missing_`
        except (ValueError, TypeError) as problem:
            raise _no_choice(path, [each.value for each in shape.kind], value) from problem  # type: ignore[attr-defined]  # an Enum

    def many(self, value: Any, shape: Many, path: str) -> Any:
        if not isinstance(value, list | set if shape.is_set else list):
            raise _refused(path, shape.name, value)
        items = [self.convert(item, shape.item, f"{path}[{index}]") for index, item in enumerate(value)]
        return self._made(shape.make, items, path)

    def fixed(self, value: Any, shape: Fixed, path: str) -> Any:
        required = len(shape.items) if shape.required < 0 else shape.required
        if not isinstance(value, list):
            raise _refused(path, "list", value)
        if not required <= len(value) <= len(shape.items):
            raise BadArguments(f"{path}: expected {len(shape.items)} items, got {len(value)}", path)
        pairs = zip(value, shape.items, strict=False)
        items = [self.convert(item, each, f"{path}[{index}]") for index, (item, each) in enumerate(pairs)]
        return self._made(shape.make, items, path)

    def mapped(self, value: Any, shape: Mapped, path: str) -> Any:
        if not isinstance(value, dict):
            raise _refused(path, "dict", value)
        return {
            self.convert(key, shape.key, f"{path}.<key>"): self.convert(item, shape.value, at(path, key))
            for key, item in value.items()
        }

    def record(self, value: Any, shape: Record, path: str) -> Any:
        if not isinstance(value, dict):
            raise _refused(path, shape.name, value)
        given = {}
        for field in shape.fields:
            where = at(path, field.name)
            if field.name in value:
                fits, item = self._field(value[field.name], field, shape, where)
                if fits:
                    given[field.attribute] = item
            elif field.required and not shape.lenient:
                raise BadArguments(f"{where}: a {shape.name} needs {field.name!r}", where)
        if shape.lenient:
            given = {**value, **given}
        return self._made(shape.make, given, path)

    def _field(self, value: Any, field: Field, shape: Record, where: str) -> tuple[bool, Any]:
        try:
            return True, self.convert(value, field.shape, where)
        except BadArguments:
            if shape.lenient:
                return False, None
            if value is None and not field.required:
                return False, None  # `undefined`: left to the default
            raise

    def one_of(self, value: Any, shape: OneOf, path: str) -> Any:
        key = id(value), id(shape)
        if key in self._misfits:
            raise self._misfits[key]
        problems = []
        for member in shape.members:
            try:
                return self.convert(value, member, path)
            except BadArguments as problem:
                problems.append(problem)
        # Members of the right kind have found fault with something inside; the others have nothing to say.
        inside = [problem for problem in problems if problem.path != path]
        if len(inside) == 1:
            found = inside[0]
        elif inside:
            # Cut, or what unions in unions say would double at each level.
            found = BadArguments("; or ".join(str(problem)[:_LONGEST] for problem in inside), path)
        else:
            found = _refused(path, " or ".join(dict.fromkeys(name_of(each) for each in shape.members)), value)
        self._misfits[key] = found
        raise found

    def array(self, value: Any, shape: Array, path: str) -> Any:
        np = sys.modules.get("numpy")
        if np is None or not isinstance(value, np.ndarray):
            raise _refused(path, "ndarray", value)
        if shape.dimensions is not None and value.ndim != shape.dimensions:
            raise BadArguments(f"{path}: expected {shape.dimensions} dimensions, got {value.ndim}", path)
        if shape.scalar is None or issubclass(value.dtype.type, shape.scalar):
            return value
        try:
            if value.dtype == "uint8" and shape.scalar is np.bool_:
                return value.astype(bool)  # as arrays of bool go out
            wanted = np.dtype(shape.scalar)
            if np.can_cast(value.dtype, wanted, "safe"):
                return value.astype(wanted)
        except TypeError:
            pass  # an abstract scalar, np.floating: no dtype
        raise BadArguments(f"{path}: expected an array of {shape.scalar.__name__}, got one of {value.dtype}", path)

    def table(self, value: Any, shape: Table, path: str) -> Any:
        try:
            return table(shape.kind, value)
        except Misfit as problem:
            more = f", {problem}" if problem.args else ""
            raise _refused(path, shape.kind.__name__ + more, value) from problem

    def instance(self, value: Any, shape: Instance, path: str) -> Any:
        if not isinstance(value, shape.kind):
            raise _refused(path, shape.kind.__name__, value)
        return value

    def limited(self, value: Any, shape: Limited, path: str) -> Any:
        return self._made(shape.limit, self.convert(value, shape.inner, path), path)

    @staticmethod
    def _made(make: Callable[[Any], Any], given: Any, path: str) -> Any:
        try:
            return make(given)
        except BadArguments:
            raise
        except (TypeError, ValueError) as problem:
            raise _said(problem, path) from problem


def _said(problem: Exception, path: str) -> BadArguments:
    """What a class said against its fields; pydantic says it field by field, with the way to each."""
    errors = getattr(problem, "errors", None)
    if callable(errors):
        said = errors()[0]
        for step in said["loc"]:
            path = at(path, step)
        return BadArguments(f"{path}: {said['msg'][:1].lower()}{said['msg'][1:]}", path)
    text, _, inside = str(problem).partition(" - at `$")
    path += inside.rstrip("`")
    return BadArguments(f"{path}: {text[:1].lower()}{text[1:]}".replace("`", ""), path)


def at(path: str, step: Any) -> str:
    """The path one step further: a key or an index."""
    if isinstance(step, str) and step.isidentifier():
        return f"{path}.{step[:_SHOWN]}"
    return f"{path}[{repr(step)[:_SHOWN]}]"


def name_of(shape: Shape) -> str:
    """What a shape is called in a message."""
    if isinstance(shape, Alias):
        return name_of(shape.target)
    if isinstance(shape, Plain):
        return "None" if shape.kind is type(None) else shape.kind.__name__
    if isinstance(shape, Choice):
        return "one of " + ", ".join(map(repr, shape.values))
    if isinstance(shape, Record | Many | OneOf):
        return shape.name if not isinstance(shape, OneOf) else " or ".join(map(name_of, shape.members))
    if isinstance(shape, Enumeration | Instance | Table):
        return shape.kind.__name__
    return _NAMES.get(type(shape), "value")


def _travels_as(value: Any, ours: Any) -> bool:
    """Whether `value` is what `ours` is when it has crossed. True is not 1 there."""
    plain_value = list(ours) if isinstance(ours, tuple) else ours
    return bool(value == plain_value) and isinstance(value, bool) == isinstance(plain_value, bool)


def _refused(path: str, expected: str, value: Any) -> BadArguments:
    return BadArguments(f"{path}: expected {expected}, got {type(value).__name__}", path)


def _no_choice(path: str, values: Any, value: Any) -> BadArguments:
    choices = ", ".join(repr(each) for each in values)
    return BadArguments(f"{path}: expected one of {choices}, got {repr(value)[:_SHOWN]}", path)


_NAMES = {Fixed: "list", Mapped: "dict", Array: "ndarray"}
_TABLE: Mapping[type[Shape], Callable[[Converter, Any, Any, str], Any]] = {
    Anything: lambda _converter, value, _shape, _path: value,
    Alias: lambda converter, value, shape, path: converter.convert(value, shape.target, path),
    Plain: Converter.plain,
    Choice: Converter.choice,
    Enumeration: Converter.enumeration,
    Many: Converter.many,
    Fixed: Converter.fixed,
    Mapped: Converter.mapped,
    Record: Converter.record,
    OneOf: Converter.one_of,
    Array: Converter.array,
    Table: Converter.table,
    Instance: Converter.instance,
    Limited: Converter.limited,
}
