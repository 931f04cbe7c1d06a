"""`jw.show` and dashboards from cells of a real kernel: a cell that runs again updates what it opened, and opens nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.kernel import RealKernel

TESTS = str(Path(__file__).parent.parent)
TEXT = "document.querySelector('.jw-text')?.textContent"


@pytest.fixture(scope="module")
def kernel(display: object, shared_kernel: RealKernel) -> RealKernel:
    del display
    shared_kernel.run(f"import sys; sys.path.insert(0, {TESTS!r}); import jupyterwin as jw").ok()
    return shared_kernel


def shown(kernel: RealKernel, window: str, text: str) -> None:
    """Wait until a window shows this text."""
    script = f"const end = performance.now() + 20000; while ({TEXT} !== {text!r} && performance.now() < end) await new Promise(requestAnimationFrame); return {TEXT}"
    assert kernel.value(f"{window}.eval({script!r}, timeout=25).result(30)") == text


def test_a_cell_that_runs_again_updates_the_windows_that_it_showed(kernel: RealKernel) -> None:
    kernel.run("one, two = jw.show('first'), jw.show('second')", cell="show").ok()
    shown(kernel, "one", "first")
    shown(kernel, "two", "second")
    kernel.run("again = jw.show('newer')", cell="show").ok()
    shown(kernel, "again", "newer")
    kernel.run("two.next('closed').result(20)").ok()
    assert kernel.value("(again is one, two.status, len(jw.app.windows))") == (True, "closed", 1)
    kernel.run("jw.show('by name', 'named', width=300)", cell="other").ok()
    kernel.run("named = jw.show('from another cell', 'named')", cell="third").ok()
    shown(kernel, "named", "from another cell")


def test_a_board_fills_while_a_cell_runs(kernel: RealKernel) -> None:
    kernel.run("board = jw.dashboard('board', 'a b'); board['a'] = 'begun'", cell="board").ok()
    kernel.run("board.window.ready().result(20)").ok()
    script = f"const end = performance.now() + 20000; while ({TEXT} !== 'now' && performance.now() < end) await new Promise(requestAnimationFrame); return {TEXT}"
    busy = f"seen = board.window.eval({script!r}, timeout=25)\nboard['a'] = 'now'\nwhile not seen.done(): pass"
    kernel.run(busy).ok()
    assert kernel.value("seen.result(0)") == "now"
    kernel.run("same = board; board = jw.dashboard('board', 'a b')", cell="board").ok()
    assert kernel.value("(same is board, board['a'].obj)") == (True, "now")


INTERACT = """
import ipywidgets
from support.probe import Probe
def times(x):
    print(f"printed {x}")
    return 2 * x
made, probe = ipywidgets.interactive(times, {"auto_display": True}, x=(0, 10)), Probe()
win = jw.show(ipywidgets.VBox([made, probe]), "interact")
probe.drawn()
slider = made.children[0].model_id
def says(*words):
    return probe.until(" && ".join(f"document.body.innerText.includes({word!r})" for word in words))
"""
MOVE = "probe.ask(f\"const one = await model.widget_manager.get_model({slider!r}); one.set('value', 9); one.save_changes()\")"


def test_interact_is_filled_in_the_page_and_follows_what_the_person_moves(kernel: RealKernel) -> None:
    kernel.run(INTERACT, cell="interact").ok()
    assert kernel.value("says('printed 5', '10')") is True
    kernel.run(MOVE).ok()
    assert kernel.value("says('printed 9', '18')") is True
    assert kernel.value(
        "(made.children[0].value, probe.ask('return document.body.innerText.includes(\\'printed 5\\')'))"
    ) == (9, False)
    kernel.run("win.reload().result(20); probe.drawn()").ok()
    assert kernel.value("says('printed 9', '18')") is True
    kernel.run("win.destroy(); win.next('closed').result(20)").ok()
