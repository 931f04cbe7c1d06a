"""JupyterWin: what is set once for all notebooks, as ``c.JupyterWin.warm = True`` or ``%config JupyterWin.warm = True``.

The table is `main.settings`; here it has the form that IPython's configuration knows.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from traitlets import TraitError, TraitType
from traitlets.config import Configurable

from jupyterwin.errors import JupyterWinError, UsageError
from jupyterwin.main.app import app
from jupyterwin.main.settings import SETTINGS, settings

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


class Set(TraitType[Any, Any]):
    """One setting as a trait."""

    def validate(self, obj: Any, value: Any) -> Any:
        """As the table checks it."""
        del obj
        try:
            return SETTINGS[self.name or ""].check(self.name or "", value)
        except UsageError as error:
            raise TraitError(str(error)) from None


def _trait(default: Any, doc: str) -> Set:
    """Help says of which type it is."""
    kind = type({bool: "Bool", int: "Int", float: "Float"}.get(type(default), "Word"), (Set,), {})
    trait: Set = kind(default, help=doc)
    return trait.tag(config=True)


class JupyterWin(Configurable):
    """Settings of jupyterwin, read from the configuration of IPython or of the kernel when the extension is loaded."""

    vars().update({name: _trait(one.default, one.help) for name, one in SETTINGS.items()})

    def __init__(self, **options: Any) -> None:
        self.observe(self._put, list(SETTINGS))
        self._reading = True  # what comes now is of configuration files
        super().__init__(**options)
        self._reading = False
        for name in SETTINGS:
            setattr(self, name, settings[name])  # the environment comes before files
        self._begin()

    def _put(self, change: Any) -> None:
        if self._reading:
            settings.put(change.name, change.new, "file")
        elif settings[change.name] != change.new:
            settings.put(change.name, change.new, "set")
            if change.name == "warm":
                self._begin()

    def _begin(self) -> None:
        if settings["warm"]:
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
