"""Draws the pictures of the docs, on a screen in memory: of docs/windows.md, and of docs/gallery.md.

Run it in the project's environment: ``.venv/bin/python scripts/gallery.py`` for all, ``… windows`` for those of
notebooks/windows.ipynb, ``… panels`` for those of docs/gallery.md, ``… panels tables charts`` for these of them. A window
manager, if there is one here (openbox), draws the frames.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import gallery_panels
from PIL import Image

from jupyterwin.cli import screen
from jupyterwin.cli.demo import notebook, pointer, screenshot
from jupyterwin.cli.demo.kernel import DemoKernel

ROOT = Path(__file__).parents[1]
DRAWN = 4.0
"""Seconds after which tiles are computed and windows are placed."""

POINT = 'document.querySelector("canvas").dispatchEvent(new PointerEvent("pointermove", {clientX: 300, clientY: 200}))'
MENU = (24, 8)
"""A point of the menu "Places", from the corner of the window."""


def main(which: str = "", *names: str) -> None:
    """Take the pictures that were asked for, or all."""
    if which in {"", "windows"}:
        windows()
    if which in {"", "panels"}:
        with screen.virtual(wanted=True):
            gallery_panels.main(names)


def windows() -> None:
    """Run the cells, and take pictures in between."""
    with tempfile.TemporaryDirectory() as state, screen.virtual(wanted=True), manager():
        os.environ["XDG_STATE_HOME"] = state  # no place that was remembered before
        cells = {cell.id: cell.code for cell in notebook.code_cells(ROOT / "notebooks" / "windows.ipynb")}
        with DemoKernel(ROOT / "notebooks") as kernel:
            for name in ("load", "mandelbrot", "julia", "menu", "tile"):
                kernel.run(cells[name], name)
            kernel.run(f"fractal.eval({POINT!r}).result(10)", "pointer")
            time.sleep(DRAWN)
            picture("windows")
            pointer.click(kernel.ask("about", "mandelbrot"), *MENU)
            time.sleep(DRAWN / 4)
            picture("windows-menu", box=(0, 0, 800, 500))
            pointer.click(kernel.ask("about", "mandelbrot"), *MENU)
            kernel.run(cells["metrics"], "metrics")
            time.sleep(DRAWN)
            kernel.ask("capture", "processes", str(ROOT / "docs" / "windows-processes.png"))


def picture(name: str, box: tuple[int, int, int, int] | None = None) -> None:
    """The screen, or a box of it, as ``docs/<name>.jpg``."""
    path = ROOT / "docs" / f"{name}.jpg"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "screen.png"
        screenshot.take(os.environ["DISPLAY"], whole)
        image = Image.open(whole).convert("RGB").crop(box)
        image.thumbnail((1200, 1200))
        image.save(path, quality=85, optimize=True)


@contextlib.contextmanager
def manager() -> Iterator[None]:
    """A window manager, where one is installed."""
    program = shutil.which("openbox")
    if program is None:
        yield
        return
    running = subprocess.Popen([program], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        yield
    finally:
        running.terminate()
        running.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
