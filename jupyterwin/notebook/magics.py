"""The magics: ``%win`` with its subcommands, and ``%%window``. Each does what a Python function does, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError as MagicUsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, needs_local_scope
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from jupyterwin.main.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.ipc import Ipc
    from jupyterwin.main.tracing.trace import Trace
    from jupyterwin.main.window import Window

_PATIENCE = 10
"""Seconds that a command may take."""
_COMMANDS: dict[str, Callable[[Window], Any]] = {
    "close": lambda window: window.close().result(_PATIENCE),
    "focus": lambda window: window.focus().result(_PATIENCE),
    "reload": lambda window: window.reload().result(_PATIENCE),
    "snap": lambda window: window.capture().result(_PATIENCE),
    "log": lambda window: window.log,
    "devtools": lambda window: window.devtools().result(_PATIENCE),
}
"""What is asked of one window; ``list`` and ``ipc`` are asked of all."""
_ALL = ", ".join(("list", *_COMMANDS, "ipc"))


@magics_class
class WindowMagics(Magics):
    """``%win list``, ``%win close NAME`` …, ``%%window NAME``."""

    _traces: Sequence[tuple[Ipc, Trace]] = ()
    """What ``%win ipc`` began."""

    @magic_arguments()
    @argument("command", nargs="?", default="list", help=_ALL)
    @argument("name", nargs="?", help="the window's name; none: the only one that is open, for ipc all of them")
    @argument("state", nargs="?", choices=("on", "off"), help="of ipc: off ends what this magic began")
    @argument("--values", action="store_true", help="of ipc: show what was sent, too; the notebook saves what it shows")
    @line_magic
    def win(self, line: str) -> Any:
        """Look at and steer the open windows. ``%win list`` is ``jw.app.windows``; the others are methods of a window.

        ``%win ipc [NAME] [--values]`` shows the traffic of a window, or of all, while it passes: ``win.ipc.trace()``.
        """
        arguments = parse_argstring(self.win, line)
        if arguments.command == "list":
            return app.windows
        if arguments.command == "ipc":
            return self._ipc(arguments)
        if arguments.command not in _COMMANDS:
            msg = f"%win {arguments.command}: there are {_ALL}"
            raise MagicUsageError(msg)
        return _COMMANDS[arguments.command](_window(arguments.name))

    def _ipc(self, arguments: Any) -> Trace | None:
        name = arguments.name
        if name == "off" and arguments.state is None:
            name, arguments.state = None, "off"
        ipc = _window(name).ipc if name else app.ipc
        if arguments.state != "off":
            trace = ipc.trace(values=arguments.values)
            self._traces = [*((of, one) for of, one in self._traces if one.active), (ipc, trace)]
            return trace
        for of, trace in self._traces:
            if name is None or of is ipc:
                trace.stop()
        return None

    @magic_arguments()
    @argument("name", nargs="?", help="the window's name; run again, the cell updates that window")
    @argument("--title", help="title; the page's <title> wins")
    @argument("--width", type=int, help="pixels")
    @argument("--height", type=int, help="pixels")
    @argument("--expose", help="comma-separated names of functions of the notebook that the page may call")
    @argument("--grant", help="comma-separated channels of jw.ipc that the page may use")
    @argument("--debug", action="store_true", help="allow developer tools; errors carry tracebacks")
    @needs_local_scope
    @cell_magic
    def window(self, line: str, cell: str, local_ns: dict[str, Any] | None = None) -> Window:
        """Open a window of the cell's HTML: ``jw.open(name, html=…)``."""
        arguments = vars(parse_argstring(self.window, line))
        name = arguments.pop("name")
        options = {key: value for key, value in arguments.items() if value is not None}
        names = _names(options.pop("expose", ""))
        options["expose"] = {n: self._function(n, local_ns or {}) for n in names}
        options["grant"] = _names(options.get("grant", ""))
        return app.open(name, html=cell, **options)

    def _function(self, name: str, local_ns: dict[str, Any]) -> Any:
        scope = {**(self.shell.user_ns if self.shell else {}), **local_ns}
        if not callable(scope.get(name)):
            msg = f"--expose: there is no function {name!r} in the notebook"
            raise MagicUsageError(msg)
        return scope[name]


def _window(name: str | None) -> Window:
    found = app.windows.get(name) if name else next(iter(app.windows), None) if len(app.windows) == 1 else None
    if found is None:
        names = ", ".join(window.name for window in app.windows) or "none"
        msg = f"%win: no window {name!r}; open are: {names}" if name else f"%win: say which window; open are: {names}"
        raise MagicUsageError(msg)
    return found


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
