"""Records: classes with named fields, of whichever library: what fields they have and how they are built.

It knows no values. pydantic is known by the attributes of its models, and never imported.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import typing
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from jupyterwin.main.types.shapes import Choice, Field, Fixed, Record, Shape

BUILT_IN = {bytes, bytearray, memoryview, datetime, date, time, timedelta, Decimal, UUID}
"""What msgspec is to leave as it is: our own tables have judged it already."""

Read = Callable[[Any, dict[Any, Any]], Shape]


def record(kind: type, arguments: Sequence[Any], read: Read) -> Shape | None:
    """The shape of a class with named fields, or None for any other class. `read` reads the hint of a field."""
    make = next((make for is_one, make in _KINDS if is_one(kind)), None)
    if make is None:
        return None
    known = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=False))
    return make(kind, lambda hint: _read(hint, known, read))


def _read(hint: Any, known: dict[Any, Any], read: Read) -> Shape:
    try:
        return read(hint, known)
    except ValueError:  # a field that no page can fill: a default has to
        return Choice(())


def hints_of(kind: type) -> dict[str, Any]:
    """The hints of a class, each resolved by itself where not all can be."""
    try:
        return typing.get_type_hints(kind, include_extras=True)
    except Exception:  # noqa: BLE001 -- a name that is not there (yet)
        return {
            name: _resolved_or_any(annotation, base)
            for base in reversed(kind.__mro__)
            for name, annotation in inspect.get_annotations(base).items()
        }


def _resolved_or_any(annotation: Any, kind: type) -> Any:
    names = getattr(sys.modules.get(kind.__module__), "__dict__", {})
    try:
        return resolved(annotation, names, {**vars(kind), kind.__name__: kind})
    except Exception:  # noqa: BLE001 -- a hint that cannot be resolved is no hint
        return Any


def resolved(annotation: Any, names: dict[str, Any], local: dict[str, Any] | None = None) -> Any:
    """One annotation, resolved by these names. Raises whatever is wrong with it."""

    def shim() -> None:
        """Carries one annotation."""

    shim.__annotations__ = {"it": annotation}
    return typing.get_type_hints(shim, names, local, include_extras=True)["it"]


# -------------------------------------------------- one kind after another


def _named_tuple(kind: Any, read: Callable[[Any], Shape]) -> Shape:
    hints = hints_of(kind)
    items = [read(hints.get(name, Any)) for name in kind._fields]
    required = len(kind._fields) - len(kind._field_defaults)
    return Fixed(items, lambda given: kind(*given), tuple(kind._fields), required)


def _typed_dict(kind: Any, read: Callable[[Any], Shape]) -> Shape:
    def fields() -> list[Field]:
        return [
            Field(name, name, read(hint), required=_is_required(hint, name in kind.__required_keys__))
            for name, hint in hints_of(kind).items()
        ]

    return Record(kind, kind.__name__, dict, fields)


def _is_required(hint: Any, by_class: bool) -> bool:  # noqa: FBT001 -- the answer where the hint says nothing
    while (origin := typing.get_origin(hint)) is not None:
        if origin in {typing.Required, typing.NotRequired}:
            return origin is typing.Required
        if origin is not typing.Annotated:
            break
        hint = typing.get_args(hint)[0]
    return by_class


def _dataclass(kind: Any, read: Callable[[Any], Shape]) -> Shape:
    def fields() -> list[Field]:
        hints = hints_of(kind)
        missing = dataclasses.MISSING
        return [
            Field(
                each.name,
                each.name,
                read(hints.get(each.name, Any)),
                each.default is missing and each.default_factory is missing,
            )
            for each in dataclasses.fields(kind)
            if each.init
        ]

    return Record(kind, kind.__name__, lambda given: kind(**given), fields)


def _struct(kind: Any, read: Callable[[Any], Shape]) -> Shape:
    config = kind.__struct_config__

    def fields() -> list[Field]:
        found = [
            Field(each.encode_name, each.name, read(hints_of(kind).get(each.name, Any)), each.required)
            for each in msgspec.structs.fields(kind)
        ]
        if config.tag is not None:
            found.insert(0, Field(config.tag_field, "", Choice((config.tag,))))
        return found

    def make(given: dict[str, Any]) -> Any:
        return kind(**{name: value for name, value in given.items() if name})

    if config.array_like:
        return _array_like(kind, fields())
    return Record(kind, kind.__name__, make, fields)


def _array_like(kind: Any, fields: list[Field]) -> Shape:
    def make(given: list[Any]) -> Any:
        pairs = zip(fields, given, strict=False)
        return kind(**{each.attribute: value for each, value in pairs if each.attribute})

    required = sum(each.required for each in fields)
    return Fixed([each.shape for each in fields], make, tuple(each.name for each in fields), required)


def _model(kind: Any, read: Callable[[Any], Shape]) -> Shape:
    def fields() -> list[Field]:
        hints = hints_of(kind)
        return [
            Field(
                info.alias or name,
                info.alias or name,
                read(hints.get(name, Any)),
                info.is_required(),
                info.description or "",
            )
            for name, info in kind.model_fields.items()
        ]

    return Record(kind, kind.__name__, kind.model_validate, fields, lenient=True)


_KINDS: list[tuple[Callable[[type], bool], Callable[[Any, Callable[[Any], Shape]], Shape]]] = [
    (lambda kind: issubclass(kind, tuple) and hasattr(kind, "_fields"), _named_tuple),
    (typing.is_typeddict, _typed_dict),
    (lambda kind: issubclass(kind, msgspec.Struct), _struct),
    (lambda kind: hasattr(kind, "model_fields") and hasattr(kind, "model_validate"), _model),
    (dataclasses.is_dataclass, _dataclass),
]
