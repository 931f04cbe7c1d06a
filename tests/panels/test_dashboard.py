"""Dashboards without a screen: panels by name, layouts that change, windows of their own, and what is kept in a file."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.testing import DEADLINE, HeadlessApp, Page


@pytest.fixture
def board(app: HeadlessApp) -> Dashboard:
    board = dashboard("board", "a b\nc b", app=app)
    board.window.ready().result(DEADLINE)
    return board


def page(app: HeadlessApp, board: Dashboard) -> Page:
    return app.page(board.window)


def heard(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until what the page sent has come true."""
    until = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < until, "it never came true"
        page.call("jw:board")


def names(state: dict) -> list[str]:
    return [panel["name"] for panel in state["panels"]]


def test_assigning_draws_in_the_panel_and_keeps_it(app: HeadlessApp, board: Dashboard) -> None:
    panel = board["a"]
    board["a"] = "one"
    board["a"] = "two"
    assert board["a"] is panel
    assert panel.obj == "two"
    state = page(app, board).call("jw:board")
    assert names(state) == ["a", "b", "c"]
    assert [one["kind"] for one in state["panels"]] == ["text", "", ""]
    assert page(app, board).call("jw:content", panel.id)["value"]["text"] == "two"


def test_a_name_that_is_no_panel_is_refused_with_the_nearest(board: Dashboard) -> None:
    with pytest.raises(
        UsageError, match="'aa' is no panel of board 'board', which has 'a', 'b', 'c': did you mean 'a'"
    ):
        board["aa"] = 1
    with pytest.raises(UsageError, match=r"'x' is no panel .* 'a', 'b', 'c': name it in layout="):
        _ = board["x"]


def test_without_a_layout_panels_find_their_places(app: HeadlessApp) -> None:
    board = dashboard("free", app=app)
    for name in "abcde":
        board[name] = name
    assert (board.grid.rows, len(board)) == (2, 5)
    with pytest.raises(UsageError, match="name: one word"):
        board["two words"] = 1


def test_a_panel_is_deleted_and_its_place_with_it(app: HeadlessApp, board: Dashboard) -> None:
    board["c"] = "gone"
    panel = board["c"]
    del board["c"]
    assert "c" not in board
    assert board.layout == "a b\n. b"
    assert panel.obj is None
    assert names(page(app, board).call("jw:board")) == ["a", "b"]
    with pytest.raises(UsageError):
        del board["c"]


def test_a_renamed_panel_is_the_same_panel(app: HeadlessApp, board: Dashboard) -> None:
    panel = board["b"]
    board.choose("b")
    board.rename("b", "z")
    assert board["z"] is panel
    assert board.layout == "a z\nc z"
    assert board.save()["chosen"] == ["z"]
    with pytest.raises(UsageError, match="has a panel 'a' already"):
        board.rename("z", "a")


def test_a_cell_that_runs_again_updates_the_board_and_leaves_what_it_shows(app: HeadlessApp) -> None:
    cells.begin("cell", identified=True)
    board = dashboard("board", "a b", app=app)
    board["a"] = "kept"
    board.window.ready().result(DEADLINE)
    page(app, board).send("jw:tell", "", 0, "arrange", {"columns": [3, 1], "rows": [], "chosen": [], "maximized": None})
    heard(page(app, board), lambda: board.save()["columns"] == [0.75, 0.25])
    commands = len(app.hosts[0].commands)
    cells.begin("cell", identified=True)
    again = dashboard("board", "a b", app=app)
    assert again is board
    assert (again["a"].obj, board.save()["columns"]) == ("kept", [0.75, 0.25])
    assert not [c for c in app.hosts[0].commands[commands:] if "Load" in type(c).__name__]
    dashboard("board", "a c", app=app)
    assert (list(board), board["a"].obj, board.save()["columns"]) == (["a", "c"], "kept", [])


def test_a_board_whose_window_was_closed_is_there_and_opens_again(app: HeadlessApp, board: Dashboard) -> None:
    board["a"] = "kept"
    first = board.window
    closed = first.next("closed")
    first.destroy()
    closed.result(DEADLINE)
    board["b"] = "while it was closed"
    again = board.show()
    assert again is not first
    again.ready().result(DEADLINE)
    state = app.page(again).call("jw:board")
    assert [one["kind"] for one in state["panels"]] == ["text", "text", ""]


def test_a_board_that_nobody_refers_to_any_more_is_forgotten(app: HeadlessApp) -> None:
    board = dashboard("short", app=app)
    board["a"] = "data"
    closed = board.window.next("closed")
    board.close()
    closed.result(DEADLINE)
    number = id(board)
    del board
    gc.collect()
    fresh = dashboard("short", app=app)
    assert len(fresh) == 0
    assert id(fresh) != number or not list(fresh)


def test_a_panel_is_drawn_in_a_window_of_its_own_and_comes_back_when_that_closes(
    app: HeadlessApp, board: Dashboard
) -> None:
    board["a"] = "here"
    window = board.pop_out("a", width=300, height=200)
    window.ready().result(DEADLINE)
    assert [one["away"] for one in page(app, board).call("jw:board")["panels"]] == [True, False, False]
    there = app.page(window).call("jw:board")
    assert (names(there), there["popped"]) == (["a"], True)
    assert app.page(window).call("jw:content", board["a"].id)["value"]["text"] == "here"
    assert board.pop_out("a") is window
    closed = window.next("closed")
    window.destroy()
    closed.result(DEADLINE)
    assert [one["away"] for one in page(app, board).call("jw:board")["panels"]] == [False, False, False]
    assert page(app, board).call("jw:content", board["a"].id)["value"]["text"] == "here"


def test_the_windows_of_a_board_close_with_it(app: HeadlessApp, board: Dashboard) -> None:
    window = board.pop_out("a")
    window.ready().result(DEADLINE)
    closed = window.next("closed")
    board.close()
    closed.result(DEADLINE)
    assert not board.is_popped("a")


def test_a_layout_is_kept_in_a_file_and_comes_back_without_data(app: HeadlessApp, tmp_path: Path) -> None:
    board = dashboard("one", "a|b c", app=app, columns=[2, 1])
    board["a"] = board["b"] = "secret"
    board["c"].title = "Third"
    board.choose("b")
    kept = board.save(tmp_path / "board.json")
    assert json.loads((tmp_path / "board.json").read_text()) == kept
    assert "secret" not in json.dumps(kept)
    other = dashboard("two", "c", app=app)
    other["c"] = "stays"
    other.load(tmp_path / "board.json")
    assert other.save() == kept
    assert (other["c"].obj, other["c"].title) == ("stays", "Third")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": 2}, "version: 1 is needed, got 2"),
        ({"layout": "a b\nc"}, "layout: line 2"),
        ({"columns": [1, -1]}, "columns: a list of positive numbers"),
        ({"rows": [float("inf")]}, "rows: a list of positive numbers"),
        ({"chosen": "a"}, "chosen: a list of names"),
        ({"maximized": 3}, "maximized: the name of a panel"),
        ({"titles": {"a": 3}}, "titles: a dict"),
        ({"windows": {"a": {"x": "left"}}}, "windows: a dict"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_its_field(board: Dashboard, change: dict, says: str) -> None:
    before = board.save()
    with pytest.raises(UsageError, match=says):
        board.load({**before, **change})
    assert board.save() == before


def test_what_a_page_says_of_its_arrangement_is_checked(app: HeadlessApp, board: Dashboard) -> None:
    hostile = page(app, board)
    good = {"columns": [1, 1], "rows": [1, 1], "chosen": ["a"], "maximized": "b"}
    for part in ({"columns": [1e308, 1e308]}, {"rows": ["1"]}, {"chosen": [3]}, {"maximized": {}}, {"columns": "11"}):
        hostile.send("jw:tell", "", 0, "arrange", {**good, **part})
    hostile.send("jw:tell", "", 0, "pop-out", ["a", [-1, "x"]])
    hostile.send("jw:tell", "", 0, "dock", "nonsense")
    hostile.send("jw:tell", "", 0, "arrange", good)
    heard(hostile, lambda: board.save()["maximized"] == "b")
    assert board.save()["columns"] == [0.5, 0.5]
    assert not board.is_popped("a")


def test_shares_must_fit_the_layout(app: HeadlessApp) -> None:
    with pytest.raises(UsageError, match="columns: 2 are needed, one for each of the layout's, got 3"):
        dashboard("wrong", "a b", app=app, columns=[1, 2, 3])


def test_what_is_changed_in_a_batch_is_told_at_once_at_its_end(app: HeadlessApp, board: Dashboard) -> None:
    window = page(app, board)
    first = window.call("jw:board")
    told = window.received
    with board.batch():
        for number in range(5):
            board["a"], board["b"] = number, number
        assert told == []
    window.wait_for(lambda: len(told) > 0)
    channel, [state] = told[0]
    assert (channel, state["batch"]) == ("jw:changed", first["batch"] + 1)
    assert [one["version"] for one in state["panels"]] == [5, 5, 0]
