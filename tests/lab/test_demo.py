"""The demo without a native window, run as a person runs it: in a JupyterLab and a browser of its own, all gone at the end."""

from __future__ import annotations

import re

from support.command import finish
from support.demo import changed, colours

# Runs until the demo has taken its picture of the click: it does so while the cell runs, or fails.
BUSY = """
import time
from pathlib import Path
print(1, flush=True)
while not Path({picture!r}).exists():
    time.sleep(0.05)
"""


def test_it_clicks_under_a_cell_while_another_runs_and_ends_by_itself(tmp_path):
    pictures = tmp_path / "demo-pictures"
    busy = BUSY.format(picture=str(pictures / "notebook.png"))
    said = finish(changed(tmp_path, "--notebook", busy=busy), cwd=tmp_path).ok()
    assert not said.err
    assert re.findall(r"^window +(\w+), drawn under its cell$", said.out, re.MULTILINE) == [
        *("prices", "details", "Companies")
    ]
    assert re.search(r"^round trip  \d+\.\d ms, .* \(median of 30 calls\)$", said.out, re.MULTILINE)
    assert "click       on MSFT in 'prices', while the cell ran: 'details' showed it" in said.out
    assert {file.name for file in pictures.iterdir()} == {"notebook.png", "prices.png", "details.png", "Companies.png"}
    for picture in pictures.iterdir():
        assert f"demo-pictures/{picture.name}" in said.out
        assert colours(picture) > 50


def test_a_cell_that_fails_ends_it_with_its_traceback(tmp_path):
    broken = "def broken():\n    return 1 / 0\nbroken()"
    said = finish(changed(tmp_path, "--notebook", functions=broken), cwd=tmp_path)
    assert said.code == 1
    assert "the demo failed: cell 'functions' failed: ZeroDivisionError: division by zero" in said.err
    assert "return 1 / 0" in said.err
    assert "\x1b" not in said.err
