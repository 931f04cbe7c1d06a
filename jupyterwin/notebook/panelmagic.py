"""``%%panel``: the cell runs as the Python it is, and its output goes to a panel.

As an ordinary magic it would run the cell inside another: no ``await`` at its top level, and a cell that fails stays green.
So its line is taken off before the cell is compiled, and its output is led to the panel from the cell's beginning to its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError as MagicUsageError
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from jupyterwin.main.app import app
from jupyterwin.main.ownership import cells
from jupyterwin.notebook import output, pyplot, tracebacks
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.capture import Capture
from jupyterwin.panels.dashboard import Dashboard
from jupyterwin.panels.outputs import Outputs

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from jupyterwin.panels.panel import Panel

_NAME = "%%panel"


@magics_class
class PanelMagics(Magics):
    """``%%panel NAME -w WINDOW``."""

    @magic_arguments()
    @argument("name", help="the panel's name")
    @argument("-w", "--window", help="the dashboard; none: the only one that is open, else a window of the panel's own")
    @cell_magic
    def panel(self, line: str, cell: str) -> None:
        """Run the cell as the Python it is: what it prints, displays, gives and raises goes to a panel, live.

        It is the first line of its cell. ``await`` works as in any cell, and one that fails fails. A cell that gives one
        object, and nothing else, is ``board["name"] = that object``; else it is ``with board["name"].output():``.
        """
        del cell  # it runs only if the line was not taken off: something is wrong with it
        wanted = Wanted.of(line)
        if not hasattr(self.shell, "kernel"):
            msg = f"{_NAME}: output of a terminal cannot be led elsewhere: assign an object, board[{wanted.name!r}] = value"
            raise MagicUsageError(msg)
        wanted.check()
        msg = f"{_NAME} is the first line of its cell: other magics come after it"
        raise MagicUsageError(msg)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which panel a line of ``%%panel`` means."""

    name: str
    window: str | None

    @classmethod
    def of(cls, line: str) -> Wanted:
        """Read it. Raises IPython's `UsageError`."""
        arguments = parse_argstring(PanelMagics.panel, line)
        return cls(arguments.name, arguments.window)

    def check(self) -> None:
        """Whether there is, or can be, such a panel. Raises IPython's `UsageError`, or ours. Changes nothing."""
        boards = _boards()
        if self.window is None and len(boards) > 1:
            msg = f"{_NAME}: say which dashboard by -w; open are: {', '.join(board.name for board in boards)}"
            raise MagicUsageError(msg)
        name = self.window or (boards[0].name if boards else self.name)
        window = app.windows.get(name)
        if window is not None and self._board() is None and (self.window or not isinstance(window.content, Outputs)):
            msg = f"{_NAME}: window {name!r} is no dashboard"
            raise MagicUsageError(msg)
        if (board := self._board()) is not None and self.name not in board and board.fixed:
            board[self.name]

    def panel(self) -> Panel:
        """The panel, opened if it is not there."""
        board = self._board()
        if board is None and self.window is not None:
            board = dashboard(self.window)
        if board is None:
            window = app.windows.get(self.name) or app.open(self.name, content=Outputs())
            panel: Panel = window.panel
            return panel
        if self.name not in board:
            board[self.name] = Outputs()
        return board[self.name]

    def _board(self) -> Dashboard | None:
        boards = _boards()
        if self.window is None:
            return boards[0] if len(boards) == 1 else None
        return next((board for board in boards if board.name == self.window), None)


def _boards() -> list[Dashboard]:
    return [window.content for window in app.windows if isinstance(window.content, Dashboard)]


class Routing:
    """The panels that cells of one shell run for."""

    def __init__(self, ip: Any) -> None:
        self._ip = ip
        self._running: dict[int, tuple[Capture, str]] = {}
        self._last: dict[str, str] = {}
        """By panel, the message whose output goes there."""

    def strip(self, lines: list[str]) -> list[str]:
        """Take the line off, if it is right and the cell does not run within another."""
        if not lines or not lines[0].startswith(_NAME) or cells.current is not None or not hasattr(self._ip, "kernel"):
            return lines
        try:
            _wanted(lines[0]).check()
        except Exception:  # noqa: BLE001 -- then the magic itself runs, and says what is wrong
            return lines
        rest = lines[1:]
        # Lines keep their numbers, unless another magic is to be the first.
        return rest if rest and rest[0].startswith("%%") else ["\n", *rest]

    def begin(self, info: Any) -> None:
        """A cell begins."""
        first = (info.raw_cell or "").lstrip("\n").partition("\n")[0]
        if info.silent or not first.startswith(_NAME) or not hasattr(self._ip, "kernel"):
            return
        try:
            wanted = _wanted(first)
            wanted.check()
        except Exception:  # noqa: BLE001 -- the magic itself says so
            return
        capture = Capture(wanted.panel())
        message = self._ip.get_parent()["header"]["msg_id"]
        output.let_go(self._last.get(capture.panel.id, ""))
        self._last[capture.panel.id] = message
        self._running[id(info)] = capture, message
        output.take(message, capture)
        pyplot.claims.append(capture.show)
        capture.begin()

    def end(self, result: Any) -> None:
        """A cell has ended."""
        capture, _message = self._running.pop(id(getattr(result, "info", None)), (None, ""))
        if capture is None:
            return
        pyplot.claims.remove(capture.show)
        error = result.error_before_exec or result.error_in_exec
        if error is None and result.result is not None and not _is_quiet(result.info.raw_cell):
            capture.outputs.result(result.result)
        with tracebacks.of_users(error):
            capture.finish(error)


def _wanted(line: str) -> Wanted:
    return Wanted.of(line.strip().removeprefix(_NAME))


def _is_quiet(cell: str) -> bool:
    """Whether the value of the cell is not wanted."""
    return cell.rstrip().endswith(";")


_routings: dict[InteractiveShell, Routing] = {}


def attach(ip: InteractiveShell) -> None:
    """Let cells of `ip` run for panels. Again: nothing changes."""
    if ip in _routings:
        return
    routing = _routings[ip] = Routing(ip)
    ip.input_transformers_cleanup.append(routing.strip)
    ip.events.register("pre_run_cell", routing.begin)
    ip.events.register("post_run_cell", routing.end)


def detach(ip: InteractiveShell) -> None:
    """No more."""
    routing = _routings.pop(ip, None)
    if routing is not None:
        ip.input_transformers_cleanup.remove(routing.strip)
        ip.events.unregister("pre_run_cell", routing.begin)
        ip.events.unregister("post_run_cell", routing.end)
