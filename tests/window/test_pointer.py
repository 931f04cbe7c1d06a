"""The demo's mouse, and the tests' own eyes: they find the window that is meant, whatever else comes and goes on the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from Xlib import X
from Xlib.display import Display

from jupyterwin.cli.demo import pointer
from support.display import VirtualDisplay
from support.screen import Box, Screen

AT = Box(100, 120, 200, 150)
ELSEWHERE = Box(700, 600, 200, 150)
TITLE = "prices – ü"
MEANT = {"title": TITLE, "bounds": AT._asdict()}


def make_window(owner: Display, title: str, box: Box, inside: Any = None) -> Any:
    """A visible window, on the screen or inside another; its owner hears of the mouse's button."""
    above = inside or owner.screen().root
    window = above.create_window(*box, 0, X.CopyFromParent, event_mask=X.ButtonPressMask | X.ButtonReleaseMask)
    window.change_text_property(owner.get_atom("_NET_WM_NAME"), owner.get_atom("UTF8_STRING"), title.encode())
    window.map()
    return window


@pytest.fixture
def owner(display: VirtualDisplay) -> Iterator[Display]:
    """A program that makes windows."""
    with closing(Display(display.name)) as one:
        yield one


@pytest.fixture
def _restless(display: VirtualDisplay) -> Iterator[None]:
    """Windows of another program come and go all the time."""
    enough = threading.Event()

    def come_and_go() -> None:
        with closing(Display(display.name)) as program:
            while not enough.is_set():
                outer = [make_window(program, "passing", ELSEWHERE) for _ in range(5)]
                for window in outer:
                    make_window(program, "inside", Box(0, 0, 50, 50), inside=window)
                program.sync()
                for window in outer:
                    window.destroy()
                program.sync()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    yield
    enough.set()
    thread.join(20)


def test_of_two_windows_with_the_title_the_one_in_its_place_is_clicked(owner: Display) -> None:
    meant = make_window(owner, TITLE, AT)
    make_window(owner, TITLE, ELSEWHERE)
    owner.sync()
    pointer.click(MEANT, 30.4, 40.6)
    owner.sync()
    events = [owner.next_event() for _ in range(owner.pending_events())]
    assert [event.type for event in events if event.window == meant] == [X.ButtonPress, X.ButtonRelease]
    assert (events[0].event_x, events[0].event_y) == (30, 41)
    assert {event.window for event in events} == {meant}


@pytest.mark.usefixtures("_restless")
def test_a_window_is_found_while_others_vanish(owner: Display, screen: Screen) -> None:
    make_window(owner, TITLE, AT)
    owner.sync()
    for _ in range(100):
        assert [window.box for window in screen.windows(TITLE)] == [AT]
    for _ in range(10):
        pointer.click(MEANT, 30, 40)
    owner.sync()
    assert owner.pending_events() == 20


def test_a_window_that_is_not_there_or_not_seen_is_told(owner: Display) -> None:
    make_window(owner, TITLE, AT).unmap()
    owner.sync()
    with pytest.raises(pointer.PointerFailed, match=f"no native window has the title '{TITLE}'"):
        pointer.click(MEANT, 30, 40)


def test_on_a_screen_with_xtest_nothing_is_missing() -> None:
    assert not pointer.missing()


def test_a_screen_without_xtest_is_told() -> None:
    with VirtualDisplay("-extension", "XTEST") as bare:
        assert pointer.missing().startswith(f"the screen {bare.name} has no XTEST")


# python-xlib leaves the sockets to the garbage collector with which it found no server.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_a_screen_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7654")
    assert "the X server refused: Can't connect to display" in pointer.missing()
