"""open_external: only https and mailto, only after a yes, by the desktop's own program; from a page only with its switch."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyterwin.errors import Broken, UsageError
from jupyterwin.main.desktop import external
from jupyterwin.main.desktop.external import open_external
from support.keyboard import Keyboard
from support.real_app import open_ready, real_app
from support.screen import Screen, becomes

TITLE = "Open a link"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What the desktop was asked to open: a program of this name stands first on the path."""
    record = tmp_path / "opened"
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$#:$1" >> {record}\ncase "$1" in *fails*) exit 4;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(external, "_agreed", set())
    return lambda: record.read_text().splitlines() if record.exists() else []


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "file:///etc/hosts", "javascript:alert(1)", "https://", "https:example.org", "ssh://host", "",
     "https://example.org/a b", "https://example.org/\n-x", "mailto:a@b.c?attach=/etc/passwd", "mailto:a@b.c?ATTACHMENT=x",
     "--help", None, 5],
)  # fmt: skip
def test_anything_else_is_refused(url: object, opened: Callable[[], list[str]]) -> None:
    with pytest.raises(UsageError, match="url: a"):
        open_external(url, ask=False)
    assert not opened()


def test_the_person_is_asked_and_may_say_no(opened: Callable[[], list[str]], keyboard: Keyboard) -> None:
    asked = open_external("https://example.org/a?b=c")
    keyboard.into(TITLE).press("Return")  # Cancel is what Enter means
    assert asked.result(20) is False
    assert not opened()
    asked = open_external("https://example.org/a?b=c")
    keyboard.into(TITLE).press("Shift_L+Tab")  # from Cancel to Open
    keyboard.press("space")
    assert asked.result(20) is True
    assert opened() == ["1:https://example.org/a?b=c"]
    asked = open_external("https://example.org/again")
    keyboard.into(TITLE).press("Escape")
    assert asked.result(20) is False, "a yes is for one time, unless it is ticked"


def test_a_yes_that_is_ticked_is_for_its_origin(opened: Callable[[], list[str]], keyboard: Keyboard) -> None:
    asked = open_external("https://example.org/a")
    keyboard.into(TITLE).press("Shift_L+Tab")
    for key in ("Shift_L+Tab", "space", "Tab", "space"):  # the box above the buttons, then Open
        keyboard.press(key)
    assert asked.result(20) is True
    assert open_external("https://example.org/b").result(20) is True
    asked = open_external("https://example.org.evil.net/")
    keyboard.into(TITLE).press("Escape")
    assert asked.result(20) is False
    assert opened() == ["1:https://example.org/a", "1:https://example.org/b"]


def test_unasked_it_opens_at_once_and_says_when_nothing_could(opened: Callable[[], list[str]]) -> None:
    assert open_external("mailto:ann@example.org?subject=hello", ask=False).result(20)
    with pytest.raises(Broken, match="ended with 4"):
        open_external("https://fails.example.org/", ask=False).result(20)
    assert opened() == ["1:mailto:ann@example.org?subject=hello", "1:https://fails.example.org/"]


def test_a_link_of_a_page_needs_its_switch_and_a_yes(
    opened: Callable[[], list[str]], keyboard: Keyboard, screen: Screen
) -> None:
    page = "<title>links</title><a id=a href='https://example.org/x'>x</a>"
    with real_app() as app:
        window = open_ready(app, "links", html=page)
        refused = window.next("refused")
        window.eval("a.click()").result(10)
        assert refused.result(10).switch == "navigation"
        window.allow = {"external_links": ["https://example.org"]}
        window.eval("a.click()").result(10)
        assert screen.window(TITLE).transient_for.title == "links"
        window.eval("a.click()").result(10)  # while the person is asked, no second question
        becomes("the second link is refused", lambda: "still asked about another link" in window.log)
        assert len(screen.windows(TITLE)) == 1
        keyboard.into(TITLE).press("Shift_L+Tab")
        keyboard.press("space")
        becomes("something was opened", lambda: bool(opened()))
    assert opened() == ["1:https://example.org/x"]
