"""A picture of a whole screen, by whatever this machine has for that. It knows no window."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CURE = "`pip install pillow`, or `sudo apt-get install imagemagick`"
_DEADLINE = 20


def take(display: str, path: Path) -> bool:
    """Write a PNG of the screen; false when neither Pillow nor ImageMagick can."""
    return _by_pillow(display, path) or _by_imagemagick(display, path)


def _by_pillow(display: str, path: Path) -> bool:
    try:
        from PIL import ImageGrab

        ImageGrab.grab(xdisplay=display).save(path)
    except (ImportError, OSError):  # not there, or built without X11
        return False
    return True


def _by_imagemagick(display: str, path: Path) -> bool:
    program = shutil.which("import")
    if program is None:
        return False
    command = [program, "-display", display, "-window", "root", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_DEADLINE)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and path.is_file()
