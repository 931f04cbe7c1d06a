"""Tells `jupyterwin.main` which cell is running, and makes the kernel's loop run what waits for the main thread."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython

from jupyterwin.main.mainthread import main_thread
from jupyterwin.main.ownership import cells

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_attached: list[Any] = []


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
    kernel = getattr(ip, "kernel", None)
    if kernel is not None:
        main_thread.attach(lambda: kernel.io_loop.add_callback(main_thread.run_pending))


def detach(ip: InteractiveShell) -> None:
    """Watch no longer."""
    if ip not in _attached:
        return
    _attached.remove(ip)
    ip.events.unregister("pre_run_cell", _before)
    ip.events.unregister("post_run_cell", _after)
    main_thread.attach(None)


def _before(info: Any) -> None:
    if not info.silent:
        # A front end that names its cells gives the name; else a cell is known by its source.
        cells.begin(info.cell_id or hashlib.sha256(info.raw_cell.encode()).hexdigest()[:16])


def _after(_result: Any) -> None:
    cells.end()
    main_thread.run_pending()
