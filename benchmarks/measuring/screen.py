"""A screen to measure on: the one that is there, or an Xvfb of our own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from jupyterwin.cli.screen import SIZE, NoScreen, VirtualScreen


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Inside, DISPLAY (or WAYLAND_DISPLAY) names a screen; what is yielded says which. Raises `SystemExit`."""
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(variable):
            yield f"{variable} as it was"
            return
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(VirtualScreen())
        except NoScreen as problem:
            raise SystemExit(str(problem)) from problem
        yield f"Xvfb {SIZE[0]}x{SIZE[1]}x24 of its own"
