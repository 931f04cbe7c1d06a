"""Executes the kernel's commands: one table from command to method. It knows windows, and no engine."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.errors import Broken, Overflow, UsageError, WindowClosed
from jupyterwin.wire import control as wire
from jupyterwin.wire.frames import ErrorRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.host.host import Host
    from jupyterwin.host.window import HostWindow
    from jupyterwin.wire.messages import Bytes, Message

_decode = msgspec.json.Decoder(list[wire.Command]).decode


class Control:
    """The host's side of the control comm. Every command with an id is answered by exactly one `Reply`."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._owed: dict[int, str] = {}
        self._methods: dict[type, Callable[[Any, Message], None]] = {
            wire.CreateWindow: self._create,
            wire.LoadContent: self._load,
            wire.Reload: self._reload,
            wire.SetWindow: self._set,
            wire.CloseWindow: self._close,
            wire.Capture: self._capture,
            wire.Evaluate: self._evaluate,
            wire.DevTools: self._devtools,
            wire.Served: self._served,
            wire.Quit: self._quit,
        }

    def execute(self, message: Message) -> None:
        """Execute every command of a control message, in order."""
        if message.type == "comm_close":
            self._host.leave()
            return
        for command in _decode(message.data):
            try:
                self._methods[type(command)](command, message)
            except (UsageError, WindowClosed) as problem:
                self._fail(command.id, problem.code, str(problem))
            except Exception as problem:  # noqa: BLE001 -- no command may end the host
                traceback.print_exc(file=sys.stderr)
                self._fail(command.id, Broken.code, f"{type(problem).__name__}: {problem}")

    def window_closed(self, window: str) -> None:
        """What a window still owed ends here: no command hangs."""
        for key in [key for key, owner in self._owed.items() if owner == window]:
            self._fail(key, WindowClosed.code, f"the window {window!r} was closed")

    # ------------------------------------------------------------ one method for each command

    def _create(self, command: wire.CreateWindow, _: Message) -> None:
        if command.window in self._host.windows:
            raise UsageError(f"there is a window {command.window!r} already")
        self._host.create(command)
        self._reply(command.id)

    def _load(self, command: wire.LoadContent, _: Message) -> None:
        self._window(command.window).load(command)
        self._reply(command.id)

    def _reload(self, command: wire.Reload, _: Message) -> None:
        self._window(command.window).reload()
        self._reply(command.id)

    def _set(self, command: wire.SetWindow, _: Message) -> None:
        native = self._window(command.window).native
        setters: dict[str, Callable[[Any], None]] = {
            "title": native.set_title,
            "bounds": native.set_bounds,
            "visible": lambda on: native.show() if on else native.hide(),
            "mode": native.set_mode,
            "zoom": native.set_zoom,
            "focus": lambda on: native.focus() if on else native.blur(),
        }
        for name, setter in setters.items():
            value = getattr(command, name)
            if value is not None:
                setter(value)
        self._reply(command.id)

    def _close(self, command: wire.CloseWindow, _: Message) -> None:
        self._window(command.window).native.close(force=command.force)
        self._reply(command.id)

    def _capture(self, command: wire.Capture, _: Message) -> None:
        window = self._window(command.window)
        self._owed[command.id] = command.window

        def done(width: int, height: int, png: bytes) -> None:
            if command.id in self._owed:  # its window may have been closed meanwhile, and that was the answer
                self._reply(command.id, {"width": width, "height": height}, [png])

        window.capture(done)

    def _evaluate(self, command: wire.Evaluate, _: Message) -> None:
        window = self._window(command.window)
        self._owed[command.id] = command.window

        def done(error: ErrorRecord | None, value: msgspec.Raw, buffers: list[bytes]) -> None:
            if error is None:
                self._reply(command.id, value, buffers)
            elif self._owed.pop(command.id, None) is not None:
                self._host.link.report(wire.Reply(command.id, error=error))

        window.evaluate(command.script, command.world, command.timeout, done)

    def _devtools(self, command: wire.DevTools, _: Message) -> None:
        window = self._window(command.window)
        if not window.debug:
            raise UsageError("developer tools are for windows that were opened with debug=True")
        window.native.open_devtools()
        self._reply(command.id)

    def _served(self, command: wire.Served, message: Message) -> None:
        self._host.files.answered(command, message.buffers[0] if message.buffers else b"")

    def _quit(self, command: wire.Quit, _: Message) -> None:
        if command.id:
            self._reply(command.id)
        self._host.leave()

    # ------------------------------------------------------------ answers

    def _window(self, window: str) -> HostWindow:
        try:
            return self._host.windows[window]
        except KeyError:
            raise WindowClosed(f"there is no window {window!r}") from None

    def _reply(self, key: int, value: Any = None, buffers: Sequence[Bytes] = ()) -> None:
        self._owed.pop(key, None)
        if not key:
            return
        try:
            self._host.link.report(wire.Reply(key, value), buffers)
        except Overflow as problem:
            self._fail(key, problem.code, str(problem))

    def _fail(self, key: int, code: str, message: str) -> None:
        self._owed.pop(key, None)
        if key:
            self._host.link.report(wire.Reply(key, error=ErrorRecord(code, message)))
