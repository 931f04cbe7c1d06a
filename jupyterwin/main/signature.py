"""Signature: what a Python function takes from a page, checked before it is called. It knows no windows or frames.

Types come from the hints; a hint that `msgspec` cannot convert is checked by ``isinstance`` when it is a class, and not
at all otherwise. Signatures are kept by code object: a function that autoreload edits in place is read again.
"""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.wire.frames import Exposed, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

RESERVED = frozenset({"on", "once", "send", "handle", "store", "progress", "then"})
"""Names that `kernel` itself uses in the page, and ``then``, which would make it look like a promise."""

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@dataclass(slots=True)
class _Checked:
    name: str
    hint: Any
    required: bool
    convertible: bool


class Signature:
    """The parameters of one function, as the page must give them."""

    def __init__(self, fn: Callable[..., Any], event_type: type) -> None:
        target = inspect.unwrap(fn)
        self._name = getattr(target, "__name__", type(fn).__name__)
        hints = _hints(target)
        parameters = [
            p for p in inspect.signature(fn).parameters.values() if hints.get(p.name, p.annotation) is not event_type
        ]
        self.event_parameter = next((n for n, h in hints.items() if h is event_type), None)
        self._positional = [_checked(p, hints) for p in parameters if p.kind in _POSITIONAL]
        self._keyword = {p.name: _checked(p, hints) for p in parameters if p.kind is p.KEYWORD_ONLY}
        self._rest = next((_checked(p, hints) for p in parameters if p.kind is p.VAR_POSITIONAL), None)
        self._doc = inspect.getdoc(target) or ""
        self.stream = inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)

    def exposed(self, name: str) -> Exposed:
        """How the page sees it."""
        positional = [Parameter(p.name, optional=not p.required) for p in self._positional]
        rest = [Parameter(self._rest.name, variadic=True)] if self._rest else []
        keyword = [Parameter(p.name, keyword=True, optional=not p.required) for p in self._keyword.values()]
        return Exposed(name, [*positional, *rest, *keyword], stream=self.stream, doc=self._doc)

    def bind(self, args: list[Any]) -> tuple[list[Any], dict[str, Any]]:
        """Positional and keyword arguments from the page's, converted by the hints. Raises `BadArguments`.

        Keyword-only parameters come as a trailing options object.
        """
        given, options = self._split(args)
        bound = []
        for index, value in enumerate(given):
            parameter = self._positional[index] if index < len(self._positional) else self._rest
            if parameter is None:
                msg = f"{self._name} takes {len(self._positional)} arguments, {len(args)} were given"
                raise BadArguments(msg, f"args[{index}]")
            bound.append(_convert(value, parameter, f"args[{index}]"))
        self._missing(self._positional[len(given) :], len(given))
        keywords = {}
        for name, value in options.items():
            keywords[name] = _convert(value, self._keyword[name], f"options.{name}")
        self._missing([p for p in self._keyword.values() if p.name not in options], None)
        return bound, keywords

    def _split(self, args: list[Any]) -> tuple[list[Any], dict[str, Any]]:
        if not self._keyword or not args or not isinstance(args[-1], dict):
            return args, {}
        last = args[-1]
        if len(args) <= len(self._positional) and not set(last) <= set(self._keyword):
            return args, {}  # a plain object for the last positional parameter
        unknown = set(last) - set(self._keyword)
        if unknown:
            msg = f"{self._name} has no option {sorted(map(str, unknown))}; its options are {sorted(self._keyword)}"
            raise BadArguments(msg, "options")
        return args[:-1], last

    def _missing(self, parameters: list[_Checked], start: int | None) -> None:
        for offset, parameter in enumerate(parameters):
            if parameter.required:
                path = f"options.{parameter.name}" if start is None else f"args[{start + offset}]"
                msg = f"{path}: {self._name} needs {parameter.name!r}"
                raise BadArguments(msg, path)


def _hints(target: Callable[..., Any]) -> dict[str, Any]:
    try:
        hints = typing.get_type_hints(target, include_extras=True)
    except Exception:  # noqa: BLE001 -- a hint that cannot be resolved is no hint
        hints = dict(getattr(target, "__annotations__", {}))
        hints = {k: v for k, v in hints.items() if not isinstance(v, str)}
    hints.pop("return", None)
    return hints


def _checked(parameter: inspect.Parameter, hints: dict[str, Any]) -> _Checked:
    hint = hints.get(parameter.name, Any)
    return _Checked(parameter.name, hint, parameter.default is parameter.empty, _convertible(hint))


def _convertible(hint: Any) -> bool:
    """Whether msgspec knows what to do with `hint` (a class it does not know is a custom type to it: not checked)."""
    try:
        info = msgspec.inspect.type_info(hint)
    except Exception:  # noqa: BLE001 -- whatever it is, it is not a type that msgspec converts
        return False
    return not isinstance(info, msgspec.inspect.CustomType)


def _convert(value: Any, parameter: _Checked, path: str) -> Any:
    if parameter.hint is Any:
        return value
    if parameter.convertible:
        try:
            return msgspec.convert(value, parameter.hint)
        except msgspec.ValidationError as problem:
            text, _, at = str(problem).partition(" - at `$")
            where = path + at.rstrip("`")
            expected = text.replace("`", "").replace("Expected", "expected")
            msg = f"{where}: {expected}"
            raise BadArguments(msg, where) from problem
    if isinstance(parameter.hint, type) and not isinstance(value, parameter.hint):
        msg = f"{path}: expected {parameter.hint.__name__}, got {type(value).__name__}"
        raise BadArguments(msg, path)
    return value


class Exposure:
    """An exposed function: always the one that is defined now, with the signature it has now."""

    def __init__(self, name: str, fn: Callable[..., Any], event_type: type) -> None:
        if name in RESERVED or name.startswith("_") or not name.isidentifier():
            msg = f"cannot expose {name!r}: it is not an identifier, is private, or 'kernel' itself uses it ({sorted(RESERVED)})"
            raise UsageError(msg)
        self.name = name
        self._fn = fn
        self._event_type = event_type
        self._code: object = None
        self._signature = Signature(fn, event_type)

    def current(self) -> tuple[Callable[..., Any], Signature]:
        """The function to call now and its signature."""
        fn = self._defined_again() or self._fn
        code = getattr(inspect.unwrap(fn), "__code__", fn)
        if code is not self._code or fn is not self._fn:
            self._fn, self._code, self._signature = fn, code, Signature(fn, self._event_type)
        return self._fn, self._signature

    def exposed(self) -> Exposed:
        """How the page sees it."""
        return self.current()[1].exposed(self.name)

    def _defined_again(self) -> Callable[..., Any] | None:
        """The function of the same name in the same module, if somebody defined it again there."""
        if not inspect.isfunction(self._fn) or "<" in self._fn.__qualname__:
            return None
        found: Any = inspect.getmodule(self._fn)
        for part in self._fn.__qualname__.split("."):
            found = getattr(found, part, None)
        return found if inspect.isfunction(found) else None


def exposures(expose: Any, event_type: type) -> dict[str, Exposure]:
    """The table for ``expose=``: a function, a list of functions, or a dict of names to functions."""
    if callable(expose):
        expose = [expose]
    items = expose.items() if isinstance(expose, dict) else ((getattr(fn, "__name__", ""), fn) for fn in expose)
    table: dict[str, Exposure] = {}
    for name, fn in items:
        if not callable(fn):
            msg = f"expose: {fn!r} is not a function"
            raise UsageError(msg)
        if name in table:
            msg = f"expose: two functions are called {name!r}; give a dict {{name: function}}"
            raise UsageError(msg)
        table[name] = Exposure(name, fn, event_type)
    return table
