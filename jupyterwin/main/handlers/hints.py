"""The type hints of a function, whatever kind of callable it is. It knows no signature, and what hints mean only by name.

Each hint is resolved by itself: one that names something unknown is no hint, and costs the others nothing.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jupyterwin.main.types.records import resolved


def function_of(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The Python function behind a partial, a class, or an object that can be called: where the hints are written."""
    fn = inspect.unwrap(fn)
    while isinstance(fn, functools.partial):
        fn = inspect.unwrap(fn.func)
    if isinstance(fn, type):
        return typing.cast("Callable[..., Any]", inspect.getattr_static(fn, "__init__"))
    if not inspect.isroutine(fn):
        return typing.cast("Callable[..., Any]", getattr(type(fn), "__call__", fn))  # noqa: B004 -- which, not whether
    return fn


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints of one function."""

    parameters: dict[str, Any]
    result: Any
    unresolved: bool
    """Whether some name in them is not there (yet): in a notebook, a class may be defined in a later cell."""


def of(fn: Callable[..., Any], known: type) -> Hints:
    """The hints of `fn`; `known` is recognised by its name where it cannot be looked up."""
    target = function_of(fn)
    names = getattr(target, "__globals__", {})
    found: dict[str, Any] = {}
    unresolved = False
    for name, annotation in getattr(target, "__annotations__", {}).items():
        try:
            found[name] = resolved(annotation, names, _enclosed(target))
        except Exception:  # noqa: BLE001 -- a hint that cannot be resolved is no hint
            if isinstance(annotation, str) and _last_word(annotation) == known.__name__:
                found[name] = known
            else:
                unresolved = True
    result = found.pop("return", Any)
    if isinstance(inspect.unwrap(fn), type):
        result = fn  # a class is its constructor
    return Hints(found, result, unresolved)


def _enclosed(fn: Any) -> dict[str, Any] | None:
    """What a function sees of the function it was defined in."""
    cells = getattr(fn, "__closure__", None) or ()
    names = getattr(getattr(fn, "__code__", None), "co_freevars", ())
    enclosed = {}
    for name, cell in zip(names, cells, strict=False):
        with contextlib.suppress(ValueError):  # not assigned yet
            enclosed[name] = cell.cell_contents
    return enclosed or None


def is_or_none(hint: Any, kind: type) -> bool:
    """Whether a hint is `kind`, or `kind` or None."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return set(typing.get_args(hint)) == {kind, type(None)}
    return hint is kind


def _last_word(annotation: str) -> str:
    """``jw.IpcEvent | None`` → ``IpcEvent``."""
    return annotation.strip("'\" ").partition("|")[0].strip().rpartition(".")[2]
