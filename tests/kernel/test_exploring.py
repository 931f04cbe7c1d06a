"""Finding one's way in a real kernel: names behind the dot, and errors that begin with the line of the user's."""

from __future__ import annotations

import re

import pytest

from support.kernel import RealKernel

SETUP = """
%load_ext jupyterwin
import jupyterwin as jw
win, board = jw.Window.__new__(jw.Window), jw.Dashboard.__new__(jw.Dashboard)
pending, panel, item = jw.Pending("x"), jw.Panel("a"), jw.MenuItem("x")
board.name, board._panels = "B", {"prices": panel}
"""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def kernel(shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run(SETUP).ok()
    return shared_kernel


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [
        ("win.", {"send", "invoke", "title", "log", "close"}, {"set_trait", "ended", "open_in", "follow"}),
        ("jw.app.", {"windows", "every", "tile", "quit"}, {"adopt", "forget", "before_window"}),
        ("jw.ipc.", {"handle", "on", "trace"}, {"take_handler", "tap"}),
        ("pending.", {"result", "cancel", "done"}, {"settle", "fail", "pass_to"}),
        ("board.", {"name", "layout", "pop_out", "save"}, {"arranged_by_page", "docked", "grid", "left"}),
        ("panel.", {"obj", "busy", "on", "output"}, {"sit", "drawn", "report", "seat"}),
        ("item.", {"label", "click", "checked"}, {"plain", "run", "said"}),
        ("jw.screen.", {"get_all_displays", "on"}, {"are", "known"}),
        ("jw.app.windows.", {"get"}, {"claim", "drop"}),
        ("jw.", {"open", "app", "ipc", "Window"}, {"main", "wire"}),
    ],
)
def test_behind_the_dot_are_our_names_only(
    kernel: RealKernel, typed: str, there: set[str], not_there: set[str]
) -> None:
    proposed = {match.rpartition(".")[2] for match in kernel.client.complete(typed, reply=True)["content"]["matches"]}
    assert there <= proposed
    assert not proposed & not_there
    assert not {name for name in proposed if name.startswith("_")}


def test_names_of_panels_are_proposed_in_brackets(kernel: RealKernel) -> None:
    found = kernel.client.complete("board['", reply=True, timeout=20)["content"]["matches"]
    assert [match.strip("[]'\"") for match in found] == ["prices"]


def traceback(kernel: RealKernel, code: str) -> str:
    outcome = kernel.run(code)
    assert outcome.status == "error"
    return _COLOUR.sub("", outcome.traceback)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\njw.open('a', htm='x')", "----> 2 jw.open('a', htm='x')"),
        ("def f():\n    return jw.open('a', path='/nowhere')\nf()", "----> 2     return jw.open('a', path='/nowhere')"),
        ("win.opacity = 12", "----> 1 win.opacity = 12"),
        ("await jw.app.next('lunch')", "----> 1 await jw.app.next('lunch')"),
    ],
)
def test_an_error_of_ours_shows_the_users_line_and_no_frame_of_ours(kernel: RealKernel, code: str, line: str) -> None:
    shown = traceback(kernel, code)
    assert line in shown
    assert "File" not in shown
    assert shown.splitlines()[-1].startswith("UsageError: ")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("jw.dashboard('L', layout='a b\\nc')", "layout: line 2 ('c') has 1 columns, the first has 2; repeat a name"),
        ("jw.dashboard('L', layout=3)", "layout: text is needed, a line for each row, got int"),
        ("jw.open('w', html='x', expose=3)", "expose: a function, a list of them or a dict {name: function} is needed"),
        ("jw.open('w', html='x', expose=[lambda: 1])", "give a dict {name: function}"),
        ("jw.open('w', path=3)", "path: a file or a folder is needed, as a string or a Path, got 3"),
        ("jw.open('w', path='/nowhere')", "path: there is no /nowhere"),
        ("jw.open('w', htlm='x')", "htlm: a window has no such option; did you mean 'html'?"),
        ("jw.open('w', html='x', where='browser')", "where: 'native', 'notebook' or None is needed, got 'browser'"),
        ("jw.open('w', html='x', partition='persist:../x')", "partition: after 'persist:' up to 64 letters"),
        ("jw.app.on('window-creatd', print)", "there is no event 'window-creatd'; did you mean 'window-created'?"),
        ("jw.ipc.handle('a', print); jw.ipc.handle('a', len)", "a second handler for 'a': remove_handler('a') first"),
        ("win.mode = 'big'", "mode: one of normal, minimized, maximized, fullscreen is needed, got 'big'"),
    ],
)
def test_a_common_mistake_is_named_with_its_cure_in_the_last_line(kernel: RealKernel, code: str, says: str) -> None:
    shown = traceback(kernel, code)
    assert shown.splitlines()[-1].startswith("UsageError: ")
    assert says in shown.splitlines()[-1]
    assert f"----> 1 {code}" in shown


@pytest.mark.parametrize(
    ("name", "says"), [("jw.open", "The window of that name, opened if needed"), ("jw.Window.send", "the page")]
)
def test_help_of_our_names_says_what_they_do(kernel: RealKernel, name: str, says: str) -> None:
    found = kernel.client.inspect(name, reply=True, timeout=20)["content"]
    text = _COLOUR.sub("", found["data"]["text/plain"])
    assert found["found"]
    assert "Docstring:" in text
    assert says in text


def test_verbose_shows_all_of_it(kernel: RealKernel) -> None:
    kernel.run("%xmode Verbose").ok()
    assert "jupyterwin/main" in traceback(kernel, "jw.open('a', htm='x')")
    kernel.run("%xmode Context").ok()


def test_the_users_own_cause_is_shown(kernel: RealKernel) -> None:
    shown = traceback(
        kernel, "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise jw.UsageError('mine') from error"
    )
    assert "ZeroDivisionError: division by zero" in shown


def test_errors_of_others_are_shown_as_ever(kernel: RealKernel) -> None:
    code = "import json\njson.loads('{')"
    ours = traceback(kernel, code)
    kernel.run("%unload_ext jupyterwin").ok()
    theirs = traceback(kernel, code)
    kernel.run("%load_ext jupyterwin").ok()
    number = re.compile(r"In\[\d+\]|ipykernel_\d+/\d+")
    assert number.sub("", ours) == number.sub("", theirs)
    assert "json/decoder.py" in ours
