"""Dialogs and menus under a real window manager, on two monitors: stacking, focus, and where they come up."""

from __future__ import annotations

import queue

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.desktop.dialog import dialog
from jupyterwin.main.menus import Menu
from support.desktop import RIGHT
from support.keyboard import Keyboard
from support.real_app import open_ready
from support.screen import Screen

pytestmark = pytest.mark.usefixtures("desktop")

PAGE = "<title>owner</title><script>addEventListener('keydown', e => console.log('key ' + e.key))</script>"


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def test_a_dialog_stays_above_its_window_and_gives_the_keys_back(app: App, screen: Screen, keyboard: Keyboard) -> None:
    window = open_ready(app, "owner", html=PAGE, x=1000, y=200, width=500, height=400)
    asked = dialog.show_message_box("Sure?", detail="It cannot be undone.", title="mine", parent=window)
    shown = screen.window("mine")
    keyboard.into("mine")
    x, y, width, height = RIGHT
    box = shown.box
    assert x <= box.x
    assert box.x + box.width <= x + width
    assert y <= box.y
    assert box.y + box.height <= y + height
    screen.window("owner").click(20, 20)  # a window manager raises what is clicked
    window.focus().result(10)
    window.eval("1").result(10)
    assert [title for title in screen.titles() if title in {"owner", "mine"}][-1] == "mine"
    said = window.next("console-message")
    keyboard.into("mine").press("Return")
    asked.result(20)
    keyboard.into("owner").press("x")
    assert said.result(20).message == "key x"
    window.destroy().result(10)


def test_a_window_that_closes_takes_its_dialog_along(app: App, screen: Screen) -> None:
    window = open_ready(app, "owner", html=PAGE, x=100, y=100, width=500, height=400)
    asked = dialog.show_open_dialog(title="mine", parent=window)
    screen.window("mine")
    window.destroy().result(10)
    assert "closed" in str(asked.exception(20))


def test_menus_are_used_by_keys_and_mouse(app: App, screen: Screen, keyboard: Keyboard) -> None:
    chosen: queue.Queue[str] = queue.Queue()
    note = lambda item, _window: chosen.put(item.label)  # noqa: E731 -- one line
    window = open_ready(app, "owner", html=PAGE, x=100, y=100, width=500, height=400)
    window.set_menu(
        Menu([{"label": "&File", "submenu": [{"label": "Save", "accelerator": "Ctrl+S", "click": note}]}])
    ).result(10)
    window.context_menu = Menu([{"label": "&Look", "click": note}])
    native = screen.window("owner")
    native.click(250, 200)
    keyboard.into("owner").press("Control_L+s")
    assert chosen.get(timeout=20) == "Save"
    native.click(15, 10)
    native.click(25, 35)
    assert chosen.get(timeout=20) == "Save"
    told = window.next("context-menu")
    native.click(250, 200, 3)
    told.result(20)
    keyboard.press("l")
    assert chosen.get(timeout=20) == "&Look"
    window.destroy().result(10)
