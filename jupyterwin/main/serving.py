"""Serving: Python functions that answer URLs of a window. It knows paths, functions and bodies, and no host.

A body may be bytes, text, a path, plain data (JSON), or anything that is iterated: then the next piece is made when the
page has read the last ones.
"""

from __future__ import annotations

import contextvars
import inspect
import json
import mimetypes
import re
import typing
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import msgspec

from jupyterwin.errors import BadArguments, UsageError
from jupyterwin.main.ownership import Holdings, cells

_NAME = re.compile(r"\{(\w+)(\.\.\.)?\}")
_OK = 200
_MISSING = 404
_TEXT = "text/plain; charset=utf-8"


@dataclass(slots=True)
class Answer:
    """What a function answered. `pieces`: what comes after `body`, if it comes in pieces."""

    status: int = _OK
    headers: dict[str, str] = field(default_factory=dict)
    mime: str = "application/octet-stream"
    body: bytes = b""
    pieces: Iterator[Any] | AsyncIterator[Any] | None = None


class Route:
    """One pattern and its function, called in a copy of the context in which it was given."""

    def __init__(self, pattern: str, fn: Callable[..., Any]) -> None:
        if not isinstance(pattern, str) or not pattern.startswith("/"):
            msg = f"serve: a path such as '/tiles/{{id}}' is needed, got {pattern!r}"
            raise UsageError(msg)
        if pattern == "/" or pattern.startswith("/.jw"):
            msg = f"serve: {pattern!r} is the window's own"
            raise UsageError(msg)
        if not callable(fn):
            msg = f"serve: {fn!r} is not a function"
            raise UsageError(msg)
        self.pattern = pattern
        self.fn = fn
        self.context = contextvars.copy_context()
        self._expression = re.compile(_expression(pattern[1:]))
        self._parameters = inspect.signature(fn).parameters
        self._hints = typing.get_type_hints(fn, include_extras=True) if inspect.isroutine(fn) else {}

    def match(self, path: str) -> dict[str, str] | None:
        """The parameters in a path without its leading slash; None when it is not this route's."""
        found = self._expression.fullmatch(path)
        return found.groupdict() if found else None

    def arguments(self, parts: Mapping[str, str], query: str) -> dict[str, Any]:
        """What the function is called with: the path's parameters, and those of the query that it names.

        Converted by its hints. Raises `BadArguments`.
        """
        given = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()} | dict(parts)
        arguments = {}
        for name, parameter in self._parameters.items():
            if name in given:
                arguments[name] = self._converted(name, given[name])
            elif parameter.default is parameter.empty and parameter.kind not in (
                parameter.VAR_KEYWORD,
                parameter.VAR_POSITIONAL,
            ):
                msg = f"{self.pattern}: {name} is missing"
                raise BadArguments(msg, name)
        return arguments

    def _converted(self, name: str, text: str) -> Any:
        try:
            return msgspec.convert(text, self._hints.get(name, str), strict=False)
        except (msgspec.ValidationError, TypeError) as problem:
            msg = f"{self.pattern}: {name}={text[:100]!r}: {problem}"
            raise BadArguments(msg, name) from problem


class Routes:
    """The routes of one window; the one that was given last comes first."""

    def __init__(self) -> None:
        self._routes: dict[Route, None] = {}
        self._holdings: Holdings[Route] = Holdings()

    def add(self, pattern: str, fn: Callable[..., Any]) -> Callable[[], None]:
        """Answer this pattern by `fn`, for the current cell. Returns the disposer."""
        route = Route(pattern, fn)

        def dispose() -> None:
            self._routes.pop(route, None)
            self._holdings.let_go(route)

        self._holdings.add(route, cells.own(dispose, fn, f"serve:{id(self)}:{pattern}"))
        self._routes[route] = None
        return dispose

    def find(self, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a path, and the path's parameters."""
        for route in reversed(list(self._routes)):
            if (parts := route.match(path)) is not None:
                return route, parts
        return None

    def clear(self) -> None:
        """Answer nothing any more."""
        self._routes.clear()
        self._holdings.clear()


def answer_of(result: Any, path: str) -> Answer:
    """What a function returned, as an answer. Raises `UsageError` for what is none."""
    answer = Answer(mime=mimetypes.guess_type(path)[0] or "")
    if isinstance(result, tuple):
        if len(result) != 3 or not isinstance(result[0], int) or not isinstance(result[1], Mapping):
            msg = f"a function that serves returns a body, or (status, headers, body), got {result!r:.100}"
            raise UsageError(msg)
        answer.status, headers, result = result
        answer.headers = {str(name).lower(): str(value) for name, value in headers.items()}
        if any("\n" in text or "\r" in text for pair in answer.headers.items() for text in pair):
            msg = "a header has no line breaks"
            raise UsageError(msg)
        answer.mime = answer.headers.pop("content-type", answer.mime)
    _put_body(answer, result)
    return answer


def _put_body(answer: Answer, body: Any) -> None:
    if isinstance(body, bytes | bytearray | memoryview):
        answer.body = bytes(body)
    elif isinstance(body, str):
        answer.mime, answer.body = answer.mime or _TEXT, body.encode()
    elif isinstance(body, Path):
        answer.mime, answer.body = answer.mime or mimetypes.guess_type(body.name)[0] or "", body.read_bytes()
    elif body is None:
        answer.status = _MISSING if answer.status == _OK else answer.status
    elif isinstance(body, AsyncIterator | Iterator):
        answer.pieces = body
    elif isinstance(body, dict | list | bool | int | float):
        answer.mime, answer.body = answer.mime or "application/json", json.dumps(body).encode()
    else:
        msg = f"a body is bytes, a string, a Path, plain data or an iterator, got {type(body).__name__}"
        raise UsageError(msg)
    answer.mime = answer.mime or "application/octet-stream"


def piece_of(piece: Any) -> bytes:
    """One piece of a body."""
    if isinstance(piece, str):
        return piece.encode()
    if isinstance(piece, bytes | bytearray | memoryview):
        return bytes(piece)
    msg = f"a piece of a body is bytes or a string, got {type(piece).__name__}"
    raise UsageError(msg)


def _expression(pattern: str) -> str:
    """A pattern as a regular expression: ``{name}`` is one part of a path, ``{name...}`` all that is left of it."""
    made, end = "", 0
    for found in _NAME.finditer(pattern):
        made += re.escape(pattern[end : found.start()]) + f"(?P<{found[1]}>{'.+' if found[2] else '[^/]+'})"
        end = found.end()
    return made + re.escape(pattern[end:])
