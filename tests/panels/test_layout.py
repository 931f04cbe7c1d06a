"""Grids as text: what they say, how they are written again, and what is refused, by line and cure."""

from __future__ import annotations

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.panels.layout import Cell, automatic, check_name, parse


def test_a_layout_is_read_into_rectangles() -> None:
    grid = parse("""
        prices prices
        chart  controls|log
        chart  .
    """)
    assert (grid.rows, grid.columns) == (3, 2)
    assert grid.cells == (
        Cell(0, 0, 1, 2, ("prices",)),
        Cell(1, 0, 2, 1, ("chart",)),
        Cell(1, 1, 1, 1, ("controls", "log")),
    )
    assert grid.panels == ("prices", "chart", "controls", "log")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "layout: it is empty; name the panels"),
        (". .", "layout: there are only gaps"),
        ("a b\nc", "layout: line 2 .'c'. has 1 columns, the first has 2; repeat a name"),
        ("a b\nb a", "layout: 'a' does not fill a rectangle: it is in lines 1 to 2"),
        ("a b a", "layout: 'a' does not fill a rectangle"),
        ("a a|b", "layout: 'a' is in two cells; a panel has one place"),
        ("a| b", r"layout: 'a\|' names no panel before or after"),
        (3, "layout: text is needed, a line for each row, got int"),
    ],
)
def test_a_layout_that_makes_no_grid_is_refused_with_the_cure(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse(text)


@pytest.mark.parametrize("text", ["a", "a b\na c", "a|b c\n. c", "long b\nlong c|d|e"])
def test_a_layout_is_written_as_it_was_read(text: str) -> None:
    assert parse(parse(text).text()) == parse(text)


@pytest.mark.parametrize("count", range(1, 41))
def test_panels_without_a_layout_fill_the_whole_grid(count: int) -> None:
    names = [f"p{number}" for number in range(count)]
    grid = automatic(names)
    assert grid.panels == tuple(names)
    assert sum(cell.rows * cell.columns for cell in grid.cells) == grid.rows * grid.columns
    assert parse(grid.text()) == grid


def test_a_panel_that_leaves_takes_its_row_along_if_it_was_alone_in_it() -> None:
    grid = parse("a a\nb c")
    left = grid.without("a")
    assert left is not None
    assert left.text() == "b c"
    left = grid.without("b")
    assert left is not None
    assert left.text() == "a a\n. c"
    tabs = parse("a|b c").without("a")
    assert tabs is not None
    assert tabs.text() == "b c"
    assert parse("a").without("a") is None


def test_a_panel_gets_another_name_where_it_is() -> None:
    assert parse("a|b c").renamed("b", "z").text() == "a|z c"


@pytest.mark.parametrize("name", ["", " ", "a b", "a|b", ".", 3])
def test_names_that_no_layout_could_say_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="name: one word"):
        check_name(name)
