"""The quickstart as a reader runs it: real kernel, real windows, real data."""

from __future__ import annotations

import random
from pathlib import Path

import nbformat
import pytest

from support.kernel import RealKernel

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"
CELLS = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
FIRST_IS_SHOWN = """while (!document.querySelector('footer').textContent.startsWith('AAPL:')) await new Promise(requestAnimationFrame);
"""
CLICK_IBM = f"{FIRST_IS_SHOWN} [...document.querySelectorAll('button')].find(b => b.textContent === 'IBM').click()"
COUNT = f"{FIRST_IS_SHOWN} return document.querySelectorAll('button').length"
HEADING_BECOMES_IBM = """new Promise(done => {
    const look = () => document.querySelector('h1').textContent === 'IBM' ? done('IBM') : requestAnimationFrame(look);
    look();
})"""
QUICK = [cell for cell in CELLS if cell.id != "busy"]


@pytest.mark.parametrize("named", [True, False], ids=["cellId", "no cellId"])
def test_every_cell_three_times_in_any_order_leaves_three_windows_and_no_duplicate_handler(
    real_kernel: RealKernel, *, named: bool
) -> None:
    def run(cell: nbformat.NotebookNode) -> None:
        real_kernel.run(cell.source, cell=cell.id if named else None).ok()

    for cell in QUICK:
        run(cell)
    again = QUICK * 2
    random.Random(4).shuffle(again)
    for cell in again:
        run(cell)
    real_kernel.run("for w in jw.app.windows: w.ready().result(20)").ok()  # their pids are known
    assert real_kernel.value("sorted(w.name for w in jw.app.windows)") == ["Companies", "details", "prices"]
    assert real_kernel.value("len({w.pid for w in jw.app.windows})") == 3
    assert real_kernel.value("[sorted(jw.app.windows[n].ipc.channels()) for n in ('details', 'prices')]") == [[], []]
    assert real_kernel.value(f"jw.app.windows['prices'].eval({COUNT!r}).result(20)") == 5


def test_the_first_window_drives_the_second_through_the_kernel(real_kernel: RealKernel) -> None:
    for cell in QUICK:
        real_kernel.run(cell.source).ok()
    real_kernel.run(f"jw.app.windows['prices'].eval({CLICK_IBM!r}).result(20)").ok()
    assert real_kernel.value(f"details.eval({HEADING_BECOMES_IBM!r}).result(20)") == "IBM"


def test_the_card_of_a_window_holds_its_picture(real_kernel: RealKernel) -> None:
    outcomes = {cell.id: real_kernel.run(cell.source).ok() for cell in QUICK}
    card = outcomes["second-window"].outputs[-1]["text/html"]
    assert "data:image/png;base64," in card
    assert "sandbox: full" in card
