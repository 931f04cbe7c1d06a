"""Windows: the open windows of an application, by name. It opens and closes none."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError
from jupyterwin.main.window import card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyterwin.main.window import Window
    from jupyterwin.main.window.life import Life


class Windows:
    """The open windows, by name, in the order they were opened. Iterating gives windows.

    A name is claimed before there is a window to use: it is given by name and counted, but not among the windows yet.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, Window] = {}
        self._lock = threading.Lock()

    def claim(self, name: str, window: Window) -> None:
        """Give `window` its name. Raises `UsageError` when an open window has it."""
        with self._lock:
            if name in self._by_name:
                msg = f"a window named {name!r} is open: jw.open({name!r}, …) updates it, or close it first"
                raise UsageError(msg)
            self._by_name[name] = window

    def drop(self, window: Life) -> None:
        """The window is closed; its name is free."""
        with self._lock:
            if self._by_name.get(window.name) is window:
                del self._by_name[window.name]

    def get(self, name: str | None) -> Window | None:
        """The open window of that name, or None."""
        return self._by_name.get(name) if name else None

    def interrupt(self) -> None:
        """The kernel was interrupted: calls of pages that run, or wait to, end in `Cancelled`; nothing else does.

        Their handlers see ``event.cancelled``, tasks and futures are cancelled. Called by the notebook, on any thread.
        """
        for window in self:
            window.interrupt()

    def __getitem__(self, name: str) -> Window:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Iterator[Window]:
        return iter([window for window in list(self._by_name.values()) if window.opened])

    def __len__(self) -> int:
        return len(self._by_name)

    def __dir__(self) -> list[str]:
        return ["get"]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._by_name)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no windows are open"

    def _repr_html_(self) -> str:
        return card.of_windows(self)
