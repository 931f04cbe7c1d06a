"""Windows side by side: inside the screen, beside each other, as large as they asked to be."""

from __future__ import annotations

import pytest

from jupyterwin.cli.demo.layout import side_by_side

SIZES = [(760, 460), (340, 380)]


def area(width, height, x=0, y=0):
    return {"x": x, "y": y, "width": width, "height": height}


@pytest.mark.parametrize("screen", [area(1600, 1000), area(1024, 600), area(640, 480), area(2560, 1440, -2560, 100)])
@pytest.mark.parametrize("fill", [True, False])
def test_both_are_inside_and_neither_covers_the_other(screen, fill):
    first, second = side_by_side(screen, SIZES, fill=fill)
    assert first["x"] + first["width"] < second["x"]
    for box in (first, second):
        assert screen["x"] <= box["x"]
        assert box["x"] + box["width"] <= screen["x"] + screen["width"]
        assert screen["y"] <= box["y"]
        assert box["y"] + box["height"] <= screen["y"] + screen["height"]


def test_where_there_is_room_they_keep_their_sizes():
    boxes = side_by_side(area(1600, 1000), SIZES, fill=False)
    assert [(box["width"], box["height"]) for box in boxes] == SIZES


def test_fill_gives_the_first_the_room_that_is_left_in_its_own_shape():
    first, second = side_by_side(area(1600, 1000), SIZES, fill=True)
    assert (second["width"], second["height"]) == SIZES[1]
    assert first["width"] == 1600 - 2 * 40 - 24 - 340
    assert first["width"] / first["height"] == pytest.approx(760 / 460, rel=0.01)
