"""Kinds of functions: which run in an event loop. It calls none of them."""

from __future__ import annotations

import functools
import inspect
from typing import Any


def is_async(fn: Any) -> bool:
    """Whether it runs in the event loop: also a method, a partial, an object with an async ``__call__``."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    if not inspect.isroutine(fn) and not isinstance(fn, type):
        fn = getattr(type(fn), "__call__", fn)  # noqa: B004 -- not whether there is one, but which
    return inspect.iscoroutinefunction(fn) or inspect.isasyncgenfunction(fn)
