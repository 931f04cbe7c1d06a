"""Outbox: what goes to one place's page, merged while the page is busy. It knows no widget library.

One batch is under way at a time; the next leaves when the page has taken it. Meanwhile the state of a widget is one entry,
whose traits are the newest: however fast a cell moves a progress bar, a slow page costs neither time nor memory.
Custom messages keep their order and are not merged.
"""

from __future__ import annotations

import itertools
import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import JupyterWinError
from jupyterwin.panels.widgets.pack import Packed, joined

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 64 * 2**20
"""Of custom messages that wait for one page; what comes beyond is dropped and logged."""

_log = logging.getLogger("jupyterwin")
_numbers = itertools.count(1)


@dataclass(slots=True, eq=False)
class _State:
    """The newest state of one widget. `echoes`: by page, the last of its messages that is answered by it."""

    comm_id: str
    state: dict[str, Packed] = field(default_factory=dict)
    echoes: dict[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {"kind": "state", "id": self.comm_id, "echoes": self.echoes, **joined(self.state)}


class Outbox:
    """Entries for one page; `push` sends a batch to it and may raise. From any thread, in order for each."""

    def __init__(self, push: Callable[[dict[str, Any]], None]) -> None:
        self.number = next(_numbers)
        self.page = ""
        """How the page calls itself, once it has answered."""
        self._push = push
        self._lock = threading.Lock()
        self._entries: dict[object, dict[str, Any] | _State] = {}
        self._states: dict[str, _State] = {}
        self._bytes = 0
        self._under_way = False
        self._dropping = False

    def state(self, comm_id: str, state: dict[str, Packed], echo: tuple[str, str] | None = None) -> None:
        """A widget's traits have these values now. `echo`: page and message that this answers."""
        with self._lock:
            entry = self._states.get(comm_id) or _State(comm_id)
            self._entries.pop(entry, None)
            entry.state.update(state)
            if echo is not None:
                entry.echoes[echo[0]] = echo[1]
            self._states[comm_id] = entry
            self._entries[entry] = entry  # at the end: what it refers to was opened before
        self.flush()

    def opened(self, opened: dict[str, Any]) -> None:
        """A widget is there."""
        self._add({"kind": "open", **opened})

    def custom(self, comm_id: str, text: str, buffers: list[bytes]) -> None:
        """A custom message of a widget: JSON text and its buffers."""
        size = len(text) + sum(map(len, buffers))
        with self._lock:
            fits = self._bytes + size <= MOST_BYTES
            self._bytes += size if fits else 0
            told, self._dropping = self._dropping, not fits
            self._states.pop(comm_id, None)  # a later state comes after this message
        if fits:
            self._add({"kind": "custom", "id": comm_id, "content": text, "buffers": buffers})
        elif not told:
            _log.warning("custom messages of a widget are dropped: a window does not take them as fast as they come")

    def closed(self, comm_id: str) -> None:
        """A widget is gone."""
        with self._lock:
            self._states.pop(comm_id, None)
        self._add({"kind": "close", "id": comm_id})

    def idle(self, page: str, message: str) -> None:
        """The kernel is done with this message of that page."""
        if self.page in {"", page}:
            self._add({"kind": "idle", "message": message})

    def greet(self) -> None:
        """A page has asked for everything: it is told the box, and whatever was under way is not waited for."""
        with self._lock:
            self._under_way = False
        self._add({"kind": "hello"})

    def taken(self, page: str) -> None:
        """The page has drawn the batch."""
        with self._lock:
            self.page = page
            self._under_way = False
        self.flush()

    def flush(self) -> None:
        """Send what waits, unless a batch is under way."""
        with self._lock:
            if self._under_way or not self._entries:
                return
            self._under_way = True
            entries, self._entries, self._states, self._bytes = list(self._entries.values()), {}, {}, 0
        batch = [entry.plain() if isinstance(entry, _State) else entry for entry in entries]
        try:
            self._push({"box": self.number, "entries": batch})
        except JupyterWinError as error:  # the window is closing, or does not take anything at the moment
            _log.debug("a batch for a page of widgets was not sent: %s", error)
            with self._lock:
                self._under_way = False

    def _add(self, entry: dict[str, Any]) -> None:
        with self._lock:
            self._entries[object()] = entry
        self.flush()
