"""Lab: a JupyterLab server with a home of its own, as long as a block lasts. It knows no browser."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_STARTED = re.compile(r"http://[^:/]+:(\d+)/lab")
_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "completer-extension/manager": {"providerTimeout": 20_000},  # in ms: a second passes before a busy kernel answers
    "docmanager-extension/plugin": {"autosave": False},
}
_END_DEADLINE = 20.0


class LabFailed(Exception):  # noqa: N818 -- read as a sentence where it is raised
    """JupyterLab did not start, or what runs in it did not do what it was asked for; `trace`: a traceback, if any."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace


@dataclass(frozen=True)
class Lab:
    """A server, and the folder of its notebooks."""

    folder: Path
    url: str
    token: str

    def write(self, name: str, cells: Sequence[str]) -> None:
        """Make a notebook with these cells of code."""
        code: list[dict[str, Any]] = [
            {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": one}
            for one in cells
        ]
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": spec}, "cells": code}
        (self.folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@contextmanager
def running_lab(folder: Path, **changes: str | None) -> Iterator[Lab]:
    """A server, until the end; `changes` to its environment (None: taken out). All that it writes is in `folder`.

    Raises `LabFailed` with its words when it does not start.
    """
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterwin.cli.lab", "--no-browser", "--allow-root", "--ServerApp.port=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={notebooks}"),
        *("--LabApp.expose_app_in_browser=True", "--KernelManager.shutdown_wait_time=2"),
    ]
    given = os.environ | _home(folder) | changes
    process = subprocess.Popen(
        command,
        env={name: value for name, value in given.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None  # noqa: S101 -- for the type: it was asked for
    try:
        yield Lab(notebooks, f"http://127.0.0.1:{_port(process.stderr)}", token)
    finally:
        _end(process)


def _home(folder: Path) -> dict[str, str]:
    settings = folder / "settings"
    for name, given in _SETTINGS.items():
        file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(given), encoding="utf-8")
    return {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }


def _port(said: IO[str]) -> str:
    lines = []
    for line in said:
        lines.append(line)
        if found := _STARTED.search(line):
            return found[1]
    raise LabFailed("JupyterLab did not start", "".join(lines))


def _end(process: subprocess.Popen[str]) -> None:
    """It ends its kernels first."""
    process.terminate()
    try:
        process.communicate(timeout=_END_DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
