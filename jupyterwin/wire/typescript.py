"""TypeScript of the frames and of the error codes, generated from Python; ``python -m jupyterwin.wire.typescript`` writes.

Pure but for that command. It knows msgspec's structs and TypeScript's syntax, and no frame or error by name.
"""

from __future__ import annotations

import inspect
import textwrap
import types
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from jupyterwin import errors
from jupyterwin.wire import frames

_FOLDER = Path(__file__).parents[2] / "js" / "src" / "wire"
TARGET = _FOLDER / "frames.gen.ts"
ERRORS_TARGET = _FOLDER / "errors.gen.ts"
COMMAND = "python -m jupyterwin.wire.typescript"

_NAMES = "ERROR_NAMES"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"} | {
    Any: "unknown",
    msgspec.Raw: "unknown",
}
_WIDTH = 116  # what a doc comment's text may fill of Biome's 120 columns


def render() -> str:
    """The text of ``frames.gen.ts``: constants, one interface for each struct, one type for each union."""
    parts = [f"// Generated from jupyterwin/wire/frames.py by `{COMMAND}`. Do not edit."]
    parts += [f"export const {name} = {_literal(value)};" for name, value in _constants()]
    parts += [_interface(struct) for struct in _structs()]
    parts += [_union(name, union) for name, union in _unions()]
    return "\n\n".join(parts) + "\n"


def render_errors() -> str:
    """The text of ``errors.gen.ts``: the name of each error class by its code, and what it means."""
    lines = [f"// Generated from jupyterwin/errors.py by `{COMMAND}`. Do not edit.", ""]
    lines += ["/** The names of the error classes by the codes that cross. */", f"export const {_NAMES} = {{"]
    for code, cls in sorted(errors.by_code().items()):
        first = inspect.cleandoc(cls.__doc__ or "").splitlines()[0]
        key = code if code.isidentifier() else _literal(code)
        lines += [f"  /** {first} */", f"  {key}: {_literal(cls.__name__)},"]
    return "\n".join([*lines, "} as const;", "", f"export type ErrorCode = keyof typeof {_NAMES};", ""])


def _own() -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(frames).items() if not name.startswith("_")]


def _constants() -> list[tuple[str, Any]]:
    return [(name, value) for name, value in _own() if isinstance(value, int | str)]


def _structs() -> list[type[msgspec.Struct]]:
    return [value for _, value in _own() if inspect.isclass(value) and issubclass(value, msgspec.Struct)]


def _unions() -> list[tuple[str, types.UnionType]]:
    return [(name, value) for name, value in _own() if isinstance(value, types.UnionType)]


def _interface(struct: type[msgspec.Struct]) -> str:
    lines = [*_comment(struct.__doc__ or ""), f"export interface {struct.__name__} {{"]
    tag = struct.__struct_config__.tag
    if tag is not None:
        lines.append(f"  readonly {struct.__struct_config__.tag_field}: {_literal(tag)};")
    # A field at its default is left out on the wire (omit_defaults), so that it is optional here.
    for field in msgspec.structs.fields(struct):
        optional = "" if field.required else "?"
        lines.append(f"  readonly {field.encode_name}{optional}: {_type(field.type)};")
    return "\n".join([*lines, "}"])


def _union(name: str, union: types.UnionType) -> str:
    members = [member.__name__ for member in get_args(union)]
    return f"export type {name} =\n  | " + "\n  | ".join(members) + ";"


def _type(kind: Any) -> str:
    if get_origin(kind) is list:
        (item,) = get_args(kind)
        text = _type(item)
        return f"readonly ({text})[]" if " " in text else f"readonly {text}[]"
    if isinstance(kind, types.UnionType):
        members = get_args(kind)
        whole = [name for name, union in _unions() if union == kind]
        return whole[0] if whole else " | ".join(_type(member) for member in members)
    if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
        return kind.__name__
    if get_origin(kind) is dict and get_args(kind)[0] is str:
        return f"Readonly<Record<string, {_type(get_args(kind)[1])}>>"
    if kind not in _PLAIN:
        raise TypeError(f"no TypeScript for {kind!r} yet: give jupyterwin.wire.typescript a row for it")
    return _PLAIN[kind]


def _literal(value: int | str) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _comment(doc: str) -> list[str]:
    text = [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(doc).split("\n\n")]
    lines = [line for paragraph in text for line in ["", *textwrap.wrap(paragraph, _WIDTH)]][1:]
    return [f"/** {lines[0]} */"] if len(lines) == 1 else ["/**", *(f" * {line}".rstrip() for line in lines), " */"]


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    ERRORS_TARGET.write_text(render_errors(), encoding="utf-8")
