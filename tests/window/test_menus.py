"""Menus on a real screen: chosen by keys and by the mouse, they run Python; what is set later is seen; the text ones edit."""

from __future__ import annotations

import queue
from typing import Any

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.menus import Menu
from jupyterwin.main.window import Window
from support.keyboard import Keyboard
from support.real_app import open_ready
from support.screen import Screen

RIGHT = 3
PAGE = "<title>menus</title><style>body{margin:0}</style><input id=i style='width:100%;height:60px' value='some text'>"


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


@pytest.fixture
def window(app: App) -> Window:
    return open_ready(app, "menus", html=PAGE, width=500, height=300, x=100, y=100)


class Chosen:
    """Items as they are chosen."""

    def __init__(self) -> None:
        self._items: queue.Queue[tuple[str, Any]] = queue.Queue()

    def __call__(self, item: Any, window: Any) -> None:
        self._items.put((item.label, window))

    def next(self) -> tuple[str, Any]:
        return self._items.get(timeout=20)

    @property
    def empty(self) -> bool:
        return self._items.empty()


def in_place(window: Window) -> None:
    """Return once the host has done what was asked of it."""
    window.eval("1").result(10)


def test_a_bar_is_used_by_its_accelerators_by_letters_and_by_the_mouse(
    window: Window, screen: Screen, keyboard: Keyboard
) -> None:
    chosen = Chosen()
    height = window.eval("innerHeight").result(10)
    file = [{"label": "&Save", "accelerator": "CmdOrCtrl+S", "click": chosen}, {"label": "&Open…", "click": chosen}]
    window.set_menu(Menu([{"label": "&File", "submenu": file}])).result(10)
    assert window.eval("new Promise(done => setInterval(() => done(innerHeight), 50))").result(10) < height
    native = screen.window("menus")
    native.click(250, 80)  # in the field: it has the keys
    keyboard.into("menus").press("Control_L+s")
    assert chosen.next() == ("&Save", window)
    keyboard.press("Alt_L+f")
    keyboard.press("o")
    assert chosen.next() == ("&Open…", window)
    native.click(15, 10)
    native.click(25, 35)  # the first item below
    assert chosen.next()[0] == "&Save"
    assert window.eval("i.value").result(10) == "some text"


def test_what_is_set_later_is_what_the_person_meets(window: Window, screen: Screen, keyboard: Keyboard) -> None:
    chosen = Chosen()
    menu = Menu(
        [
            {"id": "save", "label": "Save", "accelerator": "Ctrl+S", "click": chosen, "enabled": False},
            {"id": "wrap", "label": "Wrap", "type": "checkbox", "accelerator": "Ctrl+W", "click": chosen},
            {"label": "Small", "type": "radio", "accelerator": "Ctrl+1", "checked": True},
            {"id": "large", "label": "Large", "type": "radio", "accelerator": "Ctrl+2", "click": chosen},
        ]
    )
    window.set_menu(Menu([{"label": "View", "submenu": menu}])).result(10)
    screen.window("menus").click(250, 80)
    keyboard.into("menus").press("Control_L+s")
    keyboard.press("Control_L+w")
    assert chosen.next()[0] == "Wrap", "the disabled one was not chosen"
    assert menu.get("wrap").checked
    keyboard.press("Control_L+2")
    assert chosen.next()[0] == "Large"
    assert [item.checked for item in menu if item.type == "radio"] == [False, True]
    menu.get("save").enabled = True
    menu.get("save").label = "Save all"
    in_place(window)
    keyboard.press("Control_L+s")
    assert chosen.next()[0] == "Save all"
    menu.get("wrap").checked = False
    in_place(window)
    keyboard.press("Control_L+w")
    assert chosen.next()[0] == "Wrap"
    assert menu.get("wrap").checked


def test_a_key_that_the_page_gives_back_chooses_nothing_that_was_disabled_when_it_was_pressed(
    window: Window, screen: Screen, keyboard: Keyboard
) -> None:
    chosen = Chosen()
    items = [
        {"id": "save", "label": "Save", "accelerator": "Ctrl+S", "click": chosen, "enabled": False},
        {"label": "Wrap", "accelerator": "Ctrl+W", "click": chosen},
    ]
    menu = Menu(items)
    window.set_menu(Menu([{"label": "View", "submenu": menu}])).result(10)
    # The page says that it has the key, and keeps it for half a second more.
    window.eval(
        "addEventListener('keydown', ({key}) => {"
        " if (key === 's') { console.log('has it'); for (const end = Date.now() + 500; Date.now() < end; ); } })"
    ).result(10)
    has_it = window.next("console-message")
    screen.window("menus").click(250, 80)
    keyboard.into("menus").press("Control_L+s")
    has_it.result(20)
    menu.get("save").enabled = True
    in_place(window)  # and it has given the key back: a frame was drawn since
    window.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))").result(10)
    keyboard.press("Control_L+w")
    assert chosen.next()[0] == "Wrap"
    keyboard.press("Control_L+s")
    assert chosen.next()[0] == "Save"
    assert chosen.empty


def test_one_menu_for_the_application_and_one_for_a_window(
    app: App, window: Window, screen: Screen, keyboard: Keyboard
) -> None:
    everywhere, here = Chosen(), Chosen()
    app.set_application_menu(
        Menu([{"label": "A", "submenu": [{"label": "all", "accelerator": "Ctrl+J", "click": everywhere}]}])
    )
    late = open_ready(app, "late", html="<title>late</title>", x=700, y=100, width=300, height=200)
    screen.window("late").click(100, 100)
    keyboard.into("late").press("Control_L+j")
    assert everywhere.next() == ("all", late)
    late.set_menu(
        Menu([{"label": "B", "submenu": [{"label": "mine", "accelerator": "Ctrl+J", "click": here}]}])
    ).result(10)
    keyboard.press("Control_L+j")
    assert here.next() == ("mine", late)
    screen.window("menus").click(250, 80)
    keyboard.into("menus").press("Control_L+j")
    assert everywhere.next() == ("all", window)
    late.destroy().result(10)


def test_a_right_click_edits_text_unless_it_is_told_otherwise(
    window: Window, screen: Screen, keyboard: Keyboard
) -> None:
    native = screen.window("menus")
    window.eval("void i.select()").result(10)
    told = window.next("context-menu")
    native.click(250, 30, RIGHT)
    params = told.result(10)
    assert (params["is_editable"], params["selection_text"]) == (True, "some text")
    keyboard.press("t")  # Cut
    assert window.eval("new Promise(done => setInterval(() => i.value || done('empty'), 20))").result(10) == "empty"
    told = window.next("context-menu")
    native.click(250, 30, RIGHT)
    told.result(10)
    keyboard.press("p")  # Paste
    assert window.eval("new Promise(done => setInterval(() => i.value && done(i.value), 20))").result(10) == "some text"
    chosen = Chosen()
    window.context_menu = Menu([{"label": "&Look up", "click": chosen}])
    in_place(window)
    told = window.next("context-menu")
    native.click(250, 200, RIGHT)
    told.result(10)
    keyboard.press("l")
    assert chosen.next()[0] == "&Look up"


def test_a_menu_opens_where_python_says_and_is_done_when_it_is_closed(window: Window, screen: Screen) -> None:
    chosen = Chosen()
    menu = Menu([{"label": "One", "click": chosen}, {"type": "separator"}, {"label": "Two", "click": chosen}])
    closed = menu.popup(window, 200, 150)
    in_place(window)
    screen.window("menus").click(215, 160)
    assert chosen.next()[0] == "One"
    assert closed.result(10) is None
    closed = menu.popup(window, 200, 150)
    window.destroy()
    with pytest.raises(Exception, match="closed"):
        closed.result(10)


def test_roles_do_what_they_say(window: Window, screen: Screen, keyboard: Keyboard) -> None:
    roles = ("zoom_in", "reset_zoom", "reload", "toggle_full_screen")
    window.set_menu(Menu([{"label": "View", "submenu": [{"role": role} for role in roles]}])).result(10)
    screen.window("menus").click(250, 80)
    zoomed = queue.Queue()
    window.observe(lambda change: zoomed.put(change.new), "zoom")
    keyboard.into("menus").press("Control_L+Shift_L+plus")
    assert zoomed.get(timeout=10) == pytest.approx(1.1)
    keyboard.press("Control_L+0")
    assert zoomed.get(timeout=10) == 1
    loaded = window.next("did-finish-load")
    keyboard.press("Control_L+r")
    loaded.result(10)


def test_menus_and_switches_come_back_with_their_window(app: App, keyboard: Keyboard, screen: Screen) -> None:
    window = open_ready(app, "menus", html=PAGE, x=100, y=100, width=500, height=300, allow={"notifications": True})
    chosen = Chosen()
    window.set_menu(
        Menu([{"label": "X", "submenu": [{"label": "Go", "accelerator": "Ctrl+G", "click": chosen}]}])
    ).result(10)
    back = window.next("ready")
    app.host.process.kill()
    back.result(30)
    screen.window("menus").click(250, 80)
    keyboard.into("menus").press("Control_L+g")
    assert chosen.next() == ("Go", window)
    assert window.eval("Notification.requestPermission()").result(10) == "granted"


def test_a_click_that_raises_is_told_and_nothing_else_happens(
    window: Window, screen: Screen, keyboard: Keyboard
) -> None:
    chosen = Chosen()
    items = [
        {"label": "Bad", "accelerator": "Ctrl+B", "click": lambda: 1 / 0},
        {"label": "Good", "accelerator": "Ctrl+G", "click": chosen},
    ]
    window.set_menu(Menu([{"label": "X", "submenu": items}])).result(10)
    screen.window("menus").click(250, 80)
    keyboard.into("menus").press("Control_L+b")
    keyboard.press("Control_L+g")
    chosen.next()
    assert "the menu item 'Bad' raised ZeroDivisionError" in window.log
