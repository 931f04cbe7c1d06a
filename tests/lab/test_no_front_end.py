"""A notebook that nobody looks at: what waits for a page under a cell ends in time, and says why."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

CODE = """
import time
import jupyterwin as jw
win = jw.open("w", html="<p>", where="notebook")
begun = time.monotonic()
outcomes = []
for ask in (lambda: win.invoke("x"), lambda: win.ready(), lambda: win.eval("1")):
    error = ask().exception(20)
    outcomes.append(type(error).__name__)
print(outcomes, time.monotonic() - begun < 5 * 5)  # five times what is promised
print(win.invoke("x").exception(1))
win.destroy().result(5)
"""


@pytest.mark.usefixtures("_client_loop")
def test_what_waits_for_the_page_ends(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = notebook.cells[0].outputs
    said = "".join(output.get("text", "") for output in outputs if output.output_type == "stream")
    assert "'EngineMissing', 'EngineMissing', 'Cancelled'] True" in said, said
    assert "no front end draws this window" in said
    assert any("text/html" in output.get("data", {}) for output in outputs), "something is left for a reader"
