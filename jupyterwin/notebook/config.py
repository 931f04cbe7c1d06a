"""JupyterWin: what is set once for all notebooks, as ``c.JupyterWin.warm = True`` or ``%config JupyterWin.warm = True``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from traitlets import Bool, observe
from traitlets.config import Configurable

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.app import app

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


class JupyterWin(Configurable):
    """Settings of jupyterwin, read from the configuration of IPython or of the kernel when the extension is loaded."""

    warm = Bool(
        default_value=False,
        help="Start the window host when the extension is loaded, so that the first window opens as fast as the next.",
    ).tag(config=True)

    @observe("warm")
    def _warm(self, change: Any) -> None:
        if change.new:
            try:
                app.warm()
            except JupyterWinError as error:  # a notebook that opens no window must not fail for it
                print(f"jupyterwin: JupyterWin.warm: {error}", file=sys.stderr)  # noqa: T201 -- a line under the cell


def attach(ip: InteractiveShell) -> None:
    """Read the configuration of `ip`, and let ``%config JupyterWin`` show and change it. Again: nothing changes."""
    if not any(isinstance(one, JupyterWin) for one in ip.configurables):
        ip.configurables.append(JupyterWin(parent=ip))  # type: ignore[arg-type]  # its stub says too little


def detach(ip: InteractiveShell) -> None:
    """Take it out of ``%config``."""
    ip.configurables[:] = [one for one in ip.configurables if not isinstance(one, JupyterWin)]
