"""Dashboards on a real screen: what a person drags, chooses, maximises and puts into windows of their own."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.panels.kinds.text import Text
from support.keyboard import Keyboard
from support.panels import PAINTED, colours, picture, until
from support.screen import Screen, becomes

LAYOUT = "a a\nb c|d"
numbers = count(1)  # a board of the name of another one would be that one


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


@pytest.fixture
def board(app: App) -> Dashboard:
    board = dashboard(f"board {next(numbers)}", LAYOUT, app=app, width=600, height=400, x=50, y=60)
    with board.batch():
        for name in board:
            board[name] = f"this is {name}"
    until(board.window, "document.querySelectorAll('.jw-text').length === 4")
    return board


class Late(Text):
    """Text that can be had only when the test says so."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.asked, self.go = threading.Event(), threading.Event()

    def snapshot(self) -> dict[str, object]:
        self.asked.set()
        self.go.wait(20)
        return super().snapshot()


def middle(window: Window, selector: str) -> tuple[int, int]:
    """The middle of an element, on the screen."""
    rect = f"const r = document.querySelector({selector!r}).getBoundingClientRect();"
    x, y = window.eval(f"{PAINTED} {rect} return [r.x + r.width / 2, r.y + r.height / 2]").result(10)
    return window.bounds["x"] + round(x), window.bounds["y"] + round(y)


def width(window: Window, name: str) -> float:
    """The width of a panel."""
    panels = "[...document.querySelectorAll('.jw-panel')]"
    return window.eval(f"{panels}.find((p) => p.textContent.includes('this is {name}')).offsetWidth").result(10)


def seen(window: Window) -> str:
    """The names of the panels that are seen, in reading order."""
    return "[...document.querySelectorAll('.jw-panel:not(.jw-is-hidden) .jw-text')].map((t) => t.textContent.slice(-1)).join('')"


def test_panels_are_where_the_layout_says_in_reading_order(board: Dashboard) -> None:
    window = board.window
    until(window, f"{seen(window)} === 'abc'")
    where = """[...document.querySelectorAll('.jw-panel')].map((panel) => {
      const { left, top, width } = panel.getBoundingClientRect();
      return [panel.querySelector('.jw-text').textContent.slice(-1), left < 300, top < 200, width > 400];
    })"""
    assert window.eval(where).result(10) == [
        ["a", True, True, True],
        ["b", True, False, False],
        ["c", False, False, False],
        ["d", False, False, False],
    ]
    assert colours(picture(window)) > 10


def test_the_mouse_drags_what_is_between_panels_and_a_reload_keeps_it(board: Dashboard, screen: Screen) -> None:
    window = board.window
    before = width(window, "b")
    x, y = middle(window, "[role=separator][aria-orientation=vertical]")
    screen.drag(x, y, x + 120, y)
    until(window, "Number(document.querySelector('[aria-orientation=vertical]').ariaValueNow) > 65")
    becomes("the kernel knows of it", lambda: bool(board.save()["columns"]))
    after = width(window, "b")
    assert after == pytest.approx(before + 120, abs=3)
    assert width(window, "a") == pytest.approx(before * 2, abs=20)  # what lies across the line stays
    window.reload().result(20)
    until(window, "document.querySelectorAll('.jw-text').length === 4")
    assert width(window, "b") == after


def test_the_keyboard_does_all_that_the_mouse_does(board: Dashboard, screen: Screen, keyboard: Keyboard) -> None:
    window = board.window
    window.focus().result(10)
    keyboard.into(board.name)
    window.eval("document.querySelector('[aria-orientation=horizontal]').focus()").result(10)
    keyboard.press("Down")
    until(window, "Number(document.activeElement.ariaValueNow) > 50")
    keyboard.press("Home")
    until(window, "Number(document.activeElement.ariaValueNow) < 25")
    keyboard.press("Return")
    until(window, "document.activeElement.ariaValueNow === '50'")
    window.eval("document.querySelector('[role=tab][aria-selected=true]').focus()").result(10)
    keyboard.press("Right")
    until(window, f"document.activeElement.textContent === 'd' && {seen(window)} === 'abd'")
    keyboard.press("F6")
    until(
        window, "document.activeElement.matches('section') && document.activeElement.textContent.includes('this is a')"
    )
    keyboard.press("Tab")
    until(window, "document.activeElement.ariaLabel === 'Maximise a'")
    keyboard.press("Return")
    until(window, f"{seen(window)} === 'a'")
    keyboard.press("Escape")
    until(window, f"{seen(window)} === 'abd'")
    becomes("the kernel knows of it", lambda: board.save()["chosen"] == ["d"])


def test_everything_has_a_role_and_a_name(board: Dashboard) -> None:
    nameless = """[...document.querySelectorAll('button, [role], section')].filter((el) => {
      const by = el.getAttribute('aria-labelledby');
      const name = el.ariaLabel || (by && document.getElementById(by)?.textContent) || el.textContent;
      return !el.hidden && !['tablist', 'status', 'progressbar', 'alert'].includes(el.role) && !name;
    }).map((el) => el.outerHTML)"""
    assert board.window.eval(nameless).result(10) == []
    controls = "[...document.querySelectorAll('[role=tab]')].map((t) => document.getElementById(t.getAttribute('aria-controls'))?.getAttribute('role'))"
    assert board.window.eval(controls).result(10) == ["tabpanel", "tabpanel"]
    names = "[...document.querySelectorAll('[role=separator]')].map((s) => s.ariaLabel).sort()"
    assert board.window.eval(names).result(10) == ["Resize a and b, c, d", "Resize b and c, d"]


def test_a_panel_goes_into_a_window_of_its_own_and_comes_back(board: Dashboard, screen: Screen) -> None:
    window = board.window
    screen.press(*middle(window, "[aria-label='Open b in a window of its own']"))
    becomes("there is a second window", lambda: board.is_popped("b"))
    alone = board.pop_out("b")
    until(alone, "document.querySelector('.jw-text').textContent === 'this is b'")
    becomes("its title says what it is", lambda: alone.title == f"b – {board.name}")
    until(window, f"document.querySelector('.jw-away') && {seen(window)} === 'ac'")
    board["b"] = "this is a newer b"
    until(alone, "document.querySelector('.jw-text').textContent === 'this is a newer b'")
    alone.close()
    until(window, "document.querySelector('.jw-panel:nth-of-type(2) .jw-text')?.textContent === 'this is a newer b'")
    assert not board.is_popped("b")


def test_what_a_batch_changes_is_seen_in_one_frame(board: Dashboard) -> None:
    window = board.window
    watch = """
      globalThis.frames_seen = [];
      const look = () => {
        const now = [...document.querySelectorAll('.jw-text')].map((t) => t.textContent.split(' ').pop()).join('');
        if (globalThis.frames_seen.at(-1) !== now) globalThis.frames_seen.push(now);
        requestAnimationFrame(look);
      };
      look();
    """
    window.eval(watch).result(10)
    late = Late("new D")
    with board.batch():
        for name in "abc":
            board[name] = f"new {name.upper()}"
        board["d"] = late
    frames = "for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame); return 1"
    assert late.asked.wait(20)
    window.eval(frames).result(20)  # the others are there, and have had the time to be drawn
    late.go.set()
    until(window, "globalThis.frames_seen.at(-1) === 'ABCD'")
    assert window.eval("globalThis.frames_seen").result(10) == ["abcd", "ABCD"]


def test_another_layout_moves_panels_and_loads_none_of_them_anew(board: Dashboard) -> None:
    window = board.window
    mark = "document.querySelectorAll('.jw-text').forEach((text, number) => { text.dataset.number = number; })"
    window.eval(mark).result(10)
    board.layout = "d c\nb a"
    until(window, f"{seen(window)} === 'dcba'")
    order = "[...document.querySelectorAll('.jw-text')].map((text) => text.dataset.number).join('')"
    assert window.eval(order).result(10) == "3210"


def test_a_picture_waits_for_what_was_given_just_before(board: Dashboard) -> None:
    before = picture(board.window)
    board.theme = "dark"
    board["a"] = "█" * 2000
    after = picture(board.window)
    assert sum(before.getpixel((2, 2))) > 600
    assert sum(after.getpixel((2, 2))) < 200
    assert len({after.getpixel((x, 80)) for x in range(60, 540)}) > 1
    assert max(sum(after.getpixel((x, 80))) for x in range(60, 540)) > 600
