"""Policies: functions that see every window before it loads. They know nothing of what windows may do."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import Holdings, cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.main.window import Window

    Policy = Callable[[Window], object]


class Policies:
    """In the order they were added; each runs in a copy of the context it was added in."""

    def __init__(self) -> None:
        self._policies: dict[object, tuple[Policy, contextvars.Context]] = {}
        self._holdings: Holdings[object] = Holdings()

    def add(self, fn: Policy, present: Iterable[Window]) -> Callable[[], None]:
        """Call `fn` with the windows there are, and from now on with each new one. Returns the disposer."""
        if not callable(fn):
            msg = f"policy: {fn!r} is not a function"
            raise UsageError(msg)
        key = object()

        def dispose() -> None:
            self._policies.pop(key, None)
            self._holdings.let_go(key)

        self._holdings.add(key, cells.own(dispose, fn, "policy"))
        self._policies[key] = fn, contextvars.copy_context()
        for window in present:
            fn(window)
        return dispose

    def apply(self, window: Window) -> None:
        """Show `window` to all of them; what one raises is the end of that window."""
        for fn, context in list(self._policies.values()):
            context.copy().run(fn, window)
