"""Commands about what windows show: load, evaluate, take a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.wire import control as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    import msgspec

    from jupyterwin.host.control import Control
    from jupyterwin.wire.frames import ErrorRecord
    from jupyterwin.wire.messages import Message


def load(control: Control, command: wire.LoadContent, _: Message) -> None:
    control.window(command.window).load(command)
    control.reply(command.id)


def reload(control: Control, command: wire.Reload, _: Message) -> None:
    control.window(command.window).reload()
    control.reply(command.id)


def capture(control: Control, command: wire.Capture, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)

    def done(width: int, height: int, png: bytes) -> None:
        if control.owes(command.id):  # its window may have been closed meanwhile, and that was the answer
            control.reply(command.id, {"width": width, "height": height}, [png])

    window.capture(done)


def evaluate(control: Control, command: wire.Evaluate, _: Message) -> None:
    window = control.window(command.window)
    control.owe(command.id, command.window)

    def done(error: ErrorRecord | None, value: msgspec.Raw, buffers: list[bytes]) -> None:
        if error is None:
            control.reply(command.id, value, buffers)
        elif control.owes(command.id):
            control.refuse(command.id, error)

    window.evaluate(command.script, command.world, command.timeout, done)


def devtools(control: Control, command: wire.DevTools, _: Message) -> None:
    window = control.window(command.window)
    if not window.debug:
        raise UsageError("developer tools are for windows that were opened with debug=True")
    window.native.open_devtools()
    control.reply(command.id)


COMMANDS: dict[type, Callable[[Any, Any, Any], None]] = {
    wire.LoadContent: load,
    wire.Reload: reload,
    wire.Capture: capture,
    wire.Evaluate: evaluate,
    wire.DevTools: devtools,
}
