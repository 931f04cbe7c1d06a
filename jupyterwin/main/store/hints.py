"""Hints of traits: what type hint says what a trait holds, so that its values are checked and typed as arguments are.

A trait type that is not in the table holds anything, and its own validation has the only word.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any, Literal

import traitlets

from jupyterwin.main.types.reading import CannotCrossError, Reader

if False:  # TYPE_CHECKING, without the import
    from jupyterwin.main.types.shapes import Shape


def hint_of(trait: Any) -> Any:
    """The hint for the values of a trait; ``Any`` where none says it."""
    make = next((make for kind, make in _TABLE.items() if isinstance(trait, kind)), None)
    hint = Any if make is None else make(trait)
    return hint | None if trait.allow_none and hint is not Any else hint


def shape_of(trait: Any) -> Shape:
    """The shape of what pages give for a trait."""
    try:
        return Reader().read(hint_of(trait))
    except CannotCrossError:
        return Reader().read(Any)


def is_shared(name: str, trait: Any) -> bool:
    """Whether pages have it: it is no private name, and was not tagged ``page=False``."""
    return not name.startswith("_") and trait.metadata.get("page", True) is not False


def _enum(trait: Any) -> Any:
    values = tuple(trait.values or ())
    return Literal[values] if values and all(isinstance(one, str | int | bool | None) for one in values) else Any


def _items(trait: Any) -> Any:
    inner = getattr(trait, "_trait", None)
    return Any if inner is None else hint_of(inner)


def _tuple(trait: Any) -> Any:
    each = tuple(hint_of(one) for one in trait._traits)  # noqa: SLF001 -- traitlets has no other way
    return tuple[each] if each else tuple[Any, ...]  # type: ignore[valid-type]  # made of values


def _dict(trait: Any) -> Any:
    by_name = getattr(trait, "_per_key_traits", None)
    if by_name:
        return dict[str, Any]
    key, value = getattr(trait, "_key_trait", None), getattr(trait, "_value_trait", None)
    return dict[(str if key is None else hint_of(key)), (Any if value is None else hint_of(value))]  # type: ignore[misc]


def _instance(trait: Any) -> Any:
    klass = trait.klass
    return klass if isinstance(klass, type) else Any


def _union(trait: Any) -> Any:
    each = [hint_of(one) for one in trait.trait_types]
    return Any if Any in each else functools.reduce(operator.or_, each)


# The first row that fits: those that cast take anything, as they do in Python.
_TABLE: Mapping[Any, Callable[[Any], Any]] = {
    (traitlets.CInt, traitlets.CFloat, traitlets.CBool, traitlets.CUnicode, traitlets.CBytes): lambda _trait: Any,
    traitlets.Bool: lambda _trait: bool,
    traitlets.Int: lambda _trait: int,
    traitlets.Float: lambda _trait: float,
    traitlets.CaselessStrEnum: lambda _trait: str,
    traitlets.Enum: _enum,
    traitlets.UseEnum: lambda trait: trait.enum_class,
    traitlets.Unicode: lambda _trait: str,
    traitlets.Bytes: lambda _trait: bytes,
    traitlets.Set: lambda trait: set[_items(trait)],  # type: ignore[misc]
    traitlets.Tuple: _tuple,
    traitlets.List: lambda trait: list[_items(trait)],  # type: ignore[misc]
    traitlets.Dict: _dict,
    traitlets.Union: _union,
    traitlets.Instance: _instance,
}
