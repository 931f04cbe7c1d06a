"""``%load_ext jupyterwin``: the magics, their completion, and the watch over cells. Loading it twice changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.notebook import cellwatch, completion, config, tracebacks
from jupyterwin.notebook.magics import WindowMagics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the magics ``%win`` and ``%%window``. Starts no process unless ``c.JupyterWin.warm`` is set."""
    cellwatch.attach(ip)
    config.attach(ip)
    ip.register_magics(WindowMagics)
    completion.attach(ip)
    tracebacks.attach(ip)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Take the magics away. Windows stay open."""
    tracebacks.detach()
    completion.detach(ip)
    for kind in ("line", "cell"):
        for name in WindowMagics.magics[kind]:
            ip.magics_manager.magics[kind].pop(name, None)
    ip.magics_manager.registry.pop(WindowMagics.__name__, None)
    ip.configurables[:] = [one for one in ip.configurables if not isinstance(one, WindowMagics)]
    config.detach(ip)
    cellwatch.detach(ip)
