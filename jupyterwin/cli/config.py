"""``jupyterwin config``: every setting, its value for a kernel that starts here now, where that comes from, and its help.

It reads the files that a kernel of IPython reads, and the environment. It starts nothing and changes nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyterwin.cli.terminal import say
from jupyterwin.errors import UsageError
from jupyterwin.main.settings import PREFIX, SETTINGS, Settings

WRONG = 1
"""Exit code when a file or a variable cannot be read, or says what is refused."""

_NAMES = ("ipython_config", "ipython_kernel_config")
"""The later wins, as in a kernel."""


def run(*, as_json: bool) -> int:
    """Tell; the exit code."""
    found, problems = Settings(os.environ), list[str]()
    origins = {}
    try:
        found.source("warm")  # reads the environment
    except UsageError as error:
        problems.append(str(error))
        found = Settings({})
    for file, name, value in _files(problems):
        try:
            if found.put(name, value, "file"):
                origins[name] = str(file)
        except UsageError as error:
            problems.append(f"{file}: {error}")
    rows = [_row(name, found, origins) for name in SETTINGS]
    say(json.dumps(rows, indent=2) if as_json else "\n".join(map(_text, rows)))
    for problem in problems:
        sys.stderr.write(f"jupyterwin config: {problem}\n")
    return WRONG if problems else 0


def _row(name: str, found: Settings, origins: dict[str, str]) -> dict[str, Any]:
    source = found.source(name)
    where = {"file": origins.get(name, "file"), "environment": PREFIX + name.upper()}.get(source, source)
    return {"name": f"JupyterWin.{name}", "value": found[name], "from": where, "help": SETTINGS[name].help}


def _text(row: dict[str, Any]) -> str:
    return f"c.{row['name']} = {row['value']!r}    # {row['from']}\n    {row['help']}"


def _files(problems: list[str]) -> Iterator[tuple[Path, str, Any]]:
    """What the configuration files say, in the order in which a kernel reads them."""
    from traitlets.config.loader import ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

    loaders = {".py": PyFileConfigLoader, ".json": JSONFileConfigLoader}
    for base in _NAMES:
        for folder in _folders():
            for suffix, loader in loaders.items():
                file = folder / f"{base}{suffix}"
                try:
                    said = loader(file.name, path=str(folder)).load_config()
                except ConfigFileNotFound:
                    continue
                except Exception as error:  # noqa: BLE001 -- a file of the person's, which is Python
                    problems.append(f"{file}: {type(error).__name__}: {error}")
                    continue
                for name, value in said.get("JupyterWin", {}).items():
                    if name in SETTINGS:
                        yield file, name, value
                    else:
                        problems.append(f"{file}: there is no JupyterWin.{name}")


def _folders() -> list[Path]:
    from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS
    from IPython.paths import get_ipython_dir

    return [*map(Path, SYSTEM_CONFIG_DIRS), *map(Path, ENV_CONFIG_DIRS), Path(get_ipython_dir()) / "profile_default"]
