"""What windows need on this machine and what of it is missing, found without opening one. It starts no window host.

Each check yields `Problem`s and raises nothing.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from jupyterwin.cli.doctor.problem import Problem
from jupyterwin.errors import JupyterWinError

_DEADLINE = 10
_BUILT = ("preload.js", "stub.js")
_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_LINKED = ("Qt/lib/libQt6WebEngineCore.so.6", "Qt/plugins/platforms/libqxcb.so", "Qt/libexec/QtWebEngineProcess")


def problems() -> list[Problem]:
    """All that is missing."""
    checks: tuple[Callable[[], Iterator[Problem]], ...] = (
        _system,
        _python,
        _javascript,
        _bubblewrap,
        _libraries,
        _fonts,
    )
    return [problem for check in checks for problem in check()]


def engine_version() -> str:
    """The installed engine, by its package; empty when it is not there as a wheel."""
    return _version("PySide6_Essentials")


def pywebview_version() -> str:
    """The installed pywebview; empty without one."""
    return _version("pywebview")


def bubblewrap_version() -> str | None:
    """What ``bwrap --version`` says; None when it is not installed."""
    program = shutil.which("bwrap")
    if program is None:
        return None
    return _said(program, "--version").removeprefix("bubblewrap").strip() or "of unknown version"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _system() -> Iterator[Problem]:
    if platform.system() != "Linux":
        yield Problem(f"windows open on Linux only, this is {platform.system()}")


def _python() -> Iterator[Problem]:
    from jupyterwin.main.launch import causes

    for name in ("msgspec", "traitlets"):
        if find_spec(name) is None:
            yield Problem(f"the module {name!r} is missing", "`pip install 'jupyterwin[qt]'`")
    try:
        causes.require_modules()
    except JupyterWinError as problem:
        yield Problem.of(problem)


def _javascript() -> Iterator[Problem]:
    missing = [name for name in _BUILT if not (files("jupyterwin") / "static" / name).is_file()]
    if missing:
        yield Problem(
            f"the built JavaScript is missing: static/{', static/'.join(missing)}",
            "`scripts/setup` builds it in a checkout; or `pip install --force-reinstall jupyterwin`",
        )


def _bubblewrap() -> Iterator[Problem]:
    if shutil.which("bwrap") is None:
        yield Problem(
            "bubblewrap is not installed: no sandbox around the window host", "`sudo apt-get install bubblewrap`"
        )


def _libraries() -> Iterator[Problem]:
    """All missing libraries of the engine at once: a start that fails names only the first."""
    from jupyterwin.main.launch import causes

    spec = find_spec("PySide6")
    program = shutil.which("ldd")
    if spec is None or program is None:
        return
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    linked = [folder / name for folder in folders for name in _LINKED if (folder / name).is_file()]
    missing = sorted({name for file in linked for name in _NOT_FOUND.findall(_said(program, str(file)))})
    for name in missing:
        known = causes.explain(f"{name}: cannot open shared object file")
        yield Problem.of(known) if known else Problem(f"the web engine needs the library {name}")


def _fonts() -> Iterator[Problem]:
    program = shutil.which("fc-list")
    if program is None:
        yield Problem("fontconfig is not installed: text may not be drawn", "`sudo apt-get install fontconfig`")
    elif not _said(program):
        yield Problem("there are no fonts: text is not drawn", "`sudo apt-get install fonts-dejavu`")


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_DEADLINE)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
