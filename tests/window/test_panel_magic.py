"""``%%panel`` in a real kernel: the cell is the Python it always was, and all that it says is in the panel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.kernel import RealKernel

SETUP = """
%load_ext jupyterwin
%matplotlib inline
import asyncio, threading, contextvars, time
import jupyterwin as jw
import matplotlib.pyplot as plt
from IPython.display import HTML, Markdown, clear_output, display
board = jw.dashboard("Market")
def said(name):
    shown = board[name].obj
    return [one.text if one.content is None else one.content.kind for one in shown._outputs]
"""


@pytest.fixture(scope="module")
def one_kernel(display: object, shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run(SETUP).ok()
    return shared_kernel


@pytest.fixture
def kernel(one_kernel: RealKernel) -> Iterator[RealKernel]:
    yield one_kernel
    one_kernel.run(
        "for one in jw.app.windows:\n    if one.name != 'Market':\n        one.destroy()\n        one.next('closed').result(20)"
    ).ok()


def nothing_under(outcome: object) -> bool:
    """Whether the cell showed nothing itself."""
    return not (outcome.stdout or outcome.stderr or outcome.outputs)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print('one'); print('two')", ["one\ntwo\n"]),
        ("import sys; print('bad', file=sys.stderr); print('good')", ["bad\n", "good\n"]),
        ("await asyncio.sleep(0)\nprint('awaited')", ["awaited\n"]),
        ("print('a')\ndisplay(Markdown('**b**'))\n'c'", ["a\n", "markdown", "text"]),
        ("await asyncio.sleep(0)\nprint('a')\n{'of': 'mine'}", ["a\n", "json"]),
        ("print('a')\nplt.plot([1, 2]);", ["a\n", "matplotlib"]),
        ("await asyncio.sleep(0)\nprint('a')\nplt.plot([1, 2]);", ["a\n", "matplotlib"]),
        ("print('a')\nclear_output()\nprint('b')", ["b\n"]),
        ("print('a')\nclear_output(wait=True)\nprint('b')", ["b\n"]),
        ("print('10 %', end='\\r'); print('20 %', end='\\r'); print('done')", ["done\n"]),
        ("print('a')\nshown = display('b', display_id=True)\nshown.update(Markdown('c'))", ["a\n", "markdown"]),
        (
            (
                "print('a')\nctx = contextvars.copy_context()\n"
                "t = threading.Thread(target=ctx.run, args=(print, 'by a thread'))\nt.start(); t.join()"
            ),
            ["a\nby a thread\n"],
        ),
        ("%%time\nprint('timed')", None),
    ],
)
def test_what_a_cell_says_is_in_the_panel_and_not_under_it(
    kernel: RealKernel, body: str, said: list[str] | None
) -> None:
    outcome = kernel.run(f"%%panel said -w Market\n{body}").ok()
    assert nothing_under(outcome), outcome
    shown = kernel.value("said('said')")
    if said is None:
        assert shown[0].startswith("timed\n")
        assert "Wall time" in shown[0]
    else:
        assert shown == said


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{'a': 1}", "json"),
        ("Markdown('# only')", "markdown"),
        ("plt.plot([3, 1, 2]);", "matplotlib"),
        ("display(HTML('<b>only</b>'))", "html"),
    ],
)
def test_one_object_alone_is_as_if_it_had_been_assigned(kernel: RealKernel, body: str, kind: str) -> None:
    assert nothing_under(kernel.run(f"%%panel alone -w Market\n{body}").ok())
    assert kernel.value("board['alone'].now.content.kind") == kind
    assert kernel.value("board['alone'].busy") is False


def test_a_cell_that_says_nothing_clears_the_panel(kernel: RealKernel) -> None:
    kernel.run("%%panel quiet -w Market\nprint(1)").ok()
    kernel.run("%%panel quiet -w Market\nx = 1").ok()
    assert kernel.value("board['quiet'].obj is None and x") == 1


@pytest.mark.parametrize("before", ["", "await asyncio.sleep(0)\n"], ids=["plain", "await"])
def test_a_cell_that_fails_fails_and_its_error_is_in_both_places(kernel: RealKernel, before: str) -> None:
    outcome = kernel.run(f"%%panel wrong -w Market\nprint('so far')\n{before}1 / 0")
    assert outcome.status == "error"
    assert outcome.error == ("ZeroDivisionError", "division by zero")
    assert f"----> {3 + bool(before)} " in outcome.traceback.replace("\x1b[32m", "").replace("\x1b[39m", "")
    assert kernel.value("said('wrong')") == ["so far\n", "error"]
    assert kernel.value("[f['name'] for f in board['wrong'].obj._outputs[1].content.snapshot()[0]['frames']]") == [
        "<module>"
    ]


def test_a_cell_that_cannot_be_compiled_is_told_in_the_panel(kernel: RealKernel) -> None:
    assert kernel.run("%%panel wrong -w Market\nprint(1").error[0] == "SyntaxError"
    assert kernel.value("board['wrong'].obj._outputs[-1].content.kind") == "error"


def test_what_comes_late_goes_there_until_the_panel_shows_something_else(kernel: RealKernel) -> None:
    late = (
        "%%panel late -w Market\nprint('now')\ngo, gone = threading.Event(), threading.Event()\n"
        "def later():\n    go.wait(10); print('later'); gone.set()\n"
        "threading.Thread(target=contextvars.copy_context().run, args=(later,)).start()"
    )
    kernel.run(late).ok()
    kernel.run("go.set(); gone.wait(10)").ok()
    assert kernel.value("said('late')") == ["now\nlater\n"]
    kernel.run(late).ok()
    kernel.run("board['late'] = 'mine'").ok()
    kernel.run("go.set(); gone.wait(10)").ok()
    assert kernel.value("board['late'].obj") == "mine"


def test_the_cell_is_busy_while_it_runs_and_shown_while_it_runs(kernel: RealKernel) -> None:
    kernel.run("%%panel live -w Market\nprint('first')\nseen = (board['live'].busy, said('live'))").ok()
    assert kernel.value("seen") == (True, ["first\n"])
    look = (
        "board.window.eval('''new Promise(done => { const look = () => "
        "[...document.querySelectorAll('.jw-output')].some(one => one.textContent == 'first\\\\n') "
        "? done(true) : requestAnimationFrame(look); look(); })''', timeout=20).result(20)"
    )
    assert kernel.value(look) is True


def test_without_a_dashboard_it_is_a_window_of_its_own(kernel: RealKernel) -> None:
    assert nothing_under(kernel.run("%%panel solo -w Other\nprint('there')").ok())
    assert kernel.value("jw.app.windows['Other'].content['solo'].obj._outputs[0].text") == "there\n"
    kernel.run(
        "for one in (jw.app.windows['Other'], board.window):\n    one.destroy()\n    one.next('closed').result(20)"
    ).ok()
    kernel.run("%%panel solo\nprint('alone')").ok()
    kernel.run("%%panel solo\nprint('again')").ok()
    assert kernel.value("[one.name for one in jw.app.windows]") == ["solo"]
    assert kernel.value("jw.app.windows['solo'].panel.obj._outputs[0].text") == "again\n"
    kernel.run("board.show()").ok()


def test_the_twin_takes_a_part_of_a_cell(kernel: RealKernel) -> None:
    outcome = kernel.run(
        "print('a')\nboard['twin'] = ''\nwith board['twin'].output():\n    print('b')\nprint('c')"
    ).ok()
    assert outcome.stdout == "a\nc\n"
    assert kernel.value("said('twin')") == ["b\n"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%%panel\nx", "the following arguments are required: name"),
        ("%%panel a --breadth 3\nx", "unrecognized arguments: --breadth 3"),
        ("%%panel a -w plain\nx", "window 'plain' is no dashboard"),
        ("%%panel nope -w Fixed\nx", "'nope' is no panel of board 'Fixed'"),
        ("%%time\n%%panel said -w Market\nprint(1)", "the first line of its cell"),
    ],
)
def test_a_mistake_is_told_and_the_cell_does_not_run(kernel: RealKernel, cell: str, says: str) -> None:
    kernel.run("jw.open('plain', html='')\njw.dashboard('Fixed', layout='one two');").ok()
    outcome = kernel.run(cell)
    assert outcome.status == "error"
    assert says in outcome.stderr + str(outcome.error)


def test_completion_knows_dashboards_and_their_panels(kernel: RealKernel) -> None:
    kernel.run("jw.dashboard('Fixed', layout='one two');").ok()

    def proposed(typed: str) -> list[str]:
        return kernel.client.complete(typed, reply=True, timeout=10)["content"]["matches"]

    assert "two" in proposed("%%panel ")
    assert proposed("%%panel two -w F") == ["Fixed"]
    assert proposed("%%panel two --w") == ["--window"]


def test_unloaded_it_is_gone(kernel: RealKernel) -> None:
    kernel.run("%unload_ext jupyterwin").ok()
    assert "`%%panel` not found" in kernel.run("%%panel said -w Market\nprint(1)").stderr
    kernel.run("%load_ext jupyterwin").ok()
    assert nothing_under(kernel.run("%%panel said -w Market\nprint(1)").ok())
