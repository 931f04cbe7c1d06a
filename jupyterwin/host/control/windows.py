"""Commands about windows: make, change, act, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.security.policy import Policy
from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.control import Control
    from jupyterwin.wire.messages import Message


def create(control: Control, command: wire.CreateWindow, _: Message) -> None:
    if command.window in control.host.windows:
        raise UsageError(f"there is a window {command.window!r} already")
    control.host.create(command)
    control.reply(command.id)


def change(control: Control, command: wire.SetWindow, _: Message) -> None:
    control.window(command.window).native.change(command.native)
    control.reply(command.id)


def act(control: Control, command: wire.ActOnWindow, _: Message) -> None:
    control.window(command.window).native.act(command.action)
    control.reply(command.id)


def obey(control: Control, command: wire.SetPolicy, _: Message) -> None:
    control.window(command.window).obey(Policy.of_plain(command.allow))
    control.reply(command.id)


def ask(control: Control, command: wire.Ask, _: Message) -> None:
    control.window(command.window).questions.ask_for(command.events)
    control.reply(command.id)


def decide(control: Control, command: wire.Decide, _: Message) -> None:
    control.window(command.window).questions.answered(command.number, prevented=command.prevented)
    control.reply(command.id)


def close(control: Control, command: wire.CloseWindow, _: Message) -> None:
    window = control.window(command.window)
    window.release()
    window.native.close(force=command.force)
    control.reply(command.id)


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.CreateWindow: create,
    wire.SetWindow: change,
    wire.ActOnWindow: act,
    wire.SetPolicy: obey,
    wire.Ask: ask,
    wire.Decide: decide,
    wire.CloseWindow: close,
}
