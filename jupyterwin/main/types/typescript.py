"""TypeScript of shapes: what a page may give, and what it gets. It knows no functions and writes no file.

Named classes and aliases are collected on the way, each once for each direction it is used in.
"""

from __future__ import annotations

import enum
import inspect
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

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
    Record,
    Shape,
    Table,
)
from jupyterwin.wire.scientific import TYPED_ARRAYS

Way = Literal["in", "out"]
"""``in``: what a page gives; ``out``: what it gets."""

NAMESPACE = "kernel"
"""The named types are members of a namespace that merges with the object `kernel`, so that pages can name them."""

# Class → what a page may give, and what it gets.
PLAIN: dict[type, tuple[str, str]] = {
    type(None): ("null", "null"),
    bool: ("boolean", "boolean"),
    int: ("number", "number"),
    float: ("number", "number"),
    complex: ("number", "unknown"),
    str: ("string", "string"),
    bytes: ("jupyterwin.Bytes", "ArrayBuffer"),
    bytearray: ("jupyterwin.Bytes", "ArrayBuffer"),
    memoryview: ("jupyterwin.Bytes", "ArrayBuffer"),
    datetime: ("Date", "Date"),
    date: ("string", "string"),
    time: ("string", "string"),
    timedelta: ("number", "number"),
    Decimal: ("string | number", "string"),
    UUID: ("string", "string"),
    re.Pattern: ("RegExp", "RegExp"),
}
NOTES: dict[type, str] = {
    date: "a date: 2026-01-31",
    time: "a time of day: 12:30:00",
    timedelta: "milliseconds",
    Decimal: "a decimal number",
    UUID: "a UUID",
}
"""What the TypeScript of a class does not say by itself: goes into the comment of a field."""

_TAKEN = {"Date", "Map", "Set", "Promise", "Record", "ReadonlyMap", "ReadonlySet", "RegExp", "Error", "ArrayBuffer"} | {
    "AsyncIterableIterator", "Array", *TYPED_ARRAYS.values(), "Uint8ClampedArray", "jupyterwin", "kernel", "Kernel",
    "any", "unknown", "never", "object", "string", "number", "boolean", "symbol", "bigint", "void", "undefined", "null",
}  # fmt: skip
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)


class TypeScript:
    """Says shapes in TypeScript, and collects what they name."""

    def __init__(self, *, split: bool = True) -> None:
        self.declarations: dict[str, str] = {}
        """By name, in the order of their first use."""
        self._names: dict[tuple[Any, Way], str] = {}
        self._split = split

    def text(self, shape: Shape, way: Way) -> str:
        """The type as an expression."""
        return _TABLE[type(shape)](self, shape, way)

    # -------------------------------------------------- one shape after another

    def plain(self, shape: Plain, way: Way) -> str:
        for base in shape.kind.__mro__:
            if base in PLAIN:
                return PLAIN[base][way == "out"]
            if base.__name__ in _BY_NAME:
                return _BY_NAME[base.__name__]
        return "unknown"

    def choice(self, shape: Choice, _way: Way) -> str:
        return either([literal(each) for each in shape.values])

    def enumeration(self, shape: Enumeration, _way: Way) -> str:
        members = list(shape.kind)  # type: ignore[call-overload]  # an Enum
        values = [literal(each.value) for each in members]
        if issubclass(shape.kind, enum.Flag):
            values = ["number"]
        return self._declared(
            shape.kind, "out", shape.kind.__name__, lambda name: f"type {name} = {either(values) or 'never'};"
        )

    def many(self, shape: Many, way: Way) -> str:
        item = self.text(shape.item, way)
        if shape.is_set:
            return f"ReadonlySet<{item}> | readonly {_grouped(item)}[]" if way == "in" else f"Set<{item}>"
        return f"{'readonly ' if way == 'in' else ''}{_grouped(item)}[]"

    def fixed(self, shape: Fixed, way: Way) -> str:
        required = len(shape.items) if shape.required < 0 or way == "out" else shape.required
        parts = []
        for index, item in enumerate(shape.items):
            optional = "?" if index >= required else ""
            text = self.text(item, way)
            if shape.names:
                parts.append(f"{parameter(shape.names[index])}{optional}: {text}")
            else:
                parts.append(f"{_grouped(text)}{optional}")
        return f"{'readonly ' if way == 'in' else ''}[{', '.join(parts)}]"

    def mapped(self, shape: Mapped, way: Way) -> str:
        value, name = self.text(shape.value, way), self.text(shape.key, way)
        if isinstance(shape.key, Plain | Anything) and getattr(shape.key, "kind", str) is str:
            return f"{{ {'readonly ' if way == 'in' else ''}[key: string]: {value} }}"
        if way == "out" and _is_text(shape.key):
            return f"{{ [key in {name}]?: {value} }}"
        return f"ReadonlyMap<{name}, {value}>" if way == "in" else f"Map<{name}, {value}>"

    def one_of(self, shape: OneOf, way: Way) -> str:
        return either([self.text(each, way) for each in shape.members])

    def array(self, shape: Array, way: Way) -> str:
        name = "jupyterwin.TypedArray"
        if shape.scalar is not None:
            name = _typed_array(shape.scalar) or name
        shaped = f"jupyterwin.Shaped<{name}>"
        if shape.dimensions is None:
            return f"{name} | {shaped}" if way == "in" else name
        return name if shape.dimensions == 1 else shaped

    def table(self, _shape: Table, way: Way) -> str:
        return "jupyterwin.ArrowTable | jupyterwin.Bytes" if way == "in" else "jupyterwin.ArrowTable"

    def instance(self, shape: Instance, way: Way) -> str:
        if issubclass(shape.kind, BaseException):
            return "Error"
        return "unknown" if way == "in" else "any"

    def limited(self, shape: Limited, way: Way) -> str:
        return self.text(shape.inner, way)

    def record(self, shape: Record, way: Way) -> str:
        return self._both_ways(shape.kind, shape, way, lambda name, way: self._interface(name, shape, way))

    def alias(self, shape: Alias, way: Way) -> str:
        return self._both_ways(shape, shape, way, lambda name, way: f"type {name} = {self.text(shape.target, way)};")

    def _interface(self, name: str, shape: Record, way: Way) -> str:
        # What has a default may be left out by the page, and is there when it comes from Python; but for a TypedDict's key.
        may_lack = way == "in" or hasattr(shape.kind, "__total__")
        lines = []
        for each in shape.fields:
            optional = "?" if may_lack and not each.required else ""
            lines += comment(each.doc or note(each.shape))
            lines.append(f"readonly {key(each.name)}{optional}: {self.text(each.shape, way)};")
        return "\n".join([*comment(own_doc(shape.kind)), f"interface {name} {{", *(f"  {line}" for line in lines), "}"])

    # -------------------------------------------------- names

    def _both_ways(self, identity: Any, shape: Record | Alias, way: Way, declare: Callable[[str, Way], str]) -> str:
        """One name where both ways are the same, else `Order` for what the page gets and `OrderInput` for what it gives."""
        if self._split and way == "in" and (identity, way) not in self._names and _same_both_ways(shape):
            way = "out"
        name = f"{shape.name}Input" if way == "in" and self._split else shape.name
        return self._declared(identity, way, name, lambda own: declare(own, way))

    def _declared(self, identity: Any, way: Way, wanted: str, declare: Callable[[str], str]) -> str:
        name = self._names.get((identity, way))
        if name is None:
            name = self._names[identity, way] = self._free(wanted)
            self.declarations[name] = ""  # its place, before those that it names itself
            self.declarations[name] = declare(name)
        return f"{NAMESPACE}.{name}"

    def declare(self, wanted: str, make: Callable[[str], str]) -> str:
        """Declare something of one's own, under a free name, which `make` is given and which is returned."""
        name = self._free(wanted)
        self.declarations[name] = ""
        self.declarations[name] = make(name)
        return name

    def _free(self, wanted: str) -> str:
        base = re.sub(r"\W", "_", wanted)
        name = base = f"{base}_" if base in _TAKEN or not base.isidentifier() else base
        number = 1
        while name in self.declarations:
            number += 1
            name = f"{base}{number}"
        return name


def _same_both_ways(shape: Shape) -> bool:
    given, got = TypeScript(split=False), TypeScript(split=False)
    given.text(shape, "in")
    got.text(shape, "out")
    return given.declarations == got.declarations


# -------------------------------------------------- words


def comment(text: str) -> list[str]:
    """A JSDoc comment, as lines."""
    lines = text.strip().replace("*/", "*\\/").splitlines()
    if len(lines) <= 1:
        return [f"/** {line.strip()} */" for line in lines]
    return ["/**", *(f" * {line.rstrip()}".rstrip() for line in lines), " */"]


def note(shape: Shape) -> str:
    """What the type of a shape does not say by itself."""
    return NOTES.get(shape.kind, "") if isinstance(shape, Plain) else ""


def own_doc(kind: type) -> str:
    """The docstring of a class, unless a library made it."""
    doc = inspect.cleandoc(kind.__dict__.get("__doc__") or "")
    return "" if doc.startswith((f"{kind.__name__}(", "dict() ->")) else doc


def key(name: str) -> str:
    """The name of a member."""
    return name if _IDENTIFIER.fullmatch(name) else json.dumps(name)


def parameter(name: str) -> str:
    """A Python name as the name of a parameter."""
    return f"{name}_" if name in _RESERVED else name


def literal(value: Any) -> str:
    """A value as a literal type, as it travels."""
    if isinstance(value, enum.Enum):
        return literal(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return json.dumps(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return "ArrayBuffer" if isinstance(value, bytes) else "unknown"


def either(texts: list[str]) -> str:
    """A union; what takes everything swallows the rest."""
    for everything in ("any", "unknown"):
        if everything in texts:
            return everything
    return " | ".join(dict.fromkeys(texts))


def _grouped(text: str) -> str:
    return f"({text})" if " | " in text or text.startswith("readonly ") else text


def _is_text(shape: Shape) -> bool:
    """Whether keys of this shape are strings, so that a dict of them travels as an object."""
    if isinstance(shape, Choice):
        return all(isinstance(each, str) for each in shape.values)
    return isinstance(shape, Enumeration) and issubclass(shape.kind, str)


def _typed_array(scalar: type) -> str:
    """The typed array of a numpy scalar class; an abstract one (np.floating) has none."""
    if scalar.__name__ in {"bool", "bool_"}:
        return "Uint8Array"
    match = re.fullmatch(r"(u?int|float)(\d+)|(longlong|ulonglong)", scalar.__name__)
    if match is None:
        return ""
    kind, bits = (match[1][0], int(match[2])) if match[1] else (match[3][0].replace("l", "i"), 64)
    return TYPED_ARRAYS.get((kind, bits // 8), "")


_RESERVED = set(
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof var void while with yield".split()
)
# numpy's scalars, and paths, by the names of their bases.
_BY_NAME = {"PurePath": "string", "bool": "boolean", "bool_": "boolean", "number": "number"} | {
    "datetime64": "Date", "timedelta64": "number", "str_": "string",
}  # fmt: skip
_TABLE: Mapping[type[Shape], Callable[[TypeScript, Any, Way], str]] = {
    Anything: lambda _typescript, _shape, way: "unknown" if way == "in" else "any",
    Alias: TypeScript.alias,
    Plain: TypeScript.plain,
    Choice: TypeScript.choice,
    Enumeration: TypeScript.enumeration,
    Many: TypeScript.many,
    Fixed: TypeScript.fixed,
    Mapped: TypeScript.mapped,
    Record: TypeScript.record,
    OneOf: TypeScript.one_of,
    Array: TypeScript.array,
    Table: TypeScript.table,
    Instance: TypeScript.instance,
    Limited: TypeScript.limited,
}
