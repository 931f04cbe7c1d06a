"""Where output goes, in a real kernel: under the cell that registered the code, always in `win.log`, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from support.kernel import RealKernel
from support.outcome import Outcome

SETUP = """
%load_ext jupyterwin
%matplotlib inline
import asyncio, json, threading
import ipywidgets, traitlets
import jupyterwin as jw
import matplotlib.pyplot as plt
from IPython.display import display
def until(text):
    for _ in range(1000):
        if text in win.log:
            return
        win.eval("1").result(10)  # which lets the main thread run what waits for it
    raise TimeoutError(str(win.log))
def page_says(method, content):
    text = json.dumps(content)
    told = {"page": "p", "number": "1", "id": button.comm.comm_id, "method": method, "text": text, "buffers": []}
    board.capture().result(20)  # a page knows the widgets that it has drawn
    board["a"].heard("comm", told)
def log():
    return [(one.level, one.message.partition(" object at")[0]) for one in win.log]
"""
OPEN = "win = jw.open('w', html='', expose=[])\nwin.ready().result(20)\nwin.log.clear();"


@pytest.fixture(scope="module")
def one_kernel(display: object, shared_kernel: RealKernel, tmp_path_factory: pytest.TempPathFactory) -> RealKernel:
    preload = tmp_path_factory.mktemp("preload") / "preload.js"
    preload.write_text(PRELOAD)
    shared_kernel.run(f"preload = {str(preload)!r}\n{SETUP}").ok()
    return shared_kernel


@pytest.fixture
def kernel(one_kernel: RealKernel) -> Iterator[RealKernel]:
    yield one_kernel
    one_kernel.run("win.destroy().result(10)").ok()


class Registered:
    """A cell that registered code, and what comes under it later."""

    def __init__(self, kernel: RealKernel, code: str) -> None:
        self._kernel = kernel
        kernel.run(OPEN).ok()
        self.request = kernel.start(code, cell="registers")
        self.outcome = kernel.wait(self.request).ok()

    def later(self, code: str) -> tuple[Outcome, Outcome]:
        """Run another cell; what came under it, and what came under this one meanwhile."""
        other, mine = Outcome(), Outcome()
        request = self._kernel.start(code, cell="another")
        end = self._kernel.start("print('the end', flush=True)")
        for message in self._until_end(end):
            parent = message["parent_header"].get("msg_id")
            if parent in {request, self.request}:
                (other if parent == request else mine).take(message)
        return other, mine

    def _until_end(self, end: str) -> Iterator[dict[str, Any]]:
        while True:
            message = self._kernel.client.get_iopub_msg(timeout=60)
            yield message
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if idle and message["parent_header"].get("msg_id") == end:
                return


BOARD = """board = jw.dashboard('w', layout='a')
win = board.window
board.capture().result(20)
win.log.clear()
class S(jw.Store):
    n = traitlets.Int(0)
store = S()"""
PORT = """win = jw.open('w', html='<script>onmessage = event => { window.port = event.ports[0] }</script>', preload=preload)
channel = jw.MessageChannel()
win.post_message('port', None, [channel.port2])"""
LOOK = "const look = () => window.port ? done(port.postMessage(1)) : setTimeout(look, 5); look()"
POST = f"win.eval({'new Promise(done => { ' + LOOK + ' })'!r}).result(10)"
PRELOAD = """const { ipcRenderer } = jupyterwin;
ipcRenderer.on('port', event => window.postMessage('port', '*', event.ports));"""
EXPOSED = "win = jw.open('w', html='', expose=[f])"
WAYS = {
    "exposed": (f"def f():\n    BODY\n{EXPOSED}", "win.eval('kernel.f()').result(10)"),
    "exposed async": (
        f"async def f():\n    await asyncio.sleep(0)\n    BODY\n{EXPOSED}",
        "win.eval('kernel.f()').result(10)",
    ),
    "stream": (
        f"def f():\n    BODY\n    yield 1\n{EXPOSED}",
        "win.eval('for await (const x of kernel.f()) {}; return 1').result(10)",
    ),
    "on the main thread": (
        "win = jw.open('w', html='', expose=[log])\ndef f(event):\n    BODY\nwin.ipc.on('f', f, thread='main')",
        "win.eval(\"kernel.send('f')\").result(10)",
    ),
    "message": (
        "win = jw.open('w', html='', expose=[log])\ndef f(event):\n    BODY\nwin.ipc.on('f', f)",
        "win.eval(\"kernel.send('f')\").result(10)",
    ),
    "event": ("win.once('blur', lambda: f())\ndef f():\n    BODY", "win.emit('blur')"),
    "menu": (
        "def f():\n    BODY\nitem = jw.MenuItem('x', click=f)\nwin.set_menu(jw.Menu([item])).result(10)",
        "win._run_item(item)",
    ),
    "timer": ("def f():\n    stop()\n    BODY\nstop = jw.every(0.05, lambda: f(), window=win)", "None"),
    "async timer": (
        "calls = []\nasync def f():\n    if calls: return\n    calls.append(1)\n    BODY\njw.every(0.05, f, window=win);",
        "None",
    ),
    "a URL": (
        "win = jw.open('w', html='', expose=[log])\ndef f():\n    BODY\nwin.serve('/x', f)",
        "win.eval(\"fetch('/x').then(got => got.status, () => 0)\").result(10)",
    ),
    "port": (f"{PORT}\ndef f(event):\n    BODY\nchannel.port1.on('message', f)\nchannel.port1.start()", POST),
    "async port": (
        f"{PORT}\nasync def f(event):\n    BODY\nchannel.port1.on('message', f)\nchannel.port1.start()",
        POST,
    ),
    "panel event": (
        f"{BOARD}\ndef f(detail):\n    BODY\nboard['a'].on('click', f);",
        "board['a'].heard('click', None)",
    ),
    "live": (f"{BOARD}\ndef f(n):\n    BODY\nboard['a'] = jw.live(f, store, 'n')", "None"),
    "widget": (
        f"{BOARD}\ndef f(*_):\n    BODY\nbutton = ipywidgets.Button()\nbutton.on_click(f)\nboard['a'] = button",
        "page_says('custom', {'event': 'click'})",
    ),
    "observer of a widget": (
        f"{BOARD}\ndef f(_):\n    BODY\nbutton = ipywidgets.Checkbox()\nbutton.observe(f, 'value')\nboard['a'] = button",
        "page_says('update', {'state': {'value': True}})",
    ),
}
"""How code of the user's is registered, and what makes it run."""


@pytest.mark.parametrize("way", WAYS)
def test_what_is_printed_is_under_the_cell_that_registered_it_and_in_the_log(kernel: RealKernel, way: str) -> None:
    register, trigger = WAYS[way]
    cell = Registered(kernel, f"held = threading.Event()\n{register.replace('BODY', PRINTS)}")
    another, mine = cell.later(f"print('another')\nheld.set()\n{trigger}\nuntil('no end')")
    assert (another.stdout, another.error) == ("another\n", None)
    assert (cell.outcome.stdout + mine.stdout, mine.stderr) == ("printed\nno end", "bad\n")
    assert [text for (text,) in kernel.value("[(m,) for _, m in log()]")] == ["printed", "bad", "no end"]


PRINTS = "held.wait(10); print('printed'); import sys; print('bad', file=sys.stderr); print('no end', end='')"


@pytest.mark.parametrize("way", WAYS)
def test_an_error_is_shown_once_short_and_folded_and_is_in_the_log_each_time(kernel: RealKernel, way: str) -> None:
    register, trigger = WAYS[way]
    cell = Registered(kernel, f"held = threading.Event()\n{register.replace('BODY', 'held.wait(10); 1 / 0')}")
    another, mine = cell.later(
        f"held.set()\ntry:\n    {trigger}\nexcept jw.RemoteError: pass\nuntil('raised ZeroDivisionError')"
    )
    assert not another.outputs
    assert another.error is None
    assert not another.stdout + another.stderr
    assert not mine.stdout + mine.stderr
    (shown,) = mine.outputs
    assert shown["text/plain"].startswith("jupyterwin: window 'w': ")
    assert shown["text/plain"].endswith("raised ZeroDivisionError: division by zero")
    assert shown["text/html"].startswith("<details")
    assert "1 / 0" in shown["text/html"].partition("</summary>")[2]
    assert "1 / 0" not in shown["text/html"].partition("</summary>")[0]


def test_the_same_error_is_shown_again_only_when_the_cell_was_run_again(kernel: RealKernel) -> None:
    register, trigger = WAYS["exposed"]
    twice = f"for _ in range(2):\n    try: {trigger}\n    except jw.RemoteError: pass"
    for _ in range(2):
        cell = Registered(kernel, register.replace("BODY", "1 / 0"))
        assert len(cell.later(twice)[1].outputs) == 1
        assert kernel.value("len(win.log)") == 2


DRAWS = "held.wait(10); plt.plot([3, 4]); plt.title('drawn beside')"


@pytest.mark.parametrize("way", WAYS)
def test_pyplot_beside_a_cell_has_figures_of_its_own(kernel: RealKernel, way: str) -> None:
    register, trigger = WAYS[way]
    cell = Registered(kernel, f"held = threading.Event()\n{register.replace('BODY', DRAWS)}")
    code = (
        f"plt.plot([1, 2])\naxes = plt.gca()\nheld.set()\n{trigger}\nuntil('<Figure')\n"
        "same = plt.gca() is axes and len(axes.lines) == 1 and axes.get_title() == '';"
    )
    another, mine = cell.later(code)
    assert kernel.value("same") is True
    assert [sorted(one) for one in another.outputs] == [["image/png", "text/plain"]], "its own figure, and no other"
    assert [sorted(one) for one in mine.outputs] == [["image/png", "text/plain"]]
    assert not kernel.run("1 + 1;").ok().outputs
    assert kernel.value("plt.get_fignums()") == []


def test_a_figure_that_a_panel_shows_is_not_under_the_cell_too(kernel: RealKernel) -> None:
    kernel.run(OPEN).ok()
    for give in ("board['a'] = figure", "jw.show(figure, 'own')", "board['a'] = figure.axes"):
        code = f"board = jw.dashboard('B')\nfigure, axes = plt.subplots()\naxes.plot([1, 2])\n{give};"
        assert not kernel.run(code).ok().outputs, give
    outcome = kernel.run("plt.plot([1]);\nfigure, axes = plt.subplots()\nboard['a'] = figure;").ok()
    assert len(outcome.outputs) == 1, "the other figure"
    kernel.run("for name in ('B', 'own'): jw.app.windows[name].destroy().result(10)").ok()


def test_in_a_cell_nothing_is_logged(kernel: RealKernel) -> None:
    kernel.run(f"{OPEN}\nprint('in the cell')\ndisplay('shown')").ok()
    assert kernel.value("len(win.log)") == 0
