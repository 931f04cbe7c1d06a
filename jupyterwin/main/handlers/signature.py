"""Signature: what a Python function takes from a page, checked before it is called. It knows no windows or frames.

Hints are read by `jupyterwin.main.types`. Signatures are kept by code object: a function that autoreload edits in place is read again.
"""

from __future__ import annotations

import asyncio
import collections.abc
import concurrent.futures
import inspect
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.main.handlers import hints
from jupyterwin.main.handlers.patched import read_hints_again
from jupyterwin.main.pending import Pending
from jupyterwin.main.types.convert import convert
from jupyterwin.main.types.reading import CannotCrossError, Reader
from jupyterwin.main.types.shapes import Anything, Shape
from jupyterwin.wire.frames import Exposed, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable

RESERVED = frozenset({"on", "once", "send", "missed", "handle", "store", "progress", "then"})
"""Names that `kernel` itself uses in the page, and ``then``, which would make it look like a promise."""

_UNDEFINED = {"$": "undef"}
_AWAITED = (
    asyncio.Future,
    concurrent.futures.Future,
    collections.abc.Awaitable,
    collections.abc.Coroutine,
    Pending,
)
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@dataclass(slots=True)
class Checked:
    """One parameter that the page gives."""

    name: str
    shape: Shape
    default: Any

    @property
    def required(self) -> bool:
        """Whether the page must give it."""
        return self.default is inspect.Parameter.empty


class Signature:
    """The parameters of one function, as the page must give them."""

    def __init__(self, fn: Callable[..., Any], event_type: type) -> None:
        target = hints.function_of(fn)
        self._name = getattr(fn, "__name__", getattr(target, "__name__", type(fn).__name__))
        found = hints.of(fn, event_type)
        reader = Reader()
        parameters = _parameters(fn)
        self.event_parameter = next(
            (p.name for p in parameters if hints.is_or_none(found.parameters.get(p.name), event_type)), None
        )
        given = [p for p in parameters if p.name != self.event_parameter]
        checked = {p.name: self._checked(p, found.parameters.get(p.name, Any), reader) for p in given}
        self._order = [p.name for p in parameters if p.kind in _POSITIONAL]
        self.positional = [checked[name] for name in self._order if name != self.event_parameter]
        self.keyword = {p.name: checked[p.name] for p in given if p.kind is p.KEYWORD_ONLY}
        self.rest = next((checked[p.name] for p in given if p.kind is p.VAR_POSITIONAL), None)
        self.doc = inspect.getdoc(inspect.unwrap(fn)) or ""
        self.stream = inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)
        self.unresolved = found.unresolved
        self.result = _result(found.result, reader, stream=self.stream)

    def _checked(self, parameter: inspect.Parameter, hint: Any, reader: Reader) -> Checked:
        try:
            return Checked(parameter.name, reader.read(hint), parameter.default)
        except CannotCrossError as problem:
            msg = f"{self._name}: the parameter {parameter.name!r}: {problem}"
            raise UsageError(msg) from problem

    def exposed(self, name: str) -> Exposed:
        """How the page sees it."""
        positional = [Parameter(p.name, optional=not p.required) for p in self.positional]
        rest = [Parameter(self.rest.name, variadic=True)] if self.rest else []
        keyword = [Parameter(p.name, keyword=True, optional=not p.required) for p in self.keyword.values()]
        return Exposed(name, [*positional, *rest, *keyword], stream=self.stream, doc=self.doc)

    def bind(
        self, args: list[Any], event: Any = None, raw: list[Any] | None = None
    ) -> tuple[list[Any], dict[str, Any]]:
        """Positional and keyword arguments from the page's, converted by the hints. Raises `BadArguments`.

        Keyword-only parameters come as a trailing options object. `raw` is `args` as they travelled: what is
        ``undefined`` there is left to the default.
        """
        given, options = self._split(args)
        absent = {index for index, value in enumerate(raw or ()) if value == _UNDEFINED}
        if options and raw and isinstance(raw[-1], dict):
            options = {name: value for name, value in options.items() if raw[-1].get(name) != _UNDEFINED}
        values: dict[str, Any] = {}
        rest = []
        for index, value in enumerate(given):
            if index < len(self.positional):
                parameter = self.positional[index]
                left_out = index in absent and not parameter.required
                fits = parameter.default if left_out else convert(value, parameter.shape, f"args[{index}]")
                values[parameter.name] = fits
            elif self.rest is not None:
                rest.append(convert(value, self.rest.shape, f"args[{index}]"))
            elif index not in absent:
                msg = f"{self._name} takes {len(self.positional)} arguments, {len(args)} were given"
                raise BadArguments(msg, f"args[{index}]")
        self._missing(self.positional[len(given) :], len(given))
        keywords = {n: convert(value, self.keyword[n].shape, f"options.{n}") for n, value in options.items()}
        self._missing([p for p in self.keyword.values() if p.name not in options], None)
        if self.event_parameter:
            values[self.event_parameter] = event
        bound = self._placed(values)
        return [*bound, *rest], keywords | values

    def _placed(self, values: dict[str, Any]) -> list[Any]:
        """Take from `values` what goes by position: all up to the first parameter that is left to its default."""
        bound = []
        for name in self._order:
            if name not in values:
                break
            bound.append(values.pop(name))
        return bound

    def _split(self, args: list[Any]) -> tuple[list[Any], dict[str, Any]]:
        if not self.keyword or not args or not isinstance(args[-1], dict):
            return args, {}
        last = args[-1]
        if len(args) <= len(self.positional) and not set(last) <= set(self.keyword):
            return args, {}  # a plain object for the last positional parameter
        unknown = set(last) - set(self.keyword)
        if unknown:
            shown = sorted(str(name)[:100] for name in unknown)[:10]
            msg = f"{self._name} has no option {shown}; its options are {sorted(self.keyword)}"
            raise BadArguments(msg, "options")
        return args[:-1], last

    def _missing(self, parameters: list[Checked], start: int | None) -> None:
        for offset, parameter in enumerate(parameters):
            if parameter.required:
                path = f"options.{parameter.name}" if start is None else f"args[{start + offset}]"
                msg = f"{path}: {self._name} needs {parameter.name!r}"
                raise BadArguments(msg, path)


def _parameters(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(fn).parameters.values())
    except ValueError:  # a builtin that does not say: it checks what it is given by itself
        return [inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL)]


def _result(hint: Any, reader: Reader, *, stream: bool) -> Shape:
    """What the page gets: of a future its value, of a generator its items."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if stream:
        hint = arguments[0] if arguments else Any
    elif origin in _AWAITED and arguments:
        hint = arguments[-1]
    try:
        return reader.read(hint)
    except CannotCrossError:
        return Anything()  # it will be refused when it is there


class Exposure:
    """An exposed function: always the one that is defined now, with the signature it has now."""

    def __init__(self, name: str, fn: Callable[..., Any], event_type: type) -> None:
        if not name:
            raise UsageError(f"expose: {fn!r} has no name of its own; give a dict {{name: function}}")
        if name in RESERVED or name.startswith("_") or not name.isidentifier():
            why = (
                f"'kernel' itself uses it, as {', '.join(sorted(RESERVED))}"
                if name in RESERVED
                else "it is no public name"
            )
            msg = f"expose: no function can be called {name!r} in a page: {why}; give a dict {{name: function}}"
            raise UsageError(msg)
        self.name = name
        self._fn = fn
        self._event_type = event_type
        self._plain = inspect.unwrap(fn)
        self._hints = getattr(self._plain, "__annotations__", None)
        self._code: object = getattr(self._plain, "__code__", fn)
        self._signature = Signature(fn, event_type)
        # A wrapper may bear the name of what it wraps: only what stood under its name itself is looked up there again.
        self._at_its_name = self._found() is fn

    def current(self) -> tuple[Callable[..., Any], Signature]:
        """The function to call now and its signature."""
        fn = self._defined_again() or self._fn
        plain = inspect.unwrap(fn)
        code = getattr(plain, "__code__", fn)
        if code is not self._code or fn is not self._fn or self._signature.unresolved:
            if code is not self._code and plain is self._plain and plain.__annotations__ is self._hints:
                read_hints_again(plain)
            self._plain, self._hints = plain, getattr(plain, "__annotations__", None)
            self._fn, self._code, self._signature = fn, code, Signature(fn, self._event_type)
        return self._fn, self._signature

    def exposed(self) -> Exposed:
        """How the page sees it."""
        return self.current()[1].exposed(self.name)

    def _defined_again(self) -> Callable[..., Any] | None:
        """The function of the same name in the same module, if somebody defined it again there."""
        found = self._found() if self._at_its_name else None
        return found if inspect.isfunction(found) else None

    def _found(self) -> Any:
        if not inspect.isfunction(self._fn) or "<" in self._fn.__qualname__:
            return None
        found: Any = inspect.getmodule(self._fn)
        for part in self._fn.__qualname__.split("."):
            found = getattr(found, part, None)
        return found


def exposures(expose: Any, event_type: type) -> dict[str, Exposure]:
    """The table for ``expose=``: a function, a list of functions, or a dict of names to functions."""
    if callable(expose):
        expose = [expose]
    if isinstance(expose, str) or not isinstance(expose, Iterable):
        msg = f"expose: a function, a list of them or a dict {{name: function}} is needed, got {expose!r}"
        raise UsageError(msg)
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
