"""``%load_ext jupyterwin``: the magics, and the watch over cells. Loading it twice changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.notebook import cellwatch, config
from jupyterwin.notebook.magics import WindowMagics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the magics ``%win`` and ``%%window``. Starts no process unless ``c.JupyterWin.warm`` is set."""
    cellwatch.attach(ip)
    config.attach(ip)
    ip.register_magics(WindowMagics)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Take the magics away. Windows stay open."""
    for kind in ("line", "cell"):
        for name in WindowMagics.magics[kind]:
            ip.magics_manager.magics[kind].pop(name, None)
    config.detach(ip)
    cellwatch.detach(ip)
