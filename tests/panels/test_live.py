"""What a live function does when values change: latest wins, stale runs are told, errors and progress are shown in place."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tqdm.auto import tqdm
from traitlets import Int, Tuple, Unicode

from jupyterwin import Store, UsageError, controls, live
from jupyterwin.main.ownership import cells
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.panels.panel import Panel
from jupyterwin.testing import HeadlessApp

SECONDS = 20


class Params(Store):
    symbol = Unicode("MSFT")
    days = Int(3)


@pytest.fixture
def app() -> Iterator[HeadlessApp]:
    with HeadlessApp() as one:
        yield one
    cells.end()


@pytest.fixture
def board(app: HeadlessApp) -> Dashboard:
    return Dashboard("board", app=app)


@pytest.fixture
def store() -> Params:
    return Params()


def becomes(panel: Panel, holds: Callable[[], Any]) -> None:
    """Return once that is so."""
    for _ in range(SECONDS * 200):
        if holds():
            return
        threading.Event().wait(0.005)
    raise AssertionError((panel, panel.state(), panel.now.content.drawn.snapshot()))


def text(panel: Panel) -> str:
    return panel.now.content.drawn.snapshot()["text"]


@pytest.mark.parametrize("names", [("symbol", "days"), ()])
def test_it_is_drawn_again_when_its_traits_change_and_only_then(board: Dashboard, store: Params, names: Any) -> None:
    calls = []

    def draw(symbol: str, days: int) -> str:
        calls.append((symbol, days))
        return f"{symbol} {days}"

    board["a"] = shown = live(draw, store, *names)
    panel = board["a"]
    becomes(panel, lambda: text(panel) == "MSFT 3" and not panel.busy)
    assert panel.obj is shown
    store.set(symbol="AAPL", days=4)
    becomes(panel, lambda: text(panel) == "AAPL 4" and not panel.busy and not panel.stale)
    assert calls == [("MSFT", 3), ("AAPL", 4)]
    panel.refresh()
    becomes(panel, lambda: len(calls) == 3)
    panel.obj = "something else"
    store.days = 5
    board["b"] = live(lambda days: days, store)
    becomes(board["b"], lambda: text(board["b"]) == "5")
    assert len(calls) == 3  # nobody looked


def test_of_values_that_change_while_it_runs_the_newest_is_next_and_the_stale_run_knows(
    board: Dashboard, store: Params
) -> None:
    calls, runs, go = [], [], threading.Semaphore(0)

    def draw(days: int, event: Any) -> str:
        calls.append(days)
        runs.append(event)
        go.acquire(timeout=SECONDS)
        return f"{days} days"

    board["a"] = live(draw, store)
    panel = board["a"]
    becomes(panel, lambda: calls == [3])
    assert panel.busy is True
    for days in range(10, 20):
        store.days = days
    becomes(panel, lambda: runs[0].cancelled)
    go.release()
    becomes(panel, lambda: calls == [3, 19])
    assert (text(panel), runs[1].cancelled) == ("", False)  # the stale result was dropped
    go.release()
    becomes(panel, lambda: text(panel) == "19 days" and not panel.busy)
    store.days = 20
    becomes(panel, lambda: calls == [3, 19, 20])
    assert panel.stale is True
    go.release()
    becomes(panel, lambda: text(panel) == "20 days" and not panel.busy and not panel.stale)


def test_an_async_run_that_is_stale_is_cancelled(board: Dashboard, store: Params) -> None:
    began, cancelled = [], []

    async def draw(days: int) -> str:
        began.append(days)
        try:
            if days == 3:
                await asyncio.sleep(SECONDS * 10)
        except asyncio.CancelledError:
            cancelled.append(days)
            raise
        return f"{days} days"

    board["a"] = live(draw, store)
    panel = board["a"]
    becomes(panel, lambda: began == [3])
    store.days = 4
    becomes(panel, lambda: text(panel) == "4 days" and not panel.busy)
    assert cancelled == [3]


def test_errors_are_shown_over_the_last_result_until_there_is_a_new_one(
    board: Dashboard, store: Params, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw(days: int) -> int:
        return 12 // days

    board["a"] = live(draw, store)
    panel = board["a"]
    becomes(panel, lambda: text(panel) == "4")
    store.days = 0
    becomes(panel, lambda: panel.error is not None and not panel.busy)
    assert (panel.error, text(panel)) == ("ZeroDivisionError: integer division or modulo by zero", "4")
    store.days = 6
    becomes(panel, lambda: text(panel) == "2" and panel.error is None)
    assert capsys.readouterr().err.count("ZeroDivisionError") == 1


def test_a_generator_draws_each_item_and_progress_is_the_panels(board: Dashboard, store: Params) -> None:
    go, seen = threading.Semaphore(0), []

    def draw(days: int, event: Any) -> Iterator[str]:
        for day in range(days):
            event.progress(day + 1, days, f"of day {day}")
            seen.append(board["a"].busy)
            yield f"day {day}"
            go.acquire(timeout=SECONDS)

    board["a"] = live(draw, store)
    panel = board["a"]
    for day in range(3):
        becomes(panel, lambda day=day: text(panel) == f"day {day}")  # type: ignore[misc]
        becomes(panel, lambda day=day: panel.busy == (day + 1) / 3)  # type: ignore[misc]
        becomes(panel, lambda day=day: panel.state()["doing"] == f"of day {day}")  # type: ignore[misc]
        go.release()
    becomes(panel, lambda: panel.busy is False)
    assert panel.state()["doing"] == ""


def test_progress_that_was_on_its_way_does_not_come_over_the_end(
    board: Dashboard, store: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    board["a"] = shown = live(lambda days: f"{days}", store)
    panel = board["a"]
    becomes(panel, lambda: text(panel) == "3" and panel.busy is False)
    shown.begun()
    read, enders = Panel.busy, list[threading.Thread]()

    def end_meanwhile(one: Panel) -> bool | float:
        was = read.fget(one)
        if not enders:
            enders.append(threading.Thread(target=shown.ended))
            enders[0].start()
            enders[0].join(0.2)
        return was

    monkeypatch.setattr(Panel, "busy", property(end_meanwhile, read.fset))
    shown._progress((1, 2, ""))
    enders[0].join(SECONDS)
    assert panel.busy is False


def test_tqdm_in_it_fills_the_panels_bar_and_nobody_elses(
    board: Dashboard, store: Params, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # no thread of tqdm's own
    go, outside = threading.Event(), tqdm(total=7, disable=False, file=io.StringIO())

    def draw(days: int) -> str:
        bar = tqdm(total=4, file=outside.fp)
        bar.update(1)
        outside.update(6)
        bar.refresh()
        go.wait(SECONDS)
        bar.close()
        return "done"

    board["a"] = live(draw, store)
    becomes(board["a"], lambda: board["a"].busy == 0.25)
    go.set()
    becomes(board["a"], lambda: text(board["a"]) == "done" and board["a"].busy is False)
    outside.close()


def test_when_its_cell_runs_again_the_old_one_follows_no_more(app: HeadlessApp, store: Params) -> None:
    board = Dashboard("again", app=app)
    calls = []

    def run_cell(mark: str) -> None:
        cells.begin("cell", identified=True)

        def draw(days: int) -> str:
            calls.append(mark)
            return f"{mark} {days}"

        board["a"] = live(draw, store)

    run_cell("one")
    becomes(board["a"], lambda: text(board["a"]) == "one 3")
    run_cell("two")
    becomes(board["a"], lambda: text(board["a"]) == "two 3")
    store.days = 4
    becomes(board["a"], lambda: text(board["a"]) == "two 4")
    assert calls.count("one") == 1


def test_what_is_wrong_is_said_at_once(store: Params) -> None:
    for wrong, said in (
        (lambda: live("x", store), "a function is needed"),
        (lambda: live(print, {}), "a jupyterwin.Store"),
        (lambda: live(print, store, "nothing"), "has no trait 'nothing'; it has days, symbol"),
        (lambda: controls({}), "a jupyterwin.Store"),
        (lambda: controls(store, "nothing"), "has no trait 'nothing'"),
    ):
        with pytest.raises(UsageError, match=said):
            wrong()


def test_a_selection_in_one_panel_filters_another(app: HeadlessApp) -> None:
    class Picked(Store):
        picked = Tuple(allow_none=True, default_value=None)

    store, numbers = Picked(), range(10)
    chart, table = Dashboard("one", app=app), Dashboard("two", app=app)
    chart["chart"] = "a chart"
    chart["chart"].link("select", store, "picked", "x")
    table["table"] = live(lambda picked: str([n for n in numbers if not picked or picked[0] <= n <= picked[1]]), store)
    becomes(table["table"], lambda: text(table["table"]) == str(list(numbers)))
    chart["chart"].heard("select", {"x": (2, 4), "rows": None})
    becomes(table["table"], lambda: text(table["table"]) == "[2, 3, 4]")
    chart["chart"].heard("select", {"x": None})
    becomes(table["table"], lambda: text(table["table"]) == str(list(numbers)))
    with pytest.raises(UsageError, match="has no trait 'nothing'"):
        chart["chart"].link("select", store, "nothing")
