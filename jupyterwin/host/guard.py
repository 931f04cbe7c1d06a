"""An exception in a slot must not end the host: it is reported, and the loop goes on.

Who hears of it besides standard error is set once by the host; this module knows neither host nor engine.
"""

from __future__ import annotations

import functools
import sys
import traceback
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

_listeners: list[Callable[[str], None]] = []


def tell(listener: Callable[[str], None]) -> None:
    """Tell `listener` of every exception from now on, in one line."""
    _listeners[:] = [listener]


def guarded(function: Callable[P, R]) -> Callable[P, R | None]:
    """For slots and whatever else a loop calls: an exception ends here, with the value None."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return function(*args, **kwargs)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the host stays
            traceback.print_exc(file=sys.stderr)
            for listener in _listeners:
                listener(f"{function.__qualname__}: {type(problem).__name__}: {problem}")
            return None

    return call
