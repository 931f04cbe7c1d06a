"""Frames about the native window as tests write them: its fields among the frame's own."""

from __future__ import annotations

from typing import Any

from jupyterwin.wire import control

FIELDS = control.Native.__struct_fields__


def gathered(kind: type, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a frame of this kind; those of `Native` in a `Native`."""
    if "native" not in kind.__struct_fields__ or "native" in fields:
        return fields
    native = control.Native(**{name: value for name, value in fields.items() if name in FIELDS})
    return {name: value for name, value in fields.items() if name not in FIELDS} | {"native": native}


def said_by(event: Any, name: str) -> Any:
    """A field of a frame, or of the `Native` in it."""
    return getattr(event.native, name) if name in FIELDS and hasattr(event, "native") else getattr(event, name)
