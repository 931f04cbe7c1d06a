"""Executes the kernel's commands: tables from command to function, one module for each domain. It knows no engine."""

from __future__ import annotations

import sys
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Broken, Overflow, UsageError, WindowClosed
from jupyterwin.host.control import app, contents, dialogs, downloads, menus, windows
from jupyterwin.wire import control as wire
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.host import Host
    from jupyterwin.host.window import HostWindow
    from jupyterwin.wire.messages import Bytes, Message

_COMMANDS: dict[type, Callable[[Control, Any, Message], None]] = {
    **windows.COMMANDS,
    **contents.COMMANDS,
    **dialogs.COMMANDS,
    **downloads.COMMANDS,
    **menus.COMMANDS,
    **app.COMMANDS,
}

_decode = msgspec.json.Decoder(list[wire.Command]).decode


class Control:
    """The host's side of the control comm. Every command with an id is answered by exactly one `Reply`."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._owed: dict[int, str] = {}

    def execute(self, message: Message) -> None:
        """Execute every command of a control message, in order."""
        if message.type == "comm_close":
            self.host.leave()
            return
        for command in _decode(message.data):
            self.carry_out(command.id, partial(_COMMANDS[type(command)], self, command, message))

    def window_closed(self, window: str) -> None:
        """What a window still owed ends here: no command hangs."""
        for key in [key for key, owner in self._owed.items() if owner == window]:
            self.fail(key, WindowClosed.code, f"the window {window!r} was closed")

    # ------------------------------------------------------------ for the commands

    def window(self, window: str) -> HostWindow:
        """The window of that id. Raises `WindowClosed`."""
        try:
            return self.host.windows[window]
        except KeyError:
            raise WindowClosed(f"there is no window {window!r}") from None

    def carry_out(self, key: int, work: Callable[[], None]) -> None:
        """Do what the command `key` asks for, at once or when its time has come. What it raises is the answer."""
        try:
            work()
        except (UsageError, WindowClosed) as problem:
            self.fail(key, problem.code, str(problem))
        except Exception as problem:  # noqa: BLE001 -- no command may end the host
            traceback.print_exc(file=sys.stderr)
            self.fail(key, Broken.code, f"{type(problem).__name__}: {problem}")

    def owe(self, key: int, window: str) -> None:
        """The command `key` is answered later, or by the end of its window."""
        self._owed[key] = window

    def owes(self, key: int) -> bool:
        """Whether a command that is answered later is still to be answered."""
        return key in self._owed

    def reply(self, key: int, value: Any = None, buffers: Sequence[Bytes] = ()) -> None:
        """Answer a command."""
        self._owed.pop(key, None)
        if not key:
            return
        try:
            self.host.link.report(wire.Reply(key, value), buffers)
        except Overflow as problem:
            self.fail(key, problem.code, str(problem))

    def fail(self, key: int, code: str, message: str) -> None:
        """Answer a command by an error."""
        self.refuse(key, ErrorRecord(code, message))

    def refuse(self, key: int, error: ErrorRecord) -> None:
        """Answer a command by an error that has its record."""
        self._owed.pop(key, None)
        if key:
            self.host.link.report(wire.Reply(key, error=error))
