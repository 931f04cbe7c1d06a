"""Imports: what is to be done once a module is imported, if it ever is. It imports nothing itself."""

from __future__ import annotations

import importlib.abc
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_awaited: dict[str, _Finder] = {}


def when_imported(name: str, follow: Callable[[Any], object]) -> None:
    """Call ``follow(module)``: now, if it is imported, else as soon as it has run. While it waits for a name, others are not added."""
    if name in sys.modules:
        follow(sys.modules[name])
    elif name not in _awaited:
        _awaited[name] = _Finder(name, follow)
        sys.meta_path.insert(0, _awaited[name])


class _Finder(importlib.abc.MetaPathFinder):
    """Waits for the import of one module, and finds it as the others do."""

    def __init__(self, name: str, follow: Callable[[Any], object]) -> None:
        self._name = name
        self._follow = follow

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Whoever only looks where the module is gets it too, and has not imported it."""
        if name != self._name:
            return None
        others = (one for one in sys.meta_path if one is not self and hasattr(one, "find_spec"))
        spec = next(filter(None, (one.find_spec(name, path, target) for one in others)), None)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def run_and_follow(module: Any) -> None:
                run(module)
                self._has_run(module)

            spec.loader.exec_module = run_and_follow  # type: ignore[method-assign]
        return spec

    def _has_run(self, module: Any) -> None:
        if _awaited.pop(self._name, None) is self:
            sys.meta_path.remove(self)
            self._follow(module)
