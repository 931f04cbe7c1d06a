"""Where windows belong: on their display wherever that is now, and where a person can get at them."""

from __future__ import annotations

import pytest

from jupyterwin.host import placing
from jupyterwin.wire.control import Bounds, Display, Insets, Place

LEFT = Display("left", Bounds(0, 0, 800, 600), Bounds(0, 20, 800, 580), primary=True)
RIGHT = Display("right", Bounds(800, 0, 800, 600), Bounds(800, 0, 800, 600))
SMALL = Display("right", Bounds(800, 0, 400, 300), Bounds(800, 0, 400, 300))
MOVED = Display("right", Bounds(0, 600, 800, 600), Bounds(0, 600, 800, 600))


@pytest.mark.parametrize(
    ("bounds", "displays", "found"),
    [
        (Bounds(850, 40, 300, 200), [LEFT, RIGHT], Bounds(850, 40, 300, 200)),
        (Bounds(1500, 40, 300, 200), [LEFT, RIGHT], Bounds(1500, 40, 300, 200)),
        (Bounds(1590, 40, 300, 200), [LEFT, RIGHT], Bounds(1300, 40, 300, 200)),
        (Bounds(850, -50, 300, 200), [LEFT, RIGHT], Bounds(850, 0, 300, 200)),
        (Bounds(850, 40, 300, 200), [LEFT], Bounds(500, 40, 300, 200)),
        (Bounds(850, 40, 300, 200), [LEFT, MOVED], Bounds(50, 640, 300, 200)),
        (Bounds(850, 40, 700, 500), [LEFT, SMALL], Bounds(800, 0, 400, 300)),
    ],
    ids=[
        "as it was",
        "half outside",
        "out of reach",
        "above the edge",
        "display gone",
        "display moved",
        "display small",
    ],
)
def test_a_place_is_found_again(bounds: Bounds, displays: list[Display], found: Bounds) -> None:
    assert placing.found_again(Place(bounds, "normal", "right", RIGHT.bounds), displays) == found


def test_a_new_window_is_where_it_was_asked_for_or_in_the_middle() -> None:
    size = Bounds(None, None, 400, 300)
    assert placing.born_at(size, LEFT, counted_on_it=False) == Bounds(200, 160, 400, 300)
    at = Bounds(10, 20, 400, 300)
    assert placing.born_at(at, RIGHT, counted_on_it=True) == Bounds(810, 20, 400, 300)
    assert placing.born_at(at, RIGHT, counted_on_it=False) == at


def test_a_frame_is_part_of_the_outer_bounds() -> None:
    outer = Bounds(0, 0, 400, 300)
    assert placing.without_frame(outer, Insets(1, 20, 1, 5)) == Bounds(0, 0, 398, 275)


@pytest.mark.parametrize(
    ("outer", "gathered"),
    [
        (Bounds(710, 100, 200, 100), Bounds(600, 100, 200, 100)),
        (Bounds(1200, 100, 200, 100), Bounds(600, 100, 200, 100)),
        (Bounds(600, 560, 200, 100), Bounds(600, 500, 200, 100)),
        (Bounds(650, 100, 200, 100), None),
        (Bounds(2000, 100, 1000, 900), Bounds(0, 20, 800, 580)),
    ],
    ids=["a part seen", "gone", "below", "enough", "too large"],
)
def test_windows_are_gathered_on_the_display_that_is_left(outer: Bounds, gathered: Bounds | None) -> None:
    assert placing.gathered(outer, [LEFT]) == gathered
    assert placing.gathered(Bounds(700, 100, 200, 100), [LEFT, RIGHT]) is None
