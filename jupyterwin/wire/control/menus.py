"""Frames about menus: what they say crosses as data, and a click comes back as the number of its item."""

from __future__ import annotations

from typing import Literal

from jupyterwin.wire.control.base import ControlMessage, Data

ItemType = Literal["normal", "separator", "submenu", "checkbox", "radio"]


class MenuItem(Data):
    """One item. `id`: a number that no other item of the kernel has. `keys`: a shortcut as Qt writes it.

    `role`: editing that the host does by itself (``copy``, ``paste`` …); empty for what the kernel does.
    Neighbours of type ``radio`` exclude each other.
    """

    id: int
    type: ItemType = "normal"
    label: str = ""
    keys: str = ""
    enabled: bool = True
    visible: bool = True
    checked: bool = False
    role: str = ""
    items: list[MenuItem] = []


class SetMenu(ControlMessage, tag="menu.set"):
    """The window's menu bar, or what a right click opens. Null: no bar, or the host's own few items for text."""

    id: int
    window: str
    where: Literal["bar", "context"]
    items: list[MenuItem] | None = None


class PopupMenu(ControlMessage, tag="menu.popup"):
    """Open a menu at a point of the window (null: at the pointer). The reply comes when it is closed."""

    id: int
    window: str
    items: list[MenuItem]
    x: int | None = None
    y: int | None = None


COMMANDS = SetMenu | PopupMenu


class MenuClicked(ControlMessage, tag="menu.clicked"):
    """The person chose an item; `checked`: how it now is, for one that can be."""

    window: str
    item: int
    checked: bool = False


EVENTS = MenuClicked
