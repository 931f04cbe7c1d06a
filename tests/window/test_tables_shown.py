"""Tables in real windows: their pixels, ten million rows, sorting and filtering, the keyboard, rows that come in, what leaves them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from jupyterwin.main.app import App
from jupyterwin.main.desktop.clipboard import clipboard
from jupyterwin.main.window import Window
from jupyterwin.panels.livetable import LiveTable
from support.keyboard import Keyboard
from support.panels import picture, until
from support.screen import Screen, becomes

MANY = 10_000_000
READY = "document.querySelectorAll('.jw-t-row').length > 0 && !document.querySelector('.jw-is-awaited, .jw-is-old, .jw-table.jw-is-busy')"
CELLS = "[...document.querySelectorAll('.jw-t-row:not([hidden]) > :not([hidden])')]"
BUSY = """const look = () => { globalThis.wasBusy ||= document.querySelector('.jw-table').classList.contains('jw-is-busy') };
globalThis.wasBusy = false;
new MutationObserver(look).observe(document.querySelector('.jw-table'), {attributes: true})"""
PAINTED = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

FRAME = pd.DataFrame(
    {
        "city": [
            "Oslo",
            "",
            None,
            "Rome",
            "a name that is far too long to stand in a column of this width, and goes on and on and on",
        ],
        "size": [12.5, 0.0, np.nan, -3.25, 7.0],
        "when": pd.to_datetime(["2024-03-01", "2024-03-02", None, "2024-03-04", "2024-03-05"]),
    },
    index=["a", "b", "c", "d", "e"],
)


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def opened(app: App, content: Any, name: str = "table", **options: Any) -> Window:
    window = app.open(name, content=content, **{"width": 760, "height": 400, **options})
    until(window, READY)
    return window


def run(window: Window, script: str) -> Any:
    return window.eval(script).result(20)


def column(window: Window, place: int) -> list[str]:
    """The texts on the screen of a column."""
    return run(
        window,
        f"[...document.querySelectorAll('.jw-t-row:not([hidden])')].map((row) => row.children[{place}].textContent)",
    )


def click_name(window: Window, name: str, *, shift: bool = False) -> None:
    event = f"new MouseEvent('click', {{bubbles: true, shiftKey: {str(shift).lower()}}})"
    run(
        window,
        f"[...document.querySelectorAll('.jw-t-name')].find((one) => one.textContent.startsWith('{name}')).dispatchEvent({event})",
    )


def write(window: Window, label: str, text: str) -> None:
    """Into the field of that label, and on to the rows."""
    script = f"""const field = document.querySelector('[aria-label="{label}"]');
    field.focus();
    field.value = '{text}';
    field.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true}}));"""
    run(window, script)


def ink(window: Window, image: Image.Image, text: str, place: int = 0) -> int:
    """How many colours a cell of that text has: 1 where nothing is drawn in it."""
    at = f"{CELLS}.filter((cell) => cell.textContent === '{text}')[{place}].getBoundingClientRect()"
    left, top, right, bottom = run(window, f"const r = {at}; return [r.left + 2, r.top + 2, r.right - 2, r.bottom - 2]")
    return len(image.crop((int(left), int(top), int(right), int(bottom))).getcolors(2**16) or ())


def test_a_table_is_drawn_with_what_is_missing_told_apart(app: App) -> None:
    window = opened(app, FRAME)
    run(window, PAINTED)
    image = picture(window)
    assert column(window, 0) == ["a", "b", "c", "d", "e"]
    assert column(window, 2) == ["12.50", "0.00", "NaN", "-3.25", "7.00"]
    assert column(window, 3)[2] == "NaT"
    assert ink(window, image, "Oslo") > 5
    assert ink(window, image, "0.00") > 5
    assert ink(window, image, "") == 1
    drawn = "getComputedStyle({cell}).fontStyle + getComputedStyle({cell}, '::before').content"
    styles = [
        run(window, drawn.format(cell=f"{CELLS}.find((one) => one.textContent === '{text}')"))
        for text in ("NaN", "NaT", "0.00")
    ]
    assert styles[0] == styles[1] != styles[2]
    run(window, "document.documentElement.dataset.theme = 'dark'")
    run(window, PAINTED)
    dark = picture(window)
    assert sum(dark.getpixel((400, 300))) < 150
    assert sum(image.getpixel((400, 300))) > 600
    assert ink(window, dark, "Oslo") > 5


def test_an_update_in_place_keeps_scroll_order_and_selection_and_a_reload_keeps_the_view(app: App) -> None:
    frame = pd.DataFrame({"n": np.arange(5000), "m": np.arange(5000) % 7})
    window = opened(app, frame)
    click_name(window, "n")
    click_name(window, "n")
    until(window, f"{CELLS}[1].textContent === '4999'")
    run(window, "void (globalThis.same = document.querySelector('.jw-t-scroller'), same.scrollTop = 24 * 1000)")
    until(window, f"{READY} && {CELLS}[1].textContent === '3999'")
    run(
        window, f"{CELLS}[4].dispatchEvent(new PointerEvent('pointerdown', {{bubbles: true, button: 0, pointerId: 1}}))"
    )
    until(window, "document.querySelectorAll('.jw-is-chosen').length === 1")
    frame["n"] += 10_000
    window.refresh()
    until(window, f"{READY} && {CELLS}[1].textContent === '13999'")
    window.content = frame + 10_000
    until(window, f"{READY} && {CELLS}[1].textContent === '23999'")
    assert run(window, "same === document.querySelector('.jw-t-scroller') && same.scrollTop") == 24_000
    assert run(window, "document.querySelector('.jw-is-active').textContent") == "23998"
    click_name(window, "m", shift=True)
    until(window, "document.querySelectorAll('[aria-sort$=ending]').length === 2")
    becomes(
        "the view is told", lambda: len((window.panel.now.content._view or {}).get("query", {}).get("sort", ())) == 2
    )
    window.reload().result(20)
    until(window, f"!globalThis.same && {READY} && {CELLS}[1].textContent === '23999'")
    assert run(window, "[...document.querySelectorAll('.jw-t-arrow')].map((one) => one.textContent).join()") == ",↓1,↑2"


def test_ten_million_rows_scrolled_to_the_end_sorted_and_filtered_without_loading_them(app: App) -> None:
    numbers = np.arange(MANY)
    frame = pd.DataFrame({"n": numbers, "mixed": (numbers * 7_919) % MANY})
    window = opened(app, frame)
    content = window.panel.now.content
    asked: list[int] = []
    given = content.rows

    def rows(query: Any, start: int, stop: int, columns: list[int]) -> Any:
        asked.append(stop - start)
        return given(query, start, stop, columns)

    content.rows = rows
    run(window, "const box = document.querySelector('.jw-t-scroller'); box.scrollTop = box.scrollHeight")
    until(window, f"{READY} && {CELLS}.some((cell) => cell.textContent === '9999999')")
    run(
        window,
        "document.querySelector('.jw-t-scroller').dispatchEvent(new WheelEvent('wheel', {deltaY: -240, cancelable: true}))",
    )
    until(window, f"{READY} && !{CELLS}.some((cell) => cell.textContent === '9999999')")
    assert column(window, 0)[-1] in {
        "9999988",
        "9999989",
        "9999990",
    }  # the wheel moves by rows, not by thousands of them
    run(window, BUSY)
    click_name(window, "mixed")
    until(window, "globalThis.wasBusy")
    until(window, f"{READY} && document.querySelector('[aria-sort=ascending]') !== null")
    run(window, "document.querySelector('.jw-t-scroller').scrollTop = 0")
    until(window, f"{READY} && {CELLS}[2].textContent === '0'")
    assert column(window, 2)[:3] == ["0", "1", "2"]
    write(window, "Search in all columns", "77")
    until(window, f"{READY} && document.querySelector('.jw-t-count').textContent.startsWith('2 of 10,000,000')")
    assert sorted(column(window, 2)) == sorted(["77", str(77 * 7_919 % MANY)])
    assert sum(asked) < 5_000
    assert run(window, "document.querySelectorAll('.jw-t-cell').length") < 200


def test_filters_say_what_they_find_and_what_means_nothing(app: App) -> None:
    window = opened(app, FRAME)
    run(window, "document.querySelector('[aria-pressed]').click()")
    write(window, "Filter size", "> 0")
    until(window, f"{READY} && document.querySelector('.jw-t-count').textContent.startsWith('2 of 5 rows')")
    write(window, "Filter when", "soon")
    until(window, "document.querySelector('.jw-t-wrong').textContent.includes('when')")
    assert run(window, "document.querySelector('[aria-label=\"Filter when\"]').ariaInvalid") == "true"
    assert column(window, 0) == ["a", "e"]
    write(window, "Filter when", "2024-03-05")
    until(window, f"{READY} && document.querySelector('.jw-t-count').textContent.startsWith('1 of 5 rows')")
    assert run(window, "document.querySelector('.jw-t-wrong').textContent") == ""
    write(window, "Filter size", "> 100")
    until(
        window,
        "document.querySelector('.jw-t-empty').checkVisibility() && document.querySelector('.jw-t-empty').textContent",
    )
    run(window, "document.querySelector('[aria-pressed]').click()")
    until(window, f"{READY} && document.querySelector('.jw-t-count').textContent.startsWith('5 rows')")


def test_keys_move_choose_tell_and_copy(app: App, screen: Screen, keyboard: Keyboard) -> None:
    window = opened(app, FRAME, title="Keys of a table")
    chosen: list[Any] = []
    clicked: list[Any] = []
    told, heard = threading.Event(), threading.Event()
    window.panel.on("select", lambda detail: (chosen.append(detail), told.set()))
    window.panel.on("click", lambda detail: (clicked.append(detail), heard.set()))
    run(window, PAINTED)
    screen.window("Keys of a table").click(200, 150)
    keys = keyboard.into("Keys of a table")
    until(window, "document.querySelector('.jw-is-active') !== null")
    for key in ("Control_L+Home", "Right", "Down", "Shift_L+Down", "Shift_L+Right"):
        keys.press(key)
    until(window, "document.querySelectorAll('.jw-is-chosen').length === 4")
    becomes(
        "it is told", lambda: bool(chosen) and list(chosen[-1]["rows"]) == [1, 2] and chosen[-1]["columns"] == [0, 1]
    )
    keys.press("Control_L+c")
    becomes("it is copied", lambda: clipboard.read_text().result(10) == "\t0.0\n\t\n")
    keys.press("Return")
    assert heard.wait(20)
    assert clicked == [{"row": 2, "column": 1, "value": None}]
    keys.press("Control_L+End")
    until(window, "document.querySelector('.jw-is-active').textContent === '2024-03-05'")
    grid = "document.querySelector('[role=grid]')"
    assert (
        run(window, f"document.getElementById({grid}.getAttribute('aria-activedescendant')).textContent")
        == "2024-03-05"
    )
    assert run(window, f"[{grid}.ariaRowCount, {grid}.ariaColCount]") == ["6", "4"]
    clipboard.clear().result(20)
    keys.press("Shift_L+F10")
    until(window, "document.activeElement.textContent === 'Sort ascending'")
    for key in ("Down", "Return"):
        keys.press(key)
    until(window, f"{READY} && {CELLS}[0].textContent === 'e' && document.activeElement.role === 'grid'")


def test_a_wide_table_draws_what_is_seen_and_a_cut_text_is_told_whole(app: App) -> None:
    wide = pd.DataFrame(np.arange(2000).reshape(10, 200), columns=pd.MultiIndex.from_product([["x", "y"], range(100)]))
    window = opened(app, wide)
    assert run(window, "document.querySelectorAll('.jw-t-cell:not([hidden])').length") < 400
    run(window, "document.querySelector('.jw-t-scroller').scrollLeft = 1e6")
    until(window, f"{READY} && {CELLS}.some((cell) => cell.textContent === '1999')")
    assert run(window, "[...document.querySelectorAll('.jw-t-group')].some((one) => one.textContent === 'y')")
    assert run(window, "Math.round(document.querySelector('.jw-is-index').getBoundingClientRect().left)") == 0
    window.content = FRAME
    until(window, f"{READY} && {CELLS}.some((cell) => cell.textContent.startsWith('a name'))")
    long = f"{CELLS}.find((cell) => cell.textContent.startsWith('a name'))"
    assert (
        run(window, f"{long}.scrollWidth > {long}.clientWidth && getComputedStyle({long}).textOverflow") == "ellipsis"
    )
    run(window, PAINTED)  # it was scrolled to its new width, which takes a tip away
    run(window, f"{long}.dispatchEvent(new PointerEvent('pointermove', {{bubbles: true}}))")
    until(
        window,
        f"document.querySelector('.jw-t-tip').checkVisibility() && document.querySelector('.jw-t-tip').textContent === '{FRAME.city.iloc[4]}'",
    )


def test_rows_that_come_in_are_followed_at_the_end_and_only_there(app: App) -> None:
    live = LiveTable({"n": int, "s": str}, keep=1000)
    live.append(n=list(range(500)), s=["x"] * 500)
    window = opened(app, live)
    until(window, f"{READY} && {CELLS}.some((cell) => cell.textContent === '499')")
    live.append({"n": list(range(500, 1500)), "s": ["y"] * 1000})
    until(window, f"{READY} && {CELLS}.some((cell) => cell.textContent === '1499')")
    run(window, "document.body.style.height = '200px'")  # a smaller panel has the same end
    until(window, f"{READY} && {CELLS}.length < 60 && {CELLS}.some((cell) => cell.textContent === '1499')")
    run(window, "document.body.style.height = ''")
    run(window, "document.querySelector('.jw-t-scroller').scrollTop = 24 * 500")
    until(window, f"{READY} && {CELLS}[1].textContent === '1000'")
    live.append({"n": list(range(1500, 1600)), "s": ["z"] * 100})
    until(window, "document.querySelector('.jw-t-scroller').scrollTop === 24 * 400")
    until(window, f"{READY} && {CELLS}[1].textContent === '1000'")


def test_csv_leaves_a_window_that_may_download_in_the_order_that_is_shown(app: App, tmp_path: Path) -> None:
    window = opened(app, FRAME)
    saving = "[...document.querySelectorAll('.jw-t-button')].find((one) => one.textContent === 'CSV')"
    assert run(window, f"{saving}.checkVisibility()") is False
    window = opened(app, FRAME, "saves", allow={"downloads": True}, download_folder=tmp_path)
    click_name(window, "size")
    until(window, f"{READY} && {CELLS}[0].textContent === 'd'")
    told = window.next("will-download")
    run(window, f"{saving}.click()")
    _, item = told.result(20)
    lines = item.done.result(20).read_text().splitlines()
    assert lines[:3] == [",city,size,when", "d,Rome,-3.25,2024-03-04 00:00:00", "b,,0.0,2024-03-02 00:00:00"]
    assert lines[-1] == "c,,,"
