"""Each way in which a call of a page comes to nothing: its own code at the page, and a line in the notebook."""

from __future__ import annotations

from typing import Any

import pytest

from jupyterwin import errors
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp


def typed(n: int) -> int:
    return n


def raises() -> None:
    raise LookupError("no such symbol")


def unserialisable() -> Any:
    return [{"when": object()}]


REFUSED = {
    "nobody": (errors.NoHandler, "no handler for 'nobody' in window 'a'"),
    "removed": (errors.HandlerRemoved, "the handler of 'removed' in window 'a' was removed"),
    "once": (errors.HandlerRemoved, "was removed"),
    "global": (errors.NotGranted, "grant=['global']"),
    "typed": (errors.BadArguments, "args[0]"),
    "raises": (errors.RemoteError, "no such symbol"),
    "unserialisable": (errors.Unserializable, "result[0].when"),
    "gone": (errors.WindowClosed, "window 'other' is closed"),
}


@pytest.fixture
def window(app: HeadlessApp) -> Window:
    window, other = app.open("a", expose=[typed, raises, unserialisable]), app.open("other")
    closed = other.next("closed")
    other.destroy()
    closed.result(DEADLINE)
    window.ipc.handle("removed", lambda _event: 1)
    window.ipc.remove_handler("removed")
    window.ipc.handle_once("once", lambda _event: 1)
    app.page(window).call("once")
    app.ipc.handle("global", lambda _event: 1)
    window.ipc.handle("gone", lambda _event: other.invoke("x").result(DEADLINE))
    return window


@pytest.mark.parametrize("channel", REFUSED)
def test_it_has_a_code_of_its_own_and_a_line_in_the_notebook(
    app: HeadlessApp, window: Window, capsys: pytest.CaptureFixture[str], channel: str
) -> None:
    error, words = REFUSED[channel]
    with pytest.raises(error) as caught:
        app.page(window).call(channel, *(["x"] if channel == "typed" else []))
    assert words in str(caught.value)
    assert caught.value.code == error.code
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert channel in printed
    assert words in printed
    assert words in str(window.log)


def test_each_of_them_is_another_code() -> None:
    codes = [error.code for channel, (error, _) in REFUSED.items() if channel != "once"]
    assert len(set(codes)) == len(codes)


def test_a_handler_that_comes_again_is_called_again(app: HeadlessApp, window: Window) -> None:
    window.ipc.handle("removed", lambda _event: 2)
    assert app.page(window).call("removed") == 2


def test_a_window_s_handler_goes_before_the_global_one(app: HeadlessApp) -> None:
    window = app.open("b", grant=["x"])
    app.ipc.handle("x", lambda _event: "global")
    dispose = window.ipc.handle("x", lambda _event: "window")
    assert app.page(window).call("x") == "window"
    dispose()
    assert app.page(window).call("x") == "global"


def test_what_a_page_asks_again_and_again_is_printed_once_and_logged_always(
    app: HeadlessApp, window: Window, capsys: pytest.CaptureFixture[str]
) -> None:
    page = app.page(window)
    for _ in range(20):
        page.invoke("nobody").exception(DEADLINE)
    assert capsys.readouterr().err.count("was refused") == 1
    assert str(window.log).count("no handler for 'nobody'") == 20


def test_a_traceback_crosses_only_to_a_window_for_debugging(
    app: HeadlessApp, capsys: pytest.CaptureFixture[str]
) -> None:
    for debug in (False, True):
        page = app.page(app.open(f"debug {debug}", expose=[raises], debug=debug))
        with pytest.raises(errors.RemoteError) as caught:
            page.call("raises")
        assert bool(caught.value.record.traceback) is debug
    capsys.readouterr()
