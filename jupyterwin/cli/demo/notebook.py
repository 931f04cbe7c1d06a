"""The quickstart notebook: where it lies, and its code cells. It knows no kernel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jupyterwin

NAME = "notebooks/quickstart.ipynb"


@dataclass(frozen=True)
class Cell:
    """A code cell: its id, as a front end tells it the kernel, its code, and which cell of the notebook it is, from 0."""

    id: str
    code: str
    number: int


def find() -> Path | None:
    """The notebook: in the checkout that this package runs from, or below the current folder."""
    for root in (Path(jupyterwin.__file__).resolve().parents[1], Path.cwd()):
        if (root / NAME).is_file():
            return root / NAME
    return None


def code_cells(path: Path) -> list[Cell]:
    """Its code cells in order, empty ones left out."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # it has annotations, but not here
    return [
        Cell(cell["id"], cell["source"], number)
        for number, cell in enumerate(notebook.cells)
        if cell["cell_type"] == "code" and cell["source"].strip()
    ]
