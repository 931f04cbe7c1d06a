"""The pictures of docs/gallery.md: each block of Python there that a picture follows is run, and its windows are pictured.

A block is written as a reader would write it, alone; all windows that it opens are in its picture, side by side, in light
and below it in dark. It may wait for its own results; what it shows is drawn before the picture is taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from PIL import Image

import jupyterwin as jw

GALLERY = Path(__file__).parents[1] / "docs" / "gallery.md"
GAP = 16
COLOURS = 256
"""Of a picture: enough for charts, and a quarter of the bytes."""

_BLOCK = re.compile(
    r"```python\n(?P<code>.*?)```\n+!\[[^]]*\]\((?P<picture>gallery/(?P<name>[\w-]+)\.png)\)", re.DOTALL
)


def main(names: Collection[str] = ()) -> None:
    """Draw these pictures, or all."""
    for found in _BLOCK.finditer(GALLERY.read_text(encoding="utf-8")):
        if names and found["name"] not in names:
            continue
        exec(compile(found["code"], f"{GALLERY.name}: {found['name']}", "exec"), {"jw": jw})  # noqa: S102 -- our own docs
        target = GALLERY.parent / found["picture"]
        target.parent.mkdir(exist_ok=True)
        stacked([pictures("light"), pictures("dark")]).quantize(COLOURS).save(target, optimize=True)
        print(target.relative_to(GALLERY.parents[1]), target.stat().st_size, "bytes")  # noqa: T201
        for window in jw.app.windows:
            window.destroy().result(10)


def pictures(theme: Any) -> Image.Image:
    """All open windows in this theme, side by side."""
    for window in jw.app.windows:
        window.scene.theme = theme
        window.scene.changed()
        window.capture().result(30)  # frames of libraries hear of another theme a moment later than the page
    taken = [Image.open(io.BytesIO(window.capture().result(30).png)).convert("RGB") for window in list(jw.app.windows)]
    return pasted(taken, (1, 0))


def stacked(images: list[Image.Image]) -> Image.Image:
    """One below the other."""
    return pasted(images, (0, 1))


def pasted(images: list[Image.Image], step: tuple[int, int]) -> Image.Image:
    """In a row or in a column, with a gap between them."""
    across, down = step
    width = sum(i.width for i in images) + GAP * (len(images) - 1) if across else max(i.width for i in images)
    height = sum(i.height for i in images) + GAP * (len(images) - 1) if down else max(i.height for i in images)
    whole = Image.new("RGB", (width, height), "#9aa0aa")
    x = y = 0
    for image in images:
        whole.paste(image, (x, y))
        x += across * (image.width + GAP)
        y += down * (image.height + GAP)
    return whole
