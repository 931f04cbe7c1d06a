"""The functions of a module, as ``expose=`` would hand them to pages: for ``jupyterwin types``. It opens no window."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers.signature import Exposure, Signature, exposures
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.types.declaration import TypesText, declaration
from jupyterwin.main.types.stores import TypedStore


def of_module(target: str) -> TypesText:
    """The ``kernel.d.ts`` of ``MODULE`` or ``MODULE:function,function``. Imports the module. Raises `UsageError`.

    Without names: what ``__all__`` lists of functions, else the public functions that are defined in the module.
    """
    name, _, chosen = target.partition(":")
    module = _imported(name)
    names = [each.strip() for each in chosen.split(",")] if chosen else _public(module)
    if not names:
        raise UsageError(f"{name} has no public functions: name some, {name}:function,function")
    functions = {each: _function(module, each) for each in names}
    return of_exposures(exposures(functions, IpcEvent))


def of_exposures(table: dict[str, Exposure], stores: Mapping[str, TypedStore] | None = None) -> TypesText:
    """The ``kernel.d.ts`` of what a window was given, with the signatures of now."""
    signatures: dict[str, Signature] = {name: exposure.current()[1] for name, exposure in table.items()}
    return declaration(signatures, stores)


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name and (name == problem.name or name.startswith(f"{problem.name}.")):
            raise UsageError(f"there is no module {name!r} here: run it where `import {name}` works") from problem
        raise


def _public(module: ModuleType) -> list[str]:
    if hasattr(module, "__all__"):
        return [name for name in module.__all__ if _is_function(getattr(module, name, None))]
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and inspect.isroutine(value) and value.__module__ == module.__name__
    ]


def _is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, type)


def _function(module: ModuleType, name: str) -> Any:
    value: Any = module
    for part in name.split("."):
        value = getattr(value, part, None)
    if not callable(value):
        raise UsageError(f"{module.__name__} has no function {name!r}; it has {', '.join(_public(module)) or 'none'}")
    return value
