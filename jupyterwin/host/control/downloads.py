"""Commands about downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.control import Control
    from jupyterwin.wire.messages import Message


def act(control: Control, command: wire.ActOnDownload, _: Message) -> None:
    control.window(command.window).native.act_on_download(command.download, command.action)
    control.reply(command.id)


def read(control: Control, command: wire.ReadDownload, _: Message) -> None:
    piece = control.window(command.window).native.read_download(command.download, command.offset)
    control.reply(command.id, None, [piece])


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.ActOnDownload: act,
    wire.ReadDownload: read,
}
