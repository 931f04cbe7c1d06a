"""Commands about dialogs of the kernel's that belong to a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.control import Control
    from jupyterwin.wire.messages import Message


def begin(control: Control, command: wire.BeginModal, _: Message) -> None:
    control.reply(command.id, control.window(command.window).native.begin_modal())


def end(control: Control, command: wire.EndModal, _: Message) -> None:
    control.window(command.window).native.end_modal()
    control.reply(command.id)


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.BeginModal: begin,
    wire.EndModal: end,
}
