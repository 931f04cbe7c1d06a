"""Tap: the one place where the frames of windows can be watched. It knows nothing of what a watcher makes of them.

While nobody watches, the path of a message looks at `watchers`, finds it empty, and that is all.
"""

from __future__ import annotations

import logging
import threading
import weakref
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.deadlines import Later
    from jupyterwin.main.document import Document

Direction = Literal["to-kernel", "to-page"]

_log = logging.getLogger("jupyterwin")


class Watcher(Protocol):
    """Who watches. Called on the threads that carry messages, in the order of each document: it must be quick."""

    def frame(self, document: Document, direction: Direction, frame: Any, buffers: Sequence[Any]) -> None:
        """A frame passes: one that came, or one that was queued for the page."""

    def ended(self, document: Document, error: Exception) -> None:
        """The document is gone, and with it all that was under way."""

    def closed(self) -> None:
        """Nothing more comes by this tap."""


class Tap:
    """The tap of one window, or, without `over`, of all: who watches there watches every window under it."""

    def __init__(self, later: Later, over: Tap | None = None) -> None:
        self.later = later
        """Calls a function after so many seconds, on another thread."""
        self.watchers: tuple[Watcher, ...] = ()
        """Who watches now: own watchers, and those of the tap above."""
        self._own: tuple[Watcher, ...] = ()
        self._over = over
        self._under: weakref.WeakSet[Tap] = weakref.WeakSet()
        self.lock: threading.RLock = over.lock if over is not None else threading.RLock()
        """One for a tap and all under it."""
        if over is not None:
            over.adopt(self)

    def adopt(self, tap: Tap) -> None:
        """Who watches here watches there as well."""
        with self.lock:
            self._under.add(tap)
            tap.refresh()

    def refresh(self) -> None:
        """Who watches has changed, here or above."""
        self.watchers = self._own + (self._over.watchers if self._over is not None else ())
        for tap in self._under:
            tap.refresh()

    def add(self, watcher: Watcher) -> None:
        """Watch from now on."""
        self._change(lambda own: (*own, watcher))

    def remove(self, watcher: Watcher) -> None:
        """Watch no longer."""
        self._change(lambda own: tuple(other for other in own if other is not watcher))

    def close(self) -> None:
        """The window is gone: its own watchers are told; those of all windows watch on."""
        for watcher in self._own:
            watcher.closed()

    # -------------------------------------------------- the path tells, only while somebody watches

    def frame(self, document: Document, direction: Direction, frame: Any, buffers: Sequence[Any]) -> None:
        """A frame passes."""
        self._tell(lambda watcher: watcher.frame(document, direction, frame, buffers))

    def ended(self, document: Document, error: Exception) -> None:
        """A document is gone."""
        self._tell(lambda watcher: watcher.ended(document, error))

    def _tell(self, say: Callable[[Watcher], None]) -> None:
        for watcher in self.watchers:
            try:
                say(watcher)
            except Exception:  # noqa: BLE001 -- logged: who watches must not be able to break what it watches
                _log.exception("an inspector failed at a message; the message goes on")

    # --------------------------------------------------

    def _change(self, changed: Callable[[tuple[Watcher, ...]], tuple[Watcher, ...]]) -> None:
        with self.lock:
            self._own = changed(self._own)
            self.refresh()
