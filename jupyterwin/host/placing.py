"""Where windows belong on today's displays: pure arithmetic of rectangles. It knows no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.wire.control import Bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jupyterwin.wire.control import Display, Insets, Place

_GRIP = (64, 16)
"""Pixels of a title bar that a person needs to take hold of it."""


def found(displays: Sequence[Display], wanted: str | int | None) -> Display | None:
    """The display of that id or number; None for no wish, and for one that is not there."""
    if isinstance(wanted, int):
        return displays[wanted] if 0 <= wanted < len(displays) else None
    return next((display for display in displays if display.id == wanted), None)


def primary(displays: Sequence[Display]) -> Display:
    """The display where windows without a wish go."""
    return next((display for display in displays if display.primary), displays[0])


def born_at(bounds: Bounds, display: Display, *, counted_on_it: bool) -> Bounds:
    """The place of a new window: where it was asked for, else in the middle of the display's work area.

    `counted_on_it`: x and y are counted from the display's corner, and not from the desktop's.
    """
    area = display.bounds
    left, top = (_(area.x), _(area.y)) if counted_on_it else (0, 0)
    middle = centred(bounds, display.work_area)
    return Bounds(
        middle.x if bounds.x is None else left + bounds.x,
        middle.y if bounds.y is None else top + bounds.y,
        bounds.width,
        bounds.height,
    )


def centred(bounds: Bounds, area: Bounds) -> Bounds:
    """The same size in the middle of an area; at its corner, if it is larger."""
    x = _(area.x) + max(0, (_(area.width) - _(bounds.width)) // 2)
    y = _(area.y) + max(0, (_(area.height) - _(bounds.height)) // 2)
    return Bounds(x, y, bounds.width, bounds.height)


def found_again(place: Place, displays: Sequence[Display]) -> Bounds:
    """The bounds of a window that was at `place`: on its display, wherever that is now, and where a person can get at it."""
    home = found(displays, place.display)
    bounds = place.bounds
    if home is None or bounds.x is None or bounds.y is None:
        return _inside(bounds, (home or primary(displays)).work_area)
    if place.area.x is not None and place.area.y is not None:
        moved = (_(home.bounds.x) - place.area.x, _(home.bounds.y) - place.area.y)
        bounds = Bounds(bounds.x + moved[0], bounds.y + moved[1], bounds.width, bounds.height)
    same_size = (place.area.width, place.area.height) == (home.bounds.width, home.bounds.height)
    if same_size and _within_reach(bounds, displays):
        return bounds
    return _inside(bounds, home.work_area)


def with_frame(bounds: Bounds, insets: Insets) -> Bounds:
    """What a window takes with its frame."""
    width, height = _(bounds.width) + insets.left + insets.right, _(bounds.height) + insets.top + insets.bottom
    return Bounds(bounds.x, bounds.y, width, height)


def gathered(outer: Bounds, displays: Sequence[Display]) -> Bounds | None:
    """Where a window belongs of which a person sees less than half: the nearest display. None: it may stay."""
    areas = [display.work_area for display in displays]
    if 2 * sum(_shared(outer, area) for area in areas) >= _(outer.width) * _(outer.height):
        return None
    return _inside(outer, min(areas, key=lambda area: _way(outer, area)))


def _shared(one: Bounds, other: Bounds) -> int:
    """Pixels that are in both."""
    across = min(_(one.x) + _(one.width), _(other.x) + _(other.width)) - max(_(one.x), _(other.x))
    down = min(_(one.y) + _(one.height), _(other.y) + _(other.height)) - max(_(one.y), _(other.y))
    return max(0, across) * max(0, down)


def _way(outer: Bounds, area: Bounds) -> int:
    """How far the corner must go to be inside, squared."""
    there = _inside(outer, area)
    return (_(there.x) - _(outer.x)) ** 2 + (_(there.y) - _(outer.y)) ** 2


def without_frame(outer: Bounds, insets: Insets) -> Bounds:
    """The bounds of a window whose frame shall fill `outer`."""
    width = None if outer.width is None else max(1, outer.width - insets.left - insets.right)
    height = None if outer.height is None else max(1, outer.height - insets.top - insets.bottom)
    return Bounds(outer.x, outer.y, width, height)


def _within_reach(bounds: Bounds, displays: Sequence[Display]) -> bool:
    """Whether enough of its upper edge can be seen."""
    wide, high = _GRIP
    for area in (display.work_area for display in displays):
        across = min(_(bounds.x) + _(bounds.width), _(area.x) + _(area.width)) - max(_(bounds.x), _(area.x))
        below = _(area.y) <= _(bounds.y) <= _(area.y) + _(area.height) - high
        if below and across >= min(wide, _(bounds.width)):
            return True
    return False


def _inside(bounds: Bounds, area: Bounds) -> Bounds:
    width = min(bounds.width or _(area.width), _(area.width))
    height = min(bounds.height or _(area.height), _(area.height))
    if bounds.x is None or bounds.y is None:
        return centred(Bounds(0, 0, width, height), area)
    x = min(max(bounds.x, _(area.x)), _(area.x) + _(area.width) - width)
    y = min(max(bounds.y, _(area.y)), _(area.y) + _(area.height) - height)
    return Bounds(x, y, width, height)


def _(side: int | None) -> int:
    """A side that is known."""
    return side or 0
