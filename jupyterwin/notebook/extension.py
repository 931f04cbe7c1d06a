"""``%load_ext jupyterwin``: the magics, their completion, and the watch over cells. Loading it twice changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.notebook import cellwatch, completion, config
from jupyterwin.notebook.magics import WindowMagics
from jupyterwin.notebook.panelmagic import PanelMagics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


_MAGICS = (WindowMagics, PanelMagics)


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the magics ``%win``, ``%%window`` and ``%%panel``. Starts no process unless ``c.JupyterWin.warm`` is set."""
    cellwatch.attach(ip)
    config.attach(ip)
    ip.register_magics(*_MAGICS)
    completion.attach(ip)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Take the magics away. Windows stay open."""
    completion.detach(ip)
    for one in _MAGICS:
        for kind in ("line", "cell"):
            for name in one.magics[kind]:
                ip.magics_manager.magics[kind].pop(name, None)
        ip.magics_manager.registry.pop(one.__name__, None)
    ip.configurables[:] = [one for one in ip.configurables if not isinstance(one, _MAGICS)]
    config.detach(ip)
    cellwatch.detach(ip)
