"""The magics ``%win`` and ``%%window``. Each does what a Python function does, and no more."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError as MagicUsageError
from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, needs_local_scope, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.utils.text import DollarFormatter

from jupyterwin.main.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jupyterwin.main.ipc import Ipc
    from jupyterwin.main.tracing.trace import Trace
    from jupyterwin.main.window import Window

_PATIENCE = 10
"""Seconds that a command may take."""
_DOCTOR = 90
"""Seconds that ``%win doctor`` may take: it starts a host and opens a window."""


OPTION_NAMES = ("title", "width", "height", "expose", "grant", "debug")
"""Options of a window that a magic can give."""


@dataclass(frozen=True, slots=True)
class Command:
    """What ``%win`` can do: the Python that does the same, what its arguments are (for completion), and, of one window, how."""

    twin: str
    arguments: tuple[str, ...] = ("window",)
    options: tuple[str, ...] = ()
    run: Callable[[Window], Any] | None = None


COMMANDS: dict[str, Command] = {
    "list": Command("jw.app.windows", ()),
    "open": Command("jw.open(name, path=…)", ("window", "path"), OPTION_NAMES),
    "close": Command("win.close()", run=lambda window: window.close().result(_PATIENCE)),
    "focus": Command("win.focus()", run=lambda window: window.focus().result(_PATIENCE)),
    "reload": Command("win.reload()", run=lambda window: window.reload().result(_PATIENCE)),
    "snap": Command("win.capture()", run=lambda window: window.capture().result(_PATIENCE)),
    "js": Command("win.eval(…)"),
    "ipc": Command("win.ipc.trace()", ("traced", "switch"), ("values",)),
    "log": Command("win.log", run=lambda window: window.log),
    "devtools": Command("win.devtools()", run=lambda window: window.devtools().result(_PATIENCE)),
    "doctor": Command("jupyterwin doctor", ()),
}
"""The subcommands, in the order in which help and completion show them."""

_ALL = ", ".join(COMMANDS)

_OPTIONS = (
    argument("--title", help="title; the page's <title> wins"),
    argument("--width", type=int, help="pixels"),
    argument("--height", type=int, help="pixels"),
    argument("--expose", help="comma-separated names of functions of the notebook that the page may call"),
    argument("--grant", help="comma-separated channels of jw.ipc that the page may use"),
    argument("--debug", action="store_true", help="allow developer tools; errors carry tracebacks"),
)
"""Options of a window that is opened by a magic."""


def _window_options(fn: Any) -> Any:
    for option in reversed(_OPTIONS):
        fn = option(fn)
    return fn


@magics_class
class WindowMagics(Magics):
    """``%win list``, ``%win close NAME`` …, ``%%window NAME``."""

    _traces: Sequence[tuple[Ipc, Trace]] = ()
    """What ``%win ipc`` began."""

    @magic_arguments()
    @argument("command", nargs="?", default="list", help=_ALL)
    @argument("name", nargs="?", help="the window's name; none: the only one that is open, for ipc all of them")
    @argument("what", nargs="?", help="of open: the page, a file or a folder; of ipc: on or off")
    @argument("--values", action="store_true", help="of ipc: show what was sent, too; the notebook saves what it shows")
    @_window_options
    @no_var_expand
    @needs_local_scope
    @line_magic
    def win(self, line: str, local_ns: dict[str, Any] | None = None) -> Any:
        """Look at and steer the open windows. Each command is a Python function or method:

        ``%win list`` shows them, ``%win open NAME PATH`` opens one on a file or folder, with the options of ``%%window``.
        ``%win js NAME EXPRESSION`` evaluates JavaScript in its page and is the value; a body with ``return`` does, too.
        ``%win ipc [NAME] [--values]`` shows the traffic of a window, or of all, while it passes.
        ``%win doctor`` tells what windows get on this machine.
        """
        command, _, rest = line.strip().partition(" ")
        if command == "js":
            return self._js(rest.strip())
        names = {**(self.shell.user_ns if self.shell else {}), **(local_ns or {})}
        arguments = parse_argstring(self.win, _expanded(line, names))
        if arguments.command not in COMMANDS:
            msg = f"%win {arguments.command}: there are {_ALL}"
            raise MagicUsageError(msg)
        run = COMMANDS[arguments.command].run
        if run is not None:
            return run(_window(arguments.name))
        return getattr(self, f"_{arguments.command}")(arguments, names)

    def _list(self, _arguments: Any, _names: dict[str, Any]) -> Any:
        return app.windows

    def _open(self, arguments: Any, names: dict[str, Any]) -> Window:
        if not (arguments.name and arguments.what):
            msg = "%win open NAME PATH: a name and a page are needed, a file or a folder; %%window NAME takes HTML"
            raise MagicUsageError(msg)
        return app.open(arguments.name, path=arguments.what, **_options(arguments, names))

    def _js(self, text: str) -> Any:
        """Of ``NAME CODE``, or of ``CODE`` where one window is open: what the user types is JavaScript, quotes and all."""
        for window in app.windows:
            for name in (window.name, shlex.quote(window.name)):
                if text.startswith(f"{name} "):
                    return window.eval(text[len(name) :].strip()).result(_PATIENCE)
        window = _window(None)
        if not text or text == window.name:
            msg = "%win js NAME EXPRESSION: JavaScript is needed"
            raise MagicUsageError(msg)
        return window.eval(text).result(_PATIENCE)

    def _ipc(self, arguments: Any, _names: dict[str, Any]) -> Trace | None:
        name, state = arguments.name, arguments.what
        if name == "off" and state is None:
            name, state = None, "off"
        if state not in {None, "on", "off"}:
            msg = f"%win ipc {name} {state}: on or off is needed"
            raise MagicUsageError(msg)
        ipc = _window(name).ipc if name else app.ipc
        if state != "off":
            trace = ipc.trace(values=arguments.values)
            self._traces = [*((of, one) for of, one in self._traces if one.active), (ipc, trace)]
            return trace
        for of, trace in self._traces:
            if name is None or of is ipc:
                trace.stop()
        return None

    def _doctor(self, _arguments: Any, _names: dict[str, Any]) -> None:
        """In a process of its own, as in a terminal: what it opens there is none of this kernel's windows."""
        command = [sys.executable, "-m", "jupyterwin.cli", "doctor"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=_DOCTOR, check=False)
        sys.stdout.write(told.stdout + told.stderr)

    @magic_arguments()
    @argument("name", nargs="?", help="the window's name; run again, the cell updates that window")
    @_window_options
    @needs_local_scope
    @cell_magic
    def window(self, line: str, cell: str, local_ns: dict[str, Any] | None = None) -> Window:
        """Open a window of the cell's HTML: ``jw.open(name, html=…)``."""
        arguments = parse_argstring(self.window, line)
        names = {**(self.shell.user_ns if self.shell else {}), **(local_ns or {})}
        return app.open(arguments.name, html=cell, **_options(arguments, names))


def _options(arguments: Any, names: dict[str, Any]) -> dict[str, Any]:
    """The options of a window, as `jw.open` takes them."""
    given = {name: value for name in OPTION_NAMES if (value := getattr(arguments, name)) is not None}
    given["expose"] = {name: _function(name, names) for name in _words(given.pop("expose", ""))}
    given["grant"] = _words(given.get("grant", ""))
    return given


def _function(name: str, names: dict[str, Any]) -> Any:
    if not callable(names.get(name)):
        msg = f"--expose: there is no function {name!r} in the notebook"
        raise MagicUsageError(msg)
    return names[name]


def _window(name: str | None) -> Window:
    found = app.windows.get(name) if name else next(iter(app.windows), None) if len(app.windows) == 1 else None
    if found is None:
        names = ", ".join(window.name for window in app.windows) or "none"
        msg = f"%win: no window {name!r}; open are: {names}" if name else f"%win: say which window; open are: {names}"
        raise MagicUsageError(msg)
    return found


def _expanded(line: str, names: dict[str, Any]) -> str:
    """``$name`` and ``{expression}`` as in any line magic; a line that cannot be expanded stays as it is."""
    try:
        return str(DollarFormatter().vformat(line, args=[], kwargs=names))
    except Exception:  # noqa: BLE001 -- as IPython does
        return line


def _words(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
