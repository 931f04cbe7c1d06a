"""jupyterwin: Electron's process model, for Jupyter. The kernel is the main process, each window a sandboxed renderer.

This module hands out the public names lazily: the window host runs ``python -m jupyterwin.host``, which imports this
file first, and must not load kernel code by doing so. Nothing starts on import.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyterwin.errors import *  # noqa: F403 -- the error classes are public names
    from jupyterwin.main.app import app as app
    from jupyterwin.main.app import every as every
    from jupyterwin.main.app import ipc as ipc
    from jupyterwin.main.app import open as open
    from jupyterwin.main.app import screen as screen
    from jupyterwin.main.desktop.clipboard import clipboard as clipboard
    from jupyterwin.main.desktop.dialog import dialog as dialog
    from jupyterwin.main.desktop.external import open_external as open_external
    from jupyterwin.main.ipc import IpcEvent as IpcEvent
    from jupyterwin.main.menus import Menu as Menu
    from jupyterwin.main.menus import MenuItem as MenuItem
    from jupyterwin.main.pending import Pending as Pending
    from jupyterwin.main.ports.port import MessageChannel as MessageChannel
    from jupyterwin.main.store import Store as Store
    from jupyterwin.main.window import Window as Window
    from jupyterwin.panels.boards import dashboard as dashboard
    from jupyterwin.panels.charts import area as area
    from jupyterwin.panels.charts import bar as bar
    from jupyterwin.panels.charts import line as line
    from jupyterwin.panels.charts import scatter as scatter
    from jupyterwin.panels.controls import controls as controls
    from jupyterwin.panels.dashboard import Dashboard as Dashboard
    from jupyterwin.panels.live import live as live
    from jupyterwin.panels.livetable import LiveTable as LiveTable
    from jupyterwin.panels.panel import Panel as Panel
    from jupyterwin.panels.show import show as show

__version__ = "0.1.0"

_HOME = {
    "app": "jupyterwin.main.app",
    "clipboard": "jupyterwin.main.desktop.clipboard",
    "dialog": "jupyterwin.main.desktop.dialog",
    "open_external": "jupyterwin.main.desktop.external",
    "every": "jupyterwin.main.app",
    "ipc": "jupyterwin.main.app",
    "open": "jupyterwin.main.app",
    "screen": "jupyterwin.main.app",
    "IpcEvent": "jupyterwin.main.ipc",
    "MessageChannel": "jupyterwin.main.ports.port",
    "Menu": "jupyterwin.main.menus",
    "MenuItem": "jupyterwin.main.menus",
    "Pending": "jupyterwin.main.pending",
    "Store": "jupyterwin.main.store",
    "controls": "jupyterwin.panels.controls",
    "live": "jupyterwin.panels.live",
    "Window": "jupyterwin.main.window",
    "area": "jupyterwin.panels.charts",
    "bar": "jupyterwin.panels.charts",
    "line": "jupyterwin.panels.charts",
    "scatter": "jupyterwin.panels.charts",
    "LiveTable": "jupyterwin.panels.livetable",
    "Dashboard": "jupyterwin.panels.dashboard",
    "dashboard": "jupyterwin.panels.boards",
    "Panel": "jupyterwin.panels.panel",
    "show": "jupyterwin.panels.show",
    "BadArguments": "jupyterwin.errors",
    "Broken": "jupyterwin.errors",
    "Cancelled": "jupyterwin.errors",
    "Closed": "jupyterwin.errors",
    "Conflict": "jupyterwin.errors",
    "DeadlineExceeded": "jupyterwin.errors",
    "EngineMissing": "jupyterwin.errors",
    "HandlerRemoved": "jupyterwin.errors",
    "HostGone": "jupyterwin.errors",
    "JupyterWinError": "jupyterwin.errors",
    "KernelGone": "jupyterwin.errors",
    "LoadFailed": "jupyterwin.errors",
    "NoHandler": "jupyterwin.errors",
    "NotGranted": "jupyterwin.errors",
    "Overflow": "jupyterwin.errors",
    "PeerError": "jupyterwin.errors",
    "RemoteError": "jupyterwin.errors",
    "SandboxUnavailable": "jupyterwin.errors",
    "StartFailed": "jupyterwin.errors",
    "TooLarge": "jupyterwin.errors",
    "Unserializable": "jupyterwin.errors",
    "UsageError": "jupyterwin.errors",
    "WindowClosed": "jupyterwin.errors",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 -- a sorted list of the table's names


def __getattr__(name: str) -> object:
    """Import the home of a public name on its first use (PEP 562)."""
    if name in _HOME:
        if "IPython" in sys.modules and _HOME[name] != "jupyterwin.errors":
            # In a notebook, what a cell registers belongs to that cell, also without %load_ext.
            import_module("jupyterwin.notebook.cellwatch").attach_to_running_shell()
        if _HOME[name] != "jupyterwin.errors":
            import_module("jupyterwin.panels")  # so that windows can show objects
        return getattr(import_module(_HOME[name]), name)
    if name in {"load_ipython_extension", "unload_ipython_extension"}:
        return getattr(import_module("jupyterwin.notebook.extension"), name)
    message = f"module 'jupyterwin' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
