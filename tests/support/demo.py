"""The demo on another notebook than the quickstart, and a look at its pictures; the command itself has no option for that."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from PIL import Image

QUICKSTART = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"
ON_ANOTHER = """
import sys
from pathlib import Path
from jupyterwin.cli import main
from jupyterwin.cli.demo import notebook
notebook.find = lambda: Path(sys.argv[1])
sys.exit(main(["demo", *sys.argv[2:]]))
"""


def changed(folder: Path, *options: str, **cells: str) -> list[str]:
    """Return the command line of the demo on the quickstart with some of its cells replaced."""
    book = nbformat.read(QUICKSTART, as_version=4)
    replaced = {name.replace("_", "-"): source for name, source in cells.items()}
    for cell in book.cells:
        cell["source"] = replaced.get(cell["id"], cell["source"])
    file = folder / "changed.ipynb"
    nbformat.write(book, file)
    return [sys.executable, "-c", ON_ANOTHER, str(file), *options]


def colours(picture: Path) -> int:
    """Count the colours of a picture: a blank one has one."""
    with Image.open(picture) as image:
        return len(image.convert("RGB").getcolors(maxcolors=1 << 24))
