"""Screen: the displays of the desktop and its pointer, as ``jw.screen``: Electron's `screen`. It opens no window.

The displays are the window host's to know: it is started when nobody has started it yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jupyterwin.errors import UsageError
from jupyterwin.main.emitter import Emitter
from jupyterwin.main.pending import Pending
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.hostlink import HostLink
    from jupyterwin.wire.control import Display

EVENTS = ("display-added", "display-removed", "display-metrics-changed")

START = 30.0
"""Seconds that a window host may take to say which displays there are."""


class Point(NamedTuple):
    """A point of the desktop, in device-independent pixels."""

    x: int
    y: int


class Screen:
    """The desktop. A display has ``id``, ``bounds``, ``work_area`` (both with x, y, width, height), ``scale_factor``, ``primary``."""

    def __init__(
        self, host: Callable[[], HostLink], run: Callable[[Callable[[], None]], None], report: Callable[..., None]
    ) -> None:
        self._host = host
        self._displays: list[Display] = []
        self._emitter = Emitter(EVENTS, run, report)

    def get_all_displays(self) -> list[Display]:
        """Every display, as they are now. Waits for a window host that is starting; raises what its start raises."""
        if not self._displays:
            ready: control.Ready = self._host().ready.result(START)
            if not self._displays:
                self.are(ready.displays)
        return list(self._displays)

    def get_primary_display(self) -> Display:
        """Where windows open that say nothing else."""
        displays = self.get_all_displays()
        return next((display for display in displays if display.primary), displays[0])

    def get_display_nearest_point(self, x: float, y: float) -> Display:
        """The display that has this point, or is nearest to it."""
        return min(self.get_all_displays(), key=lambda display: _distance(display, x, y))

    def get_cursor_screen_point(self) -> Pending[Point]:
        """Where the mouse is."""
        pending: Pending[Point] = Pending("the pointer's place")
        reply = self._host().command("the pointer's place", control.FindPointer)

        def done(ended: Pending[Any]) -> None:
            error = ended.exception(0)
            if error is None:
                pending.settle(Point(**ended.result(0)[0]))
            else:
                pending.fail(error)

        reply.add_done_callback(done)
        return pending

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` at each event, on a thread of the application's own. Returns the disposer; as a decorator, the function.

        ``display-added`` (display), ``display-removed`` (display), ``display-metrics-changed`` (display, changed: a list
        of ``bounds``, ``work_area``, ``scale_factor``, ``primary``). Told while a window host runs.
        """
        return self._emitter.on(event, fn)

    def once(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """As `on`, for the next such event alone."""
        return self._emitter.on(event, fn, once=True)

    def next(self, event: str) -> Pending[Any]:
        """The next such event, as its detail."""
        return self._emitter.next(event)

    # -------------------------------------------------- for main/

    def are(self, displays: Sequence[Display]) -> None:
        """The window host says which displays there are."""
        before, self._displays = self._displays, list(displays)
        if before:
            for event in changes(before, displays):
                self._emitter.emit(*event)

    def known(self, display: str) -> Display | None:
        """The display of that id, as far as is known without asking."""
        return next((one for one in self._displays if one.id == display), None)

    def find(self, wanted: Any) -> Display:
        """One of the displays by its number, its id, or itself; the primary one for None. Raises `UsageError`."""
        displays = self.get_all_displays()
        if wanted is None:
            return self.get_primary_display()
        if isinstance(wanted, int) and not isinstance(wanted, bool) and 0 <= wanted < len(displays):
            return displays[wanted]
        key = getattr(wanted, "id", wanted)
        for display in displays:
            if display.id == key:
                return display
        msg = f"screen: there is no display {wanted!r}; there are {', '.join(repr(one.id) for one in displays)}"
        raise UsageError(msg)

    def __dir__(self) -> list[str]:
        displays = ("get_all_displays", "get_primary_display", "get_display_nearest_point", "get_cursor_screen_point")
        return [*displays, "on", "once", "next"]

    def __repr__(self) -> str:
        lines = [
            f"{one.id}: {one.bounds.width} × {one.bounds.height} at {one.bounds.x}, {one.bounds.y}"
            for one in self._displays
        ]
        return "\n".join(lines) or "<Screen: no window host has run yet>"


_METRICS = ("bounds", "work_area", "scale_factor", "primary")


def changes(before: Sequence[Display], after: Sequence[Display]) -> list[tuple[Any, ...]]:
    """The events between two states of the desktop, each with its details."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    events: list[tuple[Any, ...]] = [("display-removed", display) for key, display in old.items() if key not in new]
    events += [("display-added", display) for key, display in new.items() if key not in old]
    for key in old.keys() & new.keys():
        metrics = [name for name in _METRICS if getattr(old[key], name) != getattr(new[key], name)]
        if metrics:
            events.append(("display-metrics-changed", new[key], metrics))
    return events


def _distance(display: Display, x: float, y: float) -> float:
    bounds = display.bounds
    left, top = bounds.x or 0, bounds.y or 0
    across = max(left - x, 0, x - (left + (bounds.width or 0) - 1))
    down = max(top - y, 0, y - (top + (bounds.height or 0) - 1))
    return float(across**2 + down**2)
