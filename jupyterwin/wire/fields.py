"""The fields of records, of whichever library, as they travel: dataclasses, structs, models.

Pure: pydantic is known by the attributes of its models, and never imported.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec


def fields_of(value: Any) -> dict[str, Any] | list[Any] | None:
    """Name → value, by the names that a page gives them back by; a list for a struct that is one; None for no record."""
    if isinstance(value, msgspec.Struct):
        return _of_struct(value)
    kind = type(value)
    if hasattr(kind, "model_fields") and hasattr(kind, "model_validate"):
        named = {info.alias or name: getattr(value, name) for name, info in kind.model_fields.items()}
        return named | (getattr(value, "__pydantic_extra__", None) or {})
    if dataclasses.is_dataclass(kind):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    return None


def _of_struct(value: msgspec.Struct) -> dict[str, Any] | list[Any]:
    config = value.__struct_config__
    named = {} if config.tag is None else {str(config.tag_field): config.tag}
    named |= {each.encode_name: getattr(value, each.name) for each in msgspec.structs.fields(value)}
    return list(named.values()) if config.array_like else named
