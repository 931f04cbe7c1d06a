"""Type hints of a function's parameters, and what a page's values must be to fit them. It knows no signature.

Each hint is resolved by itself: one that names something unknown is no hint, and costs the others nothing.
"""

from __future__ import annotations

import functools
import inspect
import math
import types
import typing
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePath
from typing import Any

import msgspec

from jupyterwin.errors import BadArguments

_BYTES = (bytes, bytearray, memoryview)


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


def of(fn: Callable[..., Any], known: type) -> dict[str, Any]:
    """The hints of the parameters of `fn`; `known` is recognised by its name where it cannot be looked up."""
    target = function_of(fn)
    annotations = dict(getattr(target, "__annotations__", {}))
    annotations.pop("return", None)
    names = getattr(target, "__globals__", {})
    found = {}
    for name, annotation in annotations.items():
        try:
            found[name] = _resolved(annotation, names)
        except Exception:  # noqa: BLE001 -- a hint that cannot be resolved is no hint
            if isinstance(annotation, str) and _last_word(annotation) == known.__name__:
                found[name] = known
    return found


def is_or_none(hint: Any, kind: type) -> bool:
    """Whether a hint is `kind`, or `kind` or None."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return set(typing.get_args(hint)) == {kind, type(None)}
    return hint is kind


def check(value: Any, hint: Any, path: str) -> Any:
    """`value` as `hint` says. Raises `BadArguments` naming the path of what does not fit."""
    if hint is Any:
        return value
    if hint is timedelta and isinstance(value, int | float) and not isinstance(value, bool):
        return timedelta(milliseconds=value)  # as timedeltas go out
    if not _convertible(hint):
        return _check_otherwise(value, hint, path)
    try:
        return _convert(value, hint)
    except msgspec.ValidationError as problem:
        try:
            return _convert(_plainer(value), hint)
        except msgspec.ValidationError:
            text, _, at = str(problem).partition(" - at `$")
            where = path + at.rstrip("`")
            expected = text.replace("`", "").replace("Expected", "expected")
            raise BadArguments(f"{where}: {expected}", where) from problem


def _resolved(annotation: Any, names: dict[str, Any]) -> Any:
    def shim() -> None:
        """Carries one annotation."""

    shim.__annotations__ = {"it": annotation}
    return typing.get_type_hints(shim, names, include_extras=True)["it"]


def _last_word(annotation: str) -> str:
    """``jw.IpcEvent | None`` → ``IpcEvent``."""
    return annotation.strip("'\" ").partition("|")[0].strip().rpartition(".")[2]


def _convert(value: Any, hint: Any) -> Any:
    return msgspec.convert(
        value, hint, dec_hook=_custom, builtin_types=_BYTES
    )  # a string is no bytes, in base64 or not


def _convertible(hint: Any) -> bool:
    """Whether msgspec knows what to do with `hint`."""
    try:
        msgspec.inspect.type_info(hint)
    except Exception:  # noqa: BLE001 -- whatever it is, it is not a type that msgspec converts
        return False
    return True


def _custom(hint: Any, value: Any) -> Any:
    """A class that msgspec does not know."""
    kind = typing.get_origin(hint) or hint
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False) or isinstance(value, kind):
        return value
    if issubclass(kind, PurePath) and isinstance(value, str):
        return kind(value)
    if kind is complex and isinstance(value, int | float):
        return complex(value)
    raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")


def _check_otherwise(value: Any, hint: Any, path: str) -> Any:
    """A hint that msgspec does not take: a union of two dataclasses, for one."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        problems = []
        for choice in typing.get_args(hint):
            try:
                return check(value, choice, path)
            except BadArguments as problem:
                problems.append(str(problem))
        raise BadArguments("; or ".join(problems), path)
    kind = typing.get_origin(hint) or hint
    if isinstance(kind, type) and not isinstance(value, kind):
        raise BadArguments(f"{path}: expected {kind.__name__}, got {type(value).__name__}", path)
    return value


def _plainer(value: Any) -> Any:
    """JavaScript's ways of saying an int or bytes: -0, and a Uint8Array."""
    if isinstance(value, float):
        return 0 if value == 0 and math.copysign(1, value) < 0 else value
    if isinstance(value, list):
        return [_plainer(item) for item in value]
    if isinstance(value, dict):
        return {key: _plainer(item) for key, item in value.items()}
    if type(value).__name__ == "ndarray" and value.dtype == "uint8" and value.ndim == 1:
        return value.tobytes()
    return value
