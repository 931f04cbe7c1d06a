"""Every notebook of notebooks/ as a reader runs it without a front end: nbclient, a real kernel, real windows."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

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
    drawn = [str(output.get("data", {}).get("text/html", "")) for output in said]
    cards = [html for html in drawn if "sandbox: " in html]
    assert all("src='data:image/png;base64," in html for html in cards), "what is saved has its picture"
