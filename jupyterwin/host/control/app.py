"""Commands about the host itself, and the files that it asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.control import Control
    from jupyterwin.wire.messages import Message


def served(control: Control, command: wire.Served, message: Message) -> None:
    control.host.files.answered(command, message.buffers[0] if message.buffers else b"")


def find_pointer(control: Control, command: wire.FindPointer, _: Message) -> None:
    x, y = control.host.engine.pointer()
    control.reply(command.id, {"x": x, "y": y})


def piece(control: Control, command: wire.ServedPiece, message: Message) -> None:
    control.host.files.piece(command, message.buffers[0] if message.buffers else b"")


def set_theme(control: Control, command: wire.SetTheme, _: Message) -> None:
    control.host.engine.set_theme(command.theme)
    if command.id:
        control.reply(command.id)


def leave(control: Control, command: wire.Quit, _: Message) -> None:
    if command.id:
        control.reply(command.id)
    control.host.leave()


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.Served: served,
    wire.FindPointer: find_pointer,
    wire.ServedPiece: piece,
    wire.Quit: leave,
    wire.SetTheme: set_theme,
}
