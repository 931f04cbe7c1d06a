"""Commands about menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.control import Control
    from jupyterwin.wire.messages import Message


def show(control: Control, command: wire.SetMenu, _: Message) -> None:
    control.window(command.window).native.set_menu(command.where, command.items)
    control.reply(command.id)


def popup(control: Control, command: wire.PopupMenu, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)
    at = None if command.x is None or command.y is None else (command.x, command.y)
    window.native.popup_menu(command.items, at, lambda: control.reply(command.id) if control.owes(command.id) else None)


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.SetMenu: show,
    wire.PopupMenu: popup,
}
