"""Tells `jupyterwin.main` which cell is running and that it was interrupted, and lets the kernel's loop run its queue."""

from __future__ import annotations

import hashlib
import signal
import threading
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

from jupyterwin.main.app import app
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.interrupts import Interrupts
from jupyterwin.main.ownership import CellRun, cells
from jupyterwin.notebook import live, output, panelmagic, pyplot, tracebacks, under_cells

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_PARTS: tuple[Any, ...] = (output, pyplot, tracebacks, live, panelmagic)
"""What else is at home in the shell whose cells are watched."""
_attached: list[Any] = []
_runs: dict[int, CellRun] = {}
"""The cells that run, by what IPython tells of them: one that awaits ends in another context than it began in."""
_interrupts = Interrupts(app.windows.interrupt)


def attach_to_running_shell() -> None:
    """Attach to the shell that runs this code, if there is one."""
    ip = get_ipython()
    if ip is not None:
        attach(ip)


def attach(ip: InteractiveShell) -> None:
    """Watch the cells of `ip`. Called again, it changes nothing."""
    if ip in _attached:
        return
    _attached.append(ip)
    ip.events.register("pre_run_cell", _before)
    ip.events.register("post_run_cell", _after)
    _begin_running_cell(ip)
    for part in _PARTS:
        part.attach(ip)
    kernel = getattr(ip, "kernel", None)
    if kernel is not None:
        main_thread.attach(lambda: kernel.io_loop.add_callback(main_thread.run_all_pending))
        _swap_idle_handler(kernel, signal.SIG_IGN, _when_idle)
        under_cells.attach(kernel)
    app.before_window = _interrupts.begin
    _interrupts.listen()


def detach(ip: InteractiveShell) -> None:
    """Watch no longer."""
    if ip not in _attached:
        return
    _attached.remove(ip)
    ip.events.unregister("pre_run_cell", _before)
    ip.events.unregister("post_run_cell", _after)
    for part in _PARTS:
        part.detach(ip)
    main_thread.attach(None)
    under_cells.detach()
    _interrupts.stop()
    if (kernel := getattr(ip, "kernel", None)) is not None:
        _swap_idle_handler(kernel, _when_idle, signal.SIG_IGN)


def _swap_idle_handler(kernel: Any, old: Any, new: Any) -> None:
    """A kernel ignores interrupts between cells, and what is ignored is not heard.

    While it answers a request it keeps that handler aside, to put it back.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGINT) == old:
        signal.signal(signal.SIGINT, new)
    elif getattr(kernel, "saved_sigint_handler", None) == old:
        kernel.saved_sigint_handler = new


def _when_idle(_signal: int, _frame: object) -> None:
    """Between cells an interrupt ends a handler that runs on the main thread; the kernel itself goes on, as ever."""
    if main_thread.running:
        raise KeyboardInterrupt


def _before(info: Any) -> None:
    _interrupts.listen()
    if len(app.windows):
        _interrupts.begin()
    if not info.silent:
        _runs[id(info)] = cells.begin(_key(info.cell_id, info.raw_cell), identified=bool(info.cell_id))


def _begin_running_cell(ip: InteractiveShell) -> None:
    """The cell that attaches is running already: what it registers from here on is its own as well."""
    raw = ip.history_manager.input_hist_raw if ip.history_manager else []
    if raw:
        parent = ip.get_parent() if hasattr(ip, "get_parent") else {}
        cell_id = parent.get("metadata", {}).get("cellId")
        cells.begin(_key(cell_id, raw[-1]), identified=bool(cell_id))


def _key(cell_id: str | None, source: str) -> str:
    """A front end that names its cells gives the name; else a cell is known by its source."""
    return cell_id or hashlib.sha256(source.rstrip("\n").encode()).hexdigest()[:16]


def _after(result: Any) -> None:
    cells.end(_runs.pop(id(getattr(result, "info", None)), None))
    main_thread.run_pending()
