"""Every notebook of notebooks/ as a reader runs it without a front end: nbclient, a real kernel, real windows."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from support.home import KERNEL_NAME

FOLDER = Path(__file__).parents[2] / "notebooks"


@pytest.mark.usefixtures("_client_loop")
@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.ipynb")))
def test_a_notebook_runs_from_top_to_bottom(name: str) -> None:
    notebook = nbformat.read(FOLDER / name, as_version=4)
    client = NotebookClient(
        notebook, timeout=100, kernel_name=KERNEL_NAME, resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    said = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in said if output.output_type == "error"]
    saved = [output.get("data", {}) for output in said]
    cards = [data for data in saved if "sandbox: " in data.get("text/html", "")]
    assert all("image/png" in data for data in cards), "what is saved has its picture"
    assert all(len(data["image/png"]) <= 160_000 for data in cards)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert all(data["image/png"] in page for data in cards), "and what is made of that"
    assert "data-jupyterwin-act" not in page, "nobody would hear a button"
