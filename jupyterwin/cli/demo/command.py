"""The command ``jupyterwin demo``: finds a screen, a notebook and a kernel, runs the show, and stays with the windows."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.cli import screen
from jupyterwin.cli.demo import lab, notebook, pointer
from jupyterwin.cli.demo.failures import DemoFailed
from jupyterwin.cli.lab import needs
from jupyterwin.cli.terminal import complain, labelled, say

if TYPE_CHECKING:
    from jupyterwin.cli.demo.kernel import DemoKernel

_NEEDED = ("jupyter_client", "ipykernel", "nbformat", "pandas", "vega_datasets")
_LOOK = 0.5
INSTALL = "pip install 'jupyterwin[qt,demo]'"
INSTALL_IN_LAB = "pip install 'jupyterwin[demo,lab]'"


def run(pictures: str, *, keep: bool, in_lab: bool) -> int:
    """The whole demo; its exit code: 0 when everything that it shows was seen to work."""
    try:
        return _run_in_lab(Path(pictures)) if in_lab else _run(Path(pictures), keep=keep)
    except DemoFailed as problem:
        if problem.trace:
            complain(problem.trace)
        complain(f"the demo failed: {problem}")
    except screen.NoScreen as problem:
        complain(f"the demo failed: {problem}")
    return 1


def _run_in_lab(pictures: Path) -> int:
    path = _what_is_needed(INSTALL_IN_LAB)
    if missing := needs.missing():
        raise DemoFailed("\n".join(missing))
    from jupyterwin.cli.demo.in_lab import show

    show(path, pictures)
    return 0


def _run(pictures: Path, *, keep: bool) -> int:
    if keep and not lab.available():
        raise DemoFailed(f"JupyterLab is not installed; `{lab.INSTALL}`")
    path = _what_is_needed(INSTALL)
    display = os.environ.get("DISPLAY", "")
    real = bool(display) and screen.answers(display)
    with screen.virtual(wanted=not real) as own:
        if own is not None:
            why = f"DISPLAY={display} does not answer" if display else "DISPLAY is not set"
            say(labelled("screen", f"{own.name}, an Xvfb of its own, because {why}"))
            if missing := pointer.missing():
                raise DemoFailed(f"nobody can click on a screen in memory: {missing}")
        else:
            say(labelled("screen", display))
        pictures.mkdir(parents=True, exist_ok=True)
        _show(path, pictures, os.environ["DISPLAY"], virtual=own is not None, stay=real and not keep)
        if keep:
            say(f"\nJupyterLab opens on {path.name}; Ctrl-C ends it.")
            return lab.open_on(path, browser=real)
    return 0


def _what_is_needed(install: str) -> Path:
    """The notebook. Raises `DemoFailed` for what can be known to be missing before anything starts."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise DemoFailed(f"the demo needs {', '.join(missing)}; `{install}`")
    path = notebook.find()
    if path is None:
        raise DemoFailed(f"{notebook.NAME} is not here: it is part of the project's checkout; run the demo there")
    return path


def _show(path: Path, pictures: Path, display: str, *, virtual: bool, stay: bool) -> None:
    # Only now: they import what may be missing.
    from jupyterwin.cli.demo.kernel import DemoKernel
    from jupyterwin.cli.demo.show import Show

    with DemoKernel(path.parent) as kernel:
        say(labelled("kernel", f"started in {path.parent.name}/, runs {path.name}"))
        show = Show(kernel, pictures, display, virtual)
        show.run(notebook.code_cells(path))
        say()
        say(show.summary.text())
        if stay:
            _stay(kernel)


def _stay(kernel: DemoKernel) -> None:
    try:
        say("\nThe windows are yours now: close them, or press Ctrl-C here, and the demo ends.")
        while kernel.ask("names"):
            time.sleep(_LOOK)
    except KeyboardInterrupt:
        say()
