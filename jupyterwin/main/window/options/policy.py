"""Options of what happens around a window: what it refuses, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jupyterwin.main.window.options.option import flag, one_of, option
from jupyterwin.security.sandbox import Level


@dataclass(kw_only=True)
class PolicyOptions:
    """A window's switches. Each default is the safe one."""

    min_sandbox: Level = option("outer", one_of("full", "outer", "engine", "none"), "refuse a sandbox below this")
    on_closed: Literal["drop", "raise"] = option("drop", one_of("drop", "raise"), "what `send` to a closed window does")
    debug: bool = option(False, flag, "developer tools are allowed; errors carry tracebacks")
