"""TypeScript of the frames and of the error codes, generated from Python; ``python -m jupyterwin.wire.typescript`` writes.

Pure but for that command. It knows msgspec's structs and TypeScript's syntax, and no frame or error by name.
"""

from __future__ import annotations

import inspect
import textwrap
import types
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import msgspec

from jupyterwin import errors
from jupyterwin.wire import frames, place

_FOLDER = Path(__file__).parents[2] / "js" / "src" / "wire"
TARGET = _FOLDER / "frames.gen.ts"
PLACE_TARGET = _FOLDER / "place.gen.ts"
ERRORS_TARGET = _FOLDER / "errors.gen.ts"
COMMAND = "python -m jupyterwin.wire.typescript"

_NAMES = "ERROR_NAMES"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"} | {
    Any: "unknown",
    msgspec.Raw: "unknown",
}
_LINE = 120
_WIDTH = 116  # what a doc comment's text may fill of Biome's 120 columns


def render(module: ModuleType = frames) -> str:
    """The text for a module of frames: constants, one interface for each struct, one type for each union."""
    file = module.__name__.replace(".", "/")
    parts = [f"// Generated from {file}.py by `{COMMAND}`. Do not edit."]
    parts += [f"export const {name} = {_literal(value)};" for name, value in _own(module, int | str)]
    parts += [_interface(struct, module) for struct in _structs(module)]
    parts += [_union(name, union) for name, union in _own(module, types.UnionType)]
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


def _own(module: ModuleType, kind: Any) -> list[tuple[str, Any]]:
    return [(n, value) for n, value in vars(module).items() if not n.startswith("_") and isinstance(value, kind)]


def _structs(module: ModuleType) -> list[type[msgspec.Struct]]:
    return [value for _, value in _own(module, type) if issubclass(value, msgspec.Struct)]


def _interface(struct: type[msgspec.Struct], module: ModuleType) -> str:
    lines = [*_comment(struct.__doc__ or ""), f"export interface {struct.__name__} {{"]
    tag = struct.__struct_config__.tag
    if tag is not None:
        lines.append(f"  readonly {struct.__struct_config__.tag_field}: {_literal(tag)};")
    # A field at its default is left out on the wire (omit_defaults), so that it is optional here.
    for field in msgspec.structs.fields(struct):
        optional = "" if field.required else "?"
        lines.append(f"  readonly {field.encode_name}{optional}: {_type(field.type, module)};")
    return "\n".join([*lines, "}"])


def _union(name: str, union: types.UnionType) -> str:
    members = [member.__name__ for member in get_args(union)]
    line = f"export type {name} = {' | '.join(members)};"
    return line if len(line) <= _LINE else f"export type {name} =\n  | " + "\n  | ".join(members) + ";"


def _type(kind: Any, module: ModuleType) -> str:
    if get_origin(kind) is Literal:
        return " | ".join(_literal(value) for value in get_args(kind))
    if get_origin(kind) is list:
        (item,) = get_args(kind)
        text = _type(item, module)
        return f"readonly ({text})[]" if " " in text else f"readonly {text}[]"
    if isinstance(kind, types.UnionType):
        members = get_args(kind)
        whole = [name for name, union in _own(module, types.UnionType) if union == kind]
        return whole[0] if whole else " | ".join(_type(member, module) for member in members)
    if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
        return kind.__name__
    if get_origin(kind) is dict and get_args(kind)[0] is str:
        return f"Readonly<Record<string, {_type(get_args(kind)[1], module)}>>"
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
    PLACE_TARGET.write_text(render(place), encoding="utf-8")
    ERRORS_TARGET.write_text(render_errors(), encoding="utf-8")
