"""Patched: hints of a function whose code autoreload exchanged in place and whose hints it left as they were.

They are read from the function's file as text, to be resolved as any hints are. No code runs here.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any


def read_hints_again(fn: Any) -> None:
    """Give `fn` the hints that its file has now; where that cannot be told, it keeps those it has."""
    try:
        found: Any = ast.parse(Path(fn.__code__.co_filename).read_text(encoding="utf-8"))
        for part in fn.__qualname__.split("."):
            found = _defined(found, part)
    except (OSError, SyntaxError, ValueError, AttributeError, LookupError):
        return
    if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
        fn.__annotations__ = {name: _text(hint) for name, hint in _hints(found).items() if hint is not None}


def _defined(where: Any, name: str) -> Any:
    """The last definition of that name there is the one that counts."""
    return [one for one in where.body if getattr(one, "name", None) == name][-1]


def _text(hint: ast.expr) -> str:
    if isinstance(hint, ast.Constant) and isinstance(hint.value, str):
        return hint.value
    return ast.unparse(hint)


def _hints(fn: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, ast.expr | None]:
    given = fn.args
    several = [one for one in (given.vararg, given.kwarg) if one is not None]
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, *several]
    return {**{one.arg: one.annotation for one in parameters}, "return": fn.returns}
