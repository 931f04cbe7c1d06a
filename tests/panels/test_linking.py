"""Linked selection: from the panel to the trait and back, without an echo, and to one end whoever was first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from traitlets import Any as AnyTrait
from traitlets import Int

import jupyterwin as jw
from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.panels.panel import Panel
from jupyterwin.panels.tables.arrays import spans_of
from jupyterwin.testing import HeadlessApp

FRAME = pd.DataFrame({"n": [30, 10, 20, 50, 40], "m": range(5)}, index=list("abcde"))
PLAIN = {"sort": [], "filters": [], "search": ""}
BY_N = {**PLAIN, "sort": [[1, False]]}


class Picked(jw.Store):
    rows = AnyTrait()
    span = AnyTrait()
    narrow = Int(0, max=3)


@pytest.fixture
def store() -> Picked:
    return Picked()


def panel_of(obj: Any) -> Panel:
    panel = Panel("one")
    panel.obj = obj
    return panel


def passed(panel: Panel) -> None:
    """All that the person did has been heard."""
    done = threading.Event()
    panel._lane.submit(done.set)
    assert done.wait(20)


def tell(panel: Panel, *rows: int, seen: int | None = None) -> None:
    """The person selects these rows of a table in their own order."""
    spans = [[row, row + 1] for row in rows]
    panel.heard("select", {"query": PLAIN, "spans": spans, "columns": [1]}, panel._chosen if seen is None else seen)


def spans(panel: Panel, query: Any = PLAIN) -> list[int]:
    """What the page draws."""
    chosen = panel.now.content.drawn.chosen(query)
    return [] if chosen is None else memoryview(bytes(chosen["spans"])).cast("i").tolist()


def test_a_trait_that_is_set_elsewhere_selects_and_the_page_is_told_once(store: Picked) -> None:
    panel = panel_of(FRAME)
    panel.link("select", store, "rows", "rows")
    before = panel.state()["chosen"]
    store.rows = [1, 2, 4]
    assert spans(panel) == [1, 3, 4, 5]
    assert spans(panel, BY_N) == [0, 2, 3, 4]  # in whatever order the page shows them
    assert panel.state()["chosen"] == before + 1
    store.rows = [1, 2, 4]
    store.span = "something else"
    assert panel.state()["chosen"] == before + 1
    store.rows = None
    assert spans(panel) == []
    assert panel.state()["chosen"] == before + 2


def test_what_the_person_selects_is_no_news_to_its_own_page(store: Picked) -> None:
    panel, other = panel_of(FRAME), panel_of(FRAME)
    heard: list[Any] = []
    panel.on("select", heard.append)
    other.on("select", heard.append)
    panel.link("select", store, "rows", "rows")
    other.link("select", store, "rows", "rows")
    before = panel.state()["chosen"]
    tell(panel, 3, 4)
    passed(panel)
    assert list(store.rows) == [3, 4]
    assert panel.state()["chosen"] == before
    assert spans(other) == [3, 5]
    assert len(heard) == 1  # by the person alone


def test_a_table_and_a_chart_show_the_same_rows(store: Picked) -> None:
    table, chart = panel_of(FRAME), panel_of(jw.line(FRAME, x="m", y="n", brush=True))
    for panel in (table, chart):
        panel.link("select", store, "rows", "rows")
    chart.heard("select", {"x": [0.5, 2.5], "names": []}, 0)
    passed(chart)
    assert spans(table) == [1, 3]
    tell(table, 0, 4)
    passed(table)
    chosen = chart.now.content.chosen()
    assert memoryview(bytes(chosen["rows"])).cast("i").tolist() == [0, 4]


ORDERS: list[Callable[[Panel, Picked], None]] = [
    lambda panel, store: (tell(panel, 1), setattr(store, "rows", [4])),
    lambda panel, store: (setattr(store, "rows", [4]), tell(panel, 1, seen=0)),
    lambda panel, store: (tell(panel, 1), tell(panel, 2), setattr(store, "rows", [4]), tell(panel, 3, seen=0)),
]


@pytest.mark.parametrize("order", ORDERS)
def test_whoever_comes_first_panel_and_trait_end_alike(store: Picked, order: Callable[[Panel, Picked], None]) -> None:
    panel = panel_of(FRAME)
    panel.link("select", store, "rows", "rows")
    go = threading.Event()
    panel._lane.submit(go.wait)  # listeners hear of it only then
    order(panel, store)
    go.set()
    passed(panel)
    [row] = store.rows
    assert spans(panel) == [row, row + 1]


def test_a_page_that_selected_before_it_saw_another_selection_is_told_to_look_again(store: Picked) -> None:
    panel = panel_of(FRAME)
    panel.link("select", store, "rows", "rows")
    store.rows = [4]
    seen = panel.state()["chosen"]
    tell(panel, 1, seen=seen - 1)  # it draws row 4 after that
    passed(panel)
    assert panel.state()["chosen"] == seen + 1
    assert spans(panel) == [1, 2]


def test_many_threads_and_a_person_end_alike(store: Picked) -> None:
    panels = [panel_of(FRAME), panel_of(FRAME)]
    for panel in panels:
        panel.link("select", store, "rows", "rows")

    def write(number: int) -> None:
        for count in range(50):
            store.rows = [(number + count) % 5]

    def hand(panel: Panel) -> None:
        for count in range(50):
            tell(panel, count % 5)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    threads += [threading.Thread(target=hand, args=(panel,)) for panel in panels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for panel in (*panels, *panels):
        passed(panel)
    [row] = store.rows
    assert [spans(panel) for panel in panels] == [[row, row + 1]] * 2


def test_another_object_a_refresh_and_a_live_result_keep_what_is_selected(store: Picked) -> None:
    panel = panel_of(FRAME)
    panel.link("select", store, "rows", "rows")
    store.rows = [2]
    panel.refresh()
    assert spans(panel) == [2, 3]
    panel.obj = FRAME * 2
    assert spans(panel) == [2, 3]
    panel.obj = "no table"
    store.rows = [3]
    panel.obj = FRAME
    assert spans(panel) == [3, 4]


def test_a_link_belongs_to_its_cell_and_a_newer_one_takes_its_place(store: Picked) -> None:
    panel = panel_of(FRAME)
    cells.begin("cell", identified=True)
    panel.link("select", store, "rows", "rows")
    cells.begin("cell", identified=True)
    store.rows = [1]
    assert spans(panel) == []
    dispose = panel.link("select", store, "rows", "rows")
    assert spans(panel) == [1, 2]
    panel.link("select", store, "rows", "rows")
    assert len(panel._links) == len(store._followers) == 1
    dispose()
    cells.begin("cell", identified=True)
    tell(panel, 4)
    passed(panel)
    assert store.rows == [1]
    assert store._followers == []
    cells.end()


def test_what_a_trait_refuses_is_reported_and_the_panel_shows_what_the_trait_is(
    store: Picked, caplog: pytest.LogCaptureFixture
) -> None:
    panel = panel_of(FRAME)
    store.narrow = 2
    panel.link("click", store, "narrow", "row")
    panel.heard("click", {"query": PLAIN, "row": 4, "column": 1})
    passed(panel)
    assert store.narrow == 2
    assert "the link to 'narrow'" in caplog.text
    panel.link("select", store, "rows", "rows")
    store.rows = "no rows"
    assert "counted from 0" in caplog.text


def test_what_a_program_selects(app: HeadlessApp) -> None:
    panel = panel_of(FRAME)
    panel.select({"rows": [0, 1], "columns": [1]})
    assert panel.now.content.chosen(PLAIN)["columns"] == [2]  # behind the index
    panel.select(None)
    assert panel.now.content.chosen(PLAIN) is None
    for obj in ("text", None):
        panel.obj = obj
        with pytest.raises(UsageError, match="takes no selection"):
            panel.select({"rows": [0]})


def test_spans_with_and_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    places = [0, 1, 2, 5, 7, 8]
    assert spans_of(np.array(places)).tolist() == spans_of(places).tolist() == [0, 3, 5, 6, 7, 9]
    assert spans_of(np.array([], dtype=int)).tolist() == spans_of([]).tolist() == []
