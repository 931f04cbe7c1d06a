"""Places: where the named windows of an application are, kept in batches, and where they were, found when they open."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.main.handlers.lane import Lane
from jupyterwin.main.places.store import Seen, Store
from jupyterwin.wire.control import Bounds, Native, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.screen import Screen
    from jupyterwin.main.window.life import Life
    from jupyterwin.main.window.options import WindowOptions

BATCH = 1.0
"""Seconds from the first change to its writing: one drag is one write."""


class Places:
    """Of one application."""

    def __init__(self, screen: Screen, store: Store | None = None) -> None:
        self.on = True
        """The switch for all windows."""
        self.store = store or Store()
        self._screen = screen
        self._lock = threading.Lock()
        self._changed: dict[str, Place] = {}
        self._now = threading.Event()
        self._lane = Lane("jupyterwin-places")

    # -------------------------------------------------- a window opens

    def put_in_place(self, window: Life, options: WindowOptions, native: Native) -> Native:
        """`native`, where the window was last time; what the user gave wins."""
        if not self._remembers(window, options):
            return native
        place = self._changed.get(window.name)
        if place is None:
            seen = self.store.read().windows.get(window.name)
            place = seen.place if seen else None
        if place is None:
            return native
        given = options.given
        bounds = native.bounds or Bounds()
        width = bounds.width if "width" in given else place.bounds.width
        height = bounds.height if "height" in given else place.bounds.height
        if any(given.get(name) is not None for name in ("x", "y", "screen")) or options.center:
            return msgspec.structs.replace(native, bounds=Bounds(bounds.x, bounds.y, width, height))
        mode = native.mode or ("normal" if "maximized" in given or "fullscreen" in given else place.mode)
        found = Place(Bounds(place.bounds.x, place.bounds.y, width, height), mode, place.display, place.area)
        return msgspec.structs.replace(native, place=found, mode=None)

    def _remembers(self, window: Life, options: WindowOptions) -> bool:
        return self.on and options.remember and window.named

    # -------------------------------------------------- a window moves

    def saw(self, window: Life, options: WindowOptions) -> None:
        """The window is here now. Written within `BATCH` seconds."""
        place = self.place_of(window)
        if place is None or not self._remembers(window, options):
            return
        if window.last_place == place:
            return
        window.last_place = place
        with self._lock:
            waiting = bool(self._changed)
            self._changed[window.name] = place
        if not waiting:
            self._lane.submit(self._write)

    def place_of(self, window: Life) -> Place | None:
        """Where it is; None while nobody knows."""
        if not window.normal_bounds or not window.visible:
            return None
        mode = window.mode if window.mode != "minimized" else window.mode_under
        display = self._screen.known(window.display)
        area = display.bounds if display else Bounds()
        return Place(Bounds(**window.normal_bounds), mode, window.display, area)

    def _write(self) -> None:
        self._now.wait(BATCH)
        self._now.clear()
        with self._lock:
            changed, self._changed = self._changed, {}
        if changed:
            self.store.change(lambda book: book.windows.update({name: Seen(place) for name, place in changed.items()}))

    def flush(self, timeout: float) -> None:
        """Write what is not written yet; wait for it at most `timeout` seconds."""
        if self._changed:
            self._now.set()
            self._lane.finish(timeout)

    # -------------------------------------------------- layouts

    def change(self, change: Callable[[Any], None]) -> None:
        """Change the book at once."""
        self.store.change(change)
