"""The mouse: moves and presses it on the real screen, by xdotool. It knows a native window by its title and place."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import Any

INSTALL = "sudo apt-get install xdotool"
_DEADLINE = 10
_STEPS = 12
_START = 160  # the move is seen to come from somewhere: the page gets mouse moves, as from a hand


class PointerFailed(Exception):  # noqa: N818 -- read as a sentence where it is raised
    """xdotool failed; the message says what it said."""


def available() -> bool:
    """Whether xdotool is installed."""
    return shutil.which("xdotool") is not None


def click(window: dict[str, Any], x: float, y: float) -> None:
    """Move to a point of the window's page, in physical pixels from its corner, and press the left button."""
    native = _native(window)
    left, top = round(x), round(y)
    for step in reversed(range(_STEPS)):
        back = _START * step // _STEPS
        _xdotool("mousemove", "--window", native, str(max(1, left - back)), str(max(1, top - back // 2)))
        time.sleep(0.01)
    _xdotool("mousedown", "1")
    time.sleep(0.05)
    _xdotool("mouseup", "1")


def _native(window: dict[str, Any]) -> str:
    """X11's number for the window: of those with its title, the one nearest to its place."""
    found = _xdotool("search", "--onlyvisible", "--name", f"^{window['title']}$").split()
    if not found:
        raise PointerFailed(f"no native window has the title {window['title']!r}")
    return min(found, key=lambda number: _distance(number, window["bounds"]))


def _distance(number: str, bounds: dict[str, int]) -> int:
    lines = _xdotool("getwindowgeometry", "--shell", number).splitlines()
    place = {name: int(value) for name, _, value in (line.partition("=") for line in lines)}
    return sum(abs(place[name.upper()] - bounds[name]) for name in ("x", "y", "width", "height"))


def _xdotool(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["xdotool", *arguments],  # noqa: S607 -- the person's own xdotool, by PATH
            capture_output=True,
            text=True,
            check=False,
            timeout=_DEADLINE,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise PointerFailed(f"xdotool {arguments[0]}: {problem}") from problem
    if done.returncode and arguments[0] != "search":  # search ends with 1 when it finds nothing
        raise PointerFailed(f"xdotool {arguments[0]}: {done.stderr.strip()}")
    return done.stdout
