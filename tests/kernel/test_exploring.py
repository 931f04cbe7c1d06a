"""Finding one's way in a real kernel: names behind the dot, and errors that begin with the line of the user's."""

from __future__ import annotations

import re

import pytest

from support.kernel import RealKernel

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def leaves_nothing() -> None:
    """One kernel serves all tests of this file; what is left of it at its end is seen by the next file."""


@pytest.fixture(scope="module")
def kernel(shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run("%load_ext jupyterwin\nimport jupyterwin as jw\nwin = jw.Window.__new__(jw.Window)").ok()
    return shared_kernel


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [
        ("win.", {"send", "invoke", "title", "log", "close"}, {"set_trait", "ended", "open_in", "follow"}),
        ("jw.app.", {"windows", "every", "tile", "quit"}, {"adopt", "forget", "before_window"}),
        ("jw.ipc.", {"handle", "on", "trace"}, {"take_handler", "tap"}),
        ("pending.", {"result", "cancel", "done"}, {"settle", "fail", "pass_to"}),
        ("jw.", {"open", "app", "ipc", "Window"}, {"main", "wire"}),
    ],
)
def test_behind_the_dot_are_our_names_only(
    kernel: RealKernel, typed: str, there: set[str], not_there: set[str]
) -> None:
    kernel.run("pending = jw.Pending('x')").ok()
    proposed = {match.rpartition(".")[2] for match in kernel.client.complete(typed, reply=True)["content"]["matches"]}
    assert there <= proposed
    assert not proposed & not_there
    assert not {name for name in proposed if name.startswith("_")}


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
