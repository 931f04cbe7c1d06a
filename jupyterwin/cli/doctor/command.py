"""The command ``jupyterwin doctor``: looks at the machine and at one window, and tells."""

from __future__ import annotations

import json
import os
from typing import Any

from jupyterwin.cli import screen
from jupyterwin.cli.doctor import installed, namespaces
from jupyterwin.cli.doctor.problem import Problem
from jupyterwin.cli.doctor.report import Report
from jupyterwin.cli.doctor.window import Found, look
from jupyterwin.cli.terminal import say


def run(*, as_json: bool) -> int:
    """Report; exit code 0 when a window can open here, else 1."""
    problems = installed.problems()
    display, found = _on_a_screen(problems)
    if found.problem is not None and "namespace" in found.problem.problem:
        problems += namespaces.problems()
    report = Report.of(found, display, problems)
    say(json.dumps(report.as_json(), indent=2) if as_json else report.text())
    return 0 if found.opened else 1


def _on_a_screen(problems: list[Problem]) -> tuple[dict[str, Any], Found]:
    """What a window finds on the person's screen; where there is none, on one in memory, which is told as a problem."""
    name = os.environ.get("DISPLAY", "")
    if name:
        if not screen.answers(name):
            problems.append(Problem(f"the screen DISPLAY={name} does not answer: is its X server running?"))
            return {"name": name, "kind": "x11"}, Found()
        return {"name": name, "kind": "x11"}, look()
    try:
        with screen.virtual(wanted=True) as own:
            problems.append(_no_display())
            return {"name": own.name if own else None, "kind": "virtual"}, look()
    except screen.NoScreen as problem:
        problems.append(Problem.of(problem))
        return {"name": None, "kind": None}, Found()


def _no_display() -> Problem:
    if os.environ.get("WAYLAND_DISPLAY"):
        return Problem(
            "this is a Wayland session without XWayland: DISPLAY is not set", "`sudo apt-get install xwayland`"
        )
    return Problem(
        "DISPLAY is not set: a kernel started from here has no screen",
        "start Jupyter from a desktop session, or give it a screen in memory: `xvfb-run -a jupyter lab`",
    )
