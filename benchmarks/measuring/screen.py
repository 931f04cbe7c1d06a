"""A screen to measure on: the one of DISPLAY, or an Xvfb of our own that chooses its number."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Inside, DISPLAY (or WAYLAND_DISPLAY) names a screen; what is yielded says which. Raises `SystemExit`."""
    for variable in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(variable):
            yield f"{variable} as it was"
            return
    program = shutil.which("Xvfb")
    if program is None:
        raise SystemExit("no DISPLAY and no Xvfb: sudo apt-get install xvfb (scripts/setup does it)")
    read, write = os.pipe()
    command = [program, "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        command, pass_fds=[write], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit(f"Xvfb gave no display (exit code {server.wait(10)})")
        os.environ["DISPLAY"] = f":{number}"
        yield "Xvfb 1600x1000x24 of its own"
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait(10)
