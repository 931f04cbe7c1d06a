"""Menus as data: what they refuse, how accelerators are read, and which radio items go together."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.menus import Menu, MenuItem
from jupyterwin.main.menus.keys import sequence


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("CmdOrCtrl+S", "Ctrl+S"), ("CommandOrControl+Shift+s", "Ctrl+Shift+S"), ("Alt+F4", "Alt+F4"), ("F5", "F5"),
        ("Ctrl+Plus", "Ctrl++"), ("Super+PageUp", "Meta+PgUp"), ("Ctrl+ö", "Ctrl+Ö"), ("Delete", "Del"),
    ],
)  # fmt: skip
def test_accelerators_are_electrons(written: str, keys: str) -> None:
    assert sequence(written) == keys


@pytest.mark.parametrize(
    "wrong", ["", "S", "Shift+S", "Ctrl", "Ctrl+", "Hyper+S", "Ctrl+Save", "Ctrl+Space Bar", 5, "Space"]
)
def test_what_is_no_accelerator_is_refused(wrong: object) -> None:
    with pytest.raises(UsageError, match="accelerator"):
        sequence(wrong)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "label"), ({"label": "x", "type": "button"}, "type"), ({"label": "x", "type": "submenu"}, "type"),
        ({"role": "explode"}, "role"), ({"label": "x", "click": 1}, "click"), ({"label": "x", "colour": 1}, "colour"),
        ({"label": "x", "submenu": [{}]}, "label"),
    ],
)  # fmt: skip
def test_a_wrong_item_is_refused_by_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(UsageError, match=field):
        Menu([wrong])


def test_an_item_is_in_one_menu() -> None:
    item = MenuItem("x")
    Menu([item])
    with pytest.raises(UsageError, match="in a menu already"):
        Menu([item])


def test_neighbours_exclude_each_other() -> None:
    menu = Menu([{"label": name, "type": "radio"} if name != "-" else {"type": "separator"} for name in "ab-cd"])
    a, b, _, c, d = menu
    a.checked = c.checked = True
    assert [item.checked for item in menu] == [True, False, False, True, False]
    b.checked = True
    assert [item.checked for item in menu] == [False, True, False, True, False]
    assert menu.group_of(d) == [c, d]


def test_a_change_below_is_told_above_once_each() -> None:
    class Watching:
        def __init__(self) -> None:
            self.told: list[Menu] = []

        def menu_changed(self, menu: Menu) -> None:
            self.told.append(menu)

    menu, watching = Menu([{"label": "x", "submenu": [{"label": "y", "id": "deep"}]}]), Watching()
    menu.shown_by(watching)
    menu.get("deep").enabled = False
    menu.get("deep").label = "z"
    assert watching.told == [menu, menu]
    with pytest.raises(UsageError, match="label"):
        menu.get("deep").label = 1


def test_a_click_is_given_what_it_takes() -> None:
    got: list[object] = []
    window = SimpleNamespace(log=None)
    MenuItem("x", click=lambda: got.append("nothing")).run(window)
    two = MenuItem("x", click=lambda item, window: got.append((item, window)))
    two.run(window)
    assert got == ["nothing", (two, window)]
