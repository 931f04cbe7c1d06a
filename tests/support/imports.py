"""The imports of a Python file, as absolute module names with their lines, read without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """One import: `module` is absolute; for `from a import b` both `a` and `a.b` are given, b may be a module."""

    module: str
    line: int


def module_name(file: Path, root: Path) -> str:
    """Tell the dotted name of a file below `root`."""
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path, root: Path) -> list[Import]:
    """Find every import in a file: at its top, inside functions, for types only, and `import_module("literal")`."""
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    package = module_name(file, root).split(".")
    if file.name != "__init__.py":
        package.pop()
    found: list[Import] = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [Import(alias.name, node.lineno) for alias in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                base = package[: len(package) - level + 1] if level else []
                source = ".".join([*base, *([module] if module else [])])
                found += [
                    Import(source, node.lineno),
                    *(Import(f"{source}.{each.name}", node.lineno) for each in names),
                ]
            case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(name)), *_]):
                found.append(Import(name, node.lineno))
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                found.append(Import(name, node.lineno))
    return found


def is_within(module: str, package: str) -> bool:
    """Tell whether a module is the package or below it."""
    return module == package or module.startswith(package + ".")
