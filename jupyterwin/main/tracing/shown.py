"""Encoded values as short text for people: what they are, or only what kinds of values they are. It decodes nothing.

Only as much of a value is looked at as is shown, however large it is. Binary data appears as its size.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from jupyterwin.wire.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LENGTH = 200
"""Characters shown of one frame's values."""
STRING = 80
"""Characters shown of one string in them."""

_NUMBERS = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity", "-0": "-0"}
_UNITS = ("B", "kB", "MB", "GB")


def size_text(size: float) -> str:
    """A number of bytes, as people write it."""
    unit = 0
    while size >= 1000 and unit + 1 < len(_UNITS):
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit == 0 or size >= 100 else f"{size:.1f} {_UNITS[unit]}"


def values_text(values: Sequence[Any], buffers: Sequence[Any]) -> str:
    """The values themselves, the first `LENGTH` characters."""
    return _bounded(_joined(_value(value, buffers) for value in values))


def kinds_text(values: Sequence[Any], buffers: Sequence[Any]) -> str:
    """What kinds of values they are, and how large: nothing of what they say."""
    return _bounded(_joined([_kind(value, buffers)] for value in values))


def _bounded(pieces: Iterator[str]) -> str:
    text = ""
    try:
        while len(text) <= LENGTH and (piece := next(pieces, None)) is not None:
            text += piece
    except (TypeError, ValueError, AttributeError):  # what a page sends may be no encoded value at all
        text += "(malformed)"
    return text if len(text) <= LENGTH else text[:LENGTH] + "…"


def _joined(parts: Any) -> Iterator[str]:
    for number, part in enumerate(parts):
        if number:
            yield ", "
        yield from part


def _value(value: Any, buffers: Sequence[Any]) -> Iterator[str]:
    if isinstance(value, str):
        yield json.dumps(cut(value, STRING), ensure_ascii=False)
    elif isinstance(value, list):
        yield "["
        yield from _joined(_value(item, buffers) for item in value)
        yield "]"
    elif not isinstance(value, dict):
        yield json.dumps(value)
    elif "$" in value:
        yield from _tagged(value, buffers)
    else:
        yield from _object(value.items(), buffers)


def _object(pairs: Any, buffers: Sequence[Any]) -> Iterator[str]:
    yield "{"
    yield from _joined(_pair(cut(key, STRING), item, buffers) for key, item in pairs)
    yield "}"


def _pair(key: str, item: Any, buffers: Sequence[Any]) -> Iterator[str]:
    yield f"{key}: "
    yield from _value(item, buffers)


def _tagged(value: dict[str, Any], buffers: Sequence[Any]) -> Iterator[str]:
    tag, inner = value["$"], value.get("v")
    if tag == "def":
        yield from _value(inner, buffers)
    elif tag == "obj" and isinstance(inner, list):
        yield from _object(inner, buffers)
    elif tag in {"map", "set"} and isinstance(inner, list):
        yield f"{tag.capitalize()}"
        yield from _value(inner, buffers)
    else:
        yield _short(value, tag, inner, buffers)


def _short(value: dict[str, Any], tag: Any, inner: Any, buffers: Sequence[Any]) -> str:
    """What is no container."""
    if tag == "num":
        return _NUMBERS.get(inner, "?")
    if tag == "int":
        return cut(str(inner), STRING)
    if tag == "date":
        return _date(inner)
    if tag == "re":
        return f"/{cut(str(inner), STRING)}/{value.get('f', '')}"
    if tag == "err" and isinstance(inner, dict):
        return f"{inner.get('name', 'Error')}({json.dumps(cut(str(inner.get('message', '')), STRING), ensure_ascii=False)})"
    if tag in {"buf", "arrow"}:
        return _buffer(value, buffers)
    return {"undef": "undefined", "ref": "(again)"}.get(tag, f"({tag})")


def _date(milliseconds: Any) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    except (TypeError, ValueError, OverflowError, OSError):
        return "(a date)"


def _buffer(value: dict[str, Any], buffers: Sequence[Any]) -> str:
    """Its type, its shape if it says one, its size: never what is in it."""
    at = value.get("i")
    size = size_text(len(buffers[at])) if isinstance(at, int) and 0 <= at < len(buffers) else "?"
    shape = json.dumps(value["s"]) if isinstance(value.get("s"), list) else ""
    name = "Table" if value["$"] == "arrow" else value.get("t", "buffer")
    return f"{name}{shape} {size}"


def _kind(value: Any, buffers: Sequence[Any]) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str | list):
        return f"{'string' if isinstance(value, str) else 'array'} of {len(value)}"
    if not isinstance(value, dict) or "$" not in value:
        return f"object of {len(value)}" if isinstance(value, dict) else type(value).__name__
    return _tagged_kind(value, buffers)


def _tagged_kind(value: dict[str, Any], buffers: Sequence[Any]) -> str:
    tag, inner = value["$"], value.get("v")
    if tag == "def":
        return _kind(inner, buffers)
    if tag in {"buf", "arrow"}:
        return _buffer(value, buffers)
    name = {"undef": "undefined", "num": "number", "int": "integer", "re": "regexp", "err": "error", "obj": "object"}
    size = f" of {len(inner)}" if isinstance(inner, list) else ""
    return f"{name.get(tag, tag)}{size}"
