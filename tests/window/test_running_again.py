"""Cells that run again, in a real kernel: what their last run registered is gone, and nothing of others', with and without cellId."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.kernel import RealKernel

SETUP = """
%load_ext jupyterwin
import importlib, sys, threading, traitlets
import jupyterwin as jw
def nothing() -> None: pass
win = jw.open('w', html='', expose=[nothing], grant=['g'])
win.ready().result(20)
class Kept(jw.Store):
    n = traitlets.Int(0)
kept = Kept()
calls = []
def becomes(look, wanted):
    # windows take a moment to go
    for _ in range(2000):
        if look() == wanted: break
        win.eval("1").result(10)
    return look()
def heard(channel, *args):
    calls.clear()
    win.eval(f"kernel.send({channel!r})").result(10)
    win.eval("1").result(10)
    for _ in range(300):
        if calls: break
        threading.Event().wait(0.01)
    win.eval("1").result(10)
    return list(calls)
"""


@pytest.fixture(scope="module")
def one_kernel(display: object, shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run(SETUP, cell="setup").ok()
    return shared_kernel


@pytest.fixture(params=["cellId", "no cellId"])
def named(request: pytest.FixtureRequest) -> bool:
    return request.param == "cellId"


@pytest.fixture
def kernel(one_kernel: RealKernel) -> Iterator[RealKernel]:
    yield one_kernel
    one_kernel.run(
        "for one in jw.app.windows:\n    if one is not win: one.destroy().result(10)\n"
        "win.ipc.clear(); jw.ipc.clear(); jw.app._timers.clear();\n"
        "win.server.routes._routes.clear(); jw.app._policies._policies.clear(); kept._observers._all = []\n"
        "win._emitter._listeners.clear(); jw.app._emitter._listeners.clear();\n"
        # a board is kept for as long as anything refers to it: what its panel hears goes first
        "if 'board' in globals(): board['a']._emitter._listeners.clear(); del board\n"
        "becomes(lambda: len(jw.app.windows), 1);",
        cell="clean",
    ).ok()


REGISTERS = {
    "handle": ("@win.ipc.handle('f')\ndef f(event): calls.append('N')", "len(win.ipc._handlers)"),
    "on": ("@win.ipc.on('f')\ndef f(event): calls.append('N')", "len(win.ipc._listeners.get('f', ()))"),
    "on, a lambda": ("win.ipc.on('f', lambda event: calls.append('N'));", "len(win.ipc._listeners.get('f', ()))"),
    "jw.ipc": ("jw.ipc.on('g', lambda event: calls.append('N'));", "len(jw.ipc._listeners.get('g', ()))"),
    "event": ("win.on('blur', lambda: calls.append('N'));", "len(win._emitter._listeners.get('blur', ()))"),
    "app event": (
        "jw.app.on('window-created', lambda window: None);",
        "len(jw.app._emitter._listeners.get('window-created', ()))",
    ),
    "timer": ("jw.every(1000, lambda: None);", "len(jw.app._timers._running)"),
    "unnamed window": ("jw.open(html='N');", "len(jw.app.windows) - 1"),
    "show": ("jw.show('N');", "len(jw.app.windows) - 1"),
    "two shown": ("jw.show('one'); jw.show('N');", "(len(jw.app.windows) - 1) / 2"),
    "panel event": (
        (
            "if 'board' not in globals():\n    board = jw.dashboard('B', layout='a')\n"
            "board.show()\nboard['a'].on('click', lambda detail: None);"
        ),
        "len(board['a']._emitter._listeners['click'])",
    ),
    "URL": ("win.serve('/x', lambda: 'N');", "len(win.server.routes._routes)"),
    "observer": ("kept.observe(lambda change: None, 'n');", "len(kept._observers._all)"),
    "policy": ("jw.app.policy(lambda window: None);", "len(jw.app._policies._policies)"),
    "exposure": (
        "def exposed() -> str: return 'N'\njw.open('e', html='', expose=[exposed]);",
        "len(jw.app.windows['e'].exposures)",
    ),
}
"""Something to register, and how much of it is there."""


@pytest.mark.parametrize("what", REGISTERS)
def test_a_cell_that_runs_again_registers_anew_and_not_twice(kernel: RealKernel, what: str, *, named: bool) -> None:
    register, count = REGISTERS[what]
    for _ in range(3):
        kernel.run(register, cell="a" if named else None).ok()
        assert kernel.value(f"becomes(lambda: {count}, 1)") == 1


@pytest.mark.parametrize("what", [one for one in REGISTERS if one not in {"handle", "exposure"}])
def test_what_another_cell_registered_stays(kernel: RealKernel, what: str, *, named: bool) -> None:
    register, count = REGISTERS[what]
    if what == "on":
        register = register.replace("f(event)", "g(event)")
    kernel.run(register, cell="a" if named else None).ok()
    kernel.run(f"# another\n{register}", cell="b" if named else None).ok()
    kernel.run(register, cell="a" if named else None).ok()
    # Without names, a function of the same name is taken for its earlier self, edited.
    wanted = 2 if named or "def " not in register else 1
    assert kernel.value(f"becomes(lambda: {count}, {wanted})") == wanted


@pytest.mark.parametrize("what", ["handle", "on", "jw.ipc", "event", "timer", "unnamed window", "show"])
def test_an_edited_cell_leaves_nothing_of_what_it_was(kernel: RealKernel, what: str) -> None:
    register, count = REGISTERS[what]
    kernel.run(register, cell="a").ok()
    kernel.run("x = 1", cell="a").ok()
    assert kernel.value(f"becomes(lambda: {count}, 0)") == 0


def test_the_handler_that_was_defined_last_is_called(kernel: RealKernel, *, named: bool) -> None:
    for number in (1, 2):
        kernel.run(f"@win.ipc.on('f')\ndef f(event): calls.append({number})", cell="a" if named else None).ok()
    kernel.run("said = heard('f')", cell="ask").ok()
    assert kernel.value("said") == [2]


def test_a_second_handler_from_elsewhere_is_refused(kernel: RealKernel, *, named: bool) -> None:
    kernel.run("win.ipc.handle('f', lambda event: 1);", cell="a" if named else None).ok()
    outcome = kernel.run("win.ipc.handle('f', lambda event: 2);", cell="b" if named else None)
    assert "a second handler for 'f'" in str(outcome.error)


def test_an_awaiting_cell_owns_what_it_registers_and_its_windows(kernel: RealKernel, *, named: bool) -> None:
    cell = "import asyncio\nawait asyncio.sleep(0)\njw.open(html='one')\nif more: jw.open(html='two')\njw.every(1000, print);"
    for more, windows in ((True, 2), (True, 2), (False, 1)):
        kernel.run(f"more = {more}", cell="more").ok()
        kernel.run(cell, cell="a" if named else None).ok()
        assert kernel.value(f"becomes(lambda: len(jw.app.windows) - 1, {windows})") == windows
        assert kernel.value("len(jw.app._timers._running)") == 1


def test_a_named_window_keeps_its_place_and_its_process(kernel: RealKernel, *, named: bool) -> None:
    cell = "two = jw.open('two', html='{}'); two.ready().result(20);"
    kernel.run(cell.format("a"), cell="a" if named else None).ok()
    before = kernel.value("two.pid, id(two)")
    kernel.run("two.set_bounds(width=333).result(10);", cell="move").ok()
    assert kernel.value("becomes(lambda: two.bounds['width'], 333)") == 333
    kernel.run(cell.format("b"), cell="a" if named else None).ok()
    kernel.run("text = two.eval('document.body.textContent').result(10)", cell="look").ok()
    assert kernel.value("(two.pid, id(two))") == before
    assert kernel.value("(text, two.bounds['width'])") == ("b", 333)


def test_a_function_that_autoreload_patched_is_called_and_checked_as_it_is_now(
    kernel: RealKernel, tmp_path: Path, *, named: bool
) -> None:
    module = tmp_path / f"patched_{named}.py"
    module.write_text("def f(n: int) -> int:\n    return n + 1\n")
    kernel.run(f"sys.path.insert(0, {str(tmp_path)!r})\n%load_ext autoreload\n%autoreload 2", cell="path").ok()
    opens = f"import patched_{named} as m\nfrom patched_{named} import f\njw.open('p', html='', expose=[f]).ready().result(20);"
    kernel.run(opens, cell="a" if named else None).ok()
    ask = "jw.app.windows['p'].eval({!r}).result(10)"
    assert kernel.value(ask.format("kernel.f(1)")) == 2
    module.write_text("def f(n: int, times: int) -> int:\n    return n * times  # other\n")
    kernel.run("importlib.invalidate_caches(); m.f", cell="touch").ok()
    assert kernel.value(ask.format("kernel.f(7, 6)")) == 42
    assert "times" in str(kernel.run(ask.format("kernel.f(7)")).error)
    # From the second time on IPython exchanges the code in place, and leaves the hints.
    module.write_text("def f(n: str, times: int) -> str:\n    return n * times  # other\n")
    kernel.run("importlib.invalidate_caches(); m.f", cell="touch").ok()
    assert kernel.value(ask.format("kernel.f('ab', 2)")) == "abab"
    assert "args[0]" in str(kernel.run(ask.format("kernel.f(7, 6)")).error)
    kernel.run("%autoreload 0", cell="off").ok()


def test_a_store_that_is_defined_again_takes_over(kernel: RealKernel, *, named: bool) -> None:
    cell = (
        "import traitlets\nclass S(jw.Store):\n    symbol = traitlets.Unicode('MSFT')\n    DAYS\n"
        "store = S()\njw.open('s', html='', store=store).ready().result(20);"
    )
    for days, there in (("pass", False), ("days = traitlets.Int(30)", True)):
        kernel.run(cell.replace("DAYS", days), cell="a" if named else None).ok()
        assert kernel.value("jw.app.windows['s'].eval(\"'days' in kernel.store\").result(10)") is there
    assert kernel.value("len(jw.app.windows)") == 2
