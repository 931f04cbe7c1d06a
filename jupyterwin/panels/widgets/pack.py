"""Pack: a widget's state as it travels, each trait as JSON text with its buffers aside. Pure: it knows no comm.

Text, made at once on the publishing thread: what a cell does to the value afterwards does not show, and the page reads
what a notebook's front end would read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_REFERENCE = re.compile(r'(?:"IPY_MODEL_|"anywidget:|"model_id": ")([^"\\]+)"')
"""As ipywidgets, anywidget, and mimebundles in an `Output` refer to a widget."""


class Packed(NamedTuple):
    """One trait: its value as JSON text, and the buffers that belong into it at these paths (from the trait's name on)."""

    text: str
    paths: tuple[list[Any], ...] = ()
    buffers: tuple[bytes, ...] = ()


def pack_state(state: Mapping[str, Any], paths: Iterable[Sequence[Any]], buffers: Iterable[Any]) -> dict[str, Packed]:
    """A state whose buffers were taken out by `paths`, as ipywidgets sends it."""
    aside: dict[str, list[tuple[list[Any], bytes]]] = {}
    for path, buffer in zip(paths, buffers, strict=False):
        aside.setdefault(str(path[0]), []).append((list(path), copied(buffer)))
    packed: dict[str, Packed] = {}
    for name in dict.fromkeys([*state, *aside]):
        taken = aside.get(name, ())
        packed[name] = Packed(
            text_of(state.get(name)), tuple(path for path, _ in taken), tuple(buffer for _, buffer in taken)
        )
    return packed


def joined(state: Mapping[str, Packed]) -> dict[str, Any]:
    """A packed state as the page reads it."""
    return {
        "state": "{" + ",".join(f"{json.dumps(name)}:{one.text}" for name, one in state.items()) + "}",
        "paths": [path for one in state.values() for path in one.paths],
        "buffers": [buffer for one in state.values() for buffer in one.buffers],
    }


def references(text: str) -> set[str]:
    """The ids of the widgets that this JSON text refers to."""
    return set(_REFERENCE.findall(text))


def referred(state: Mapping[str, Packed]) -> set[str]:
    """The ids of the widgets that this state refers to."""
    return set().union(*(references(one.text) for one in state.values()))


def text_of(value: Any) -> str:
    """JSON text, of whatever a kernel's session would take."""
    from jupyter_client.jsonutil import json_clean, json_default

    try:
        return json.dumps(value, default=json_default, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):  # NaN, keys that are no strings: as a kernel's session cleans them
        return json.dumps(json_clean(value), default=json_default, ensure_ascii=False, allow_nan=False)


def copied_json(value: Any) -> Any:
    """A value as a front end reads it: what is changed later does not show."""
    return json.loads(text_of(value))


def copied(buffer: Any) -> bytes:
    """A buffer as it is now."""
    return buffer if isinstance(buffer, bytes) else memoryview(buffer).tobytes()
