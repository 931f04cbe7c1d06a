"""Options of what happens around a window: what it refuses, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jupyterwin.main.checks import flag, one_of, optional, refuse
from jupyterwin.main.window.options.option import option
from jupyterwin.security.policy import NOTHING, Policy, parse
from jupyterwin.security.sandbox import Level


def _folder(name: str, given: Any) -> str:
    if not isinstance(given, str | Path) or not Path(given).expanduser().is_dir():
        raise refuse(name, "a folder that is there", given)
    return str(Path(given).expanduser().absolute())


def _policy(_name: str, given: Any) -> Policy:
    return parse(given)


@dataclass(kw_only=True)
class PolicyOptions:
    """A window's switches. Each default is the safe one."""

    allow: Policy = option(
        NOTHING, _policy, "what the page may do besides showing itself: {switch: True or origins}, all off without"
    )
    download_folder: str | None = option(
        None, optional(_folder), "where downloads that are allowed are written; the working directory without"
    )
    min_sandbox: Level = option("outer", one_of("full", "outer", "engine", "none"), "refuse a sandbox below this")
    on_closed: Literal["drop", "raise"] = option("drop", one_of("drop", "raise"), "what `send` to a closed window does")
    on_crash: Literal["reload", "close", "show-error"] = option(
        "reload", one_of("reload", "close", "show-error"), "what follows the end of its renderer, or of its host"
    )
    debug: bool = option(False, flag, "developer tools are allowed; errors carry tracebacks")
