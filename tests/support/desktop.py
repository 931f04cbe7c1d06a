"""A desktop: a virtual screen with a real window manager and two monitors side by side. Knows no window of ours."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import Self

from support.display import VirtualDisplay
from support.screen import PATIENCE, Screen

LEFT, RIGHT = (0, 0, 800, 1000), (800, 0, 800, 1000)
"""The monitors: x, y, width, height."""


class Desktop(VirtualDisplay):
    """A context manager; inside, DISPLAY names it."""

    def __enter__(self) -> Self:
        super().__enter__()
        try:
            self.monitor("left", LEFT, "screen")
            self.monitor("right", RIGHT)
            quiet = subprocess.DEVNULL
            self._manager = subprocess.Popen([_program("openbox")], stdin=quiet, stdout=quiet, stderr=quiet)
            self._wait_for_manager()
        except BaseException:
            super().__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self._manager.terminate()
        self._manager.wait(10)
        super().__exit__(*exc)

    def monitor(self, name: str, box: tuple[int, int, int, int], output: str = "none") -> None:
        """Plug in a monitor."""
        x, y, width, height = box
        self._xrandr("--setmonitor", name, f"{width}/200x{height}/250+{x}+{y}", output)

    def unplug(self, name: str) -> None:
        """Take a monitor away."""
        self._xrandr("--delmonitor", name)

    def _xrandr(self, *words: str) -> None:
        command = [_program("xrandr"), "--display", self.name, *words]
        subprocess.run(command, check=True, capture_output=True, timeout=20)

    def _wait_for_manager(self) -> None:
        until = time.monotonic() + PATIENCE
        with Screen(self.name) as screen:
            while not screen.managed():
                assert time.monotonic() < until, f"openbox is not there (exit code {self._manager.poll()})"
                time.sleep(0.02)


def _program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: sudo apt-get install openbox x11-xserver-utils (scripts/setup does it)"
    return found
