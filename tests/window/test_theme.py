"""Light and dark: pages hear it when the user says so, and when the person's desktop changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.theme import PAUSE
from support.panels import until

PAGE = "<meta name=color-scheme content='light dark'><p>a page of the user's"
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"

PORTAL = """#!/bin/sh
# Answers as the program does that asks a desktop's settings portal.
printf 'v v u '; cat "$(dirname "$0")/scheme"
"""


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def test_all_windows_are_as_the_user_says_those_to_come_too(app: App) -> None:
    mine, ours = app.open("mine", html=PAGE), app.open("ours", content="text")
    for window in (mine, ours):
        until(window, f"!{DARK}")
    app.theme = "dark"
    until(mine, DARK)
    until(ours, "document.documentElement.dataset.theme === 'dark'")
    later = app.open("later", content="text")
    until(later, "document.documentElement.dataset.theme === 'dark'")
    app.theme = "light"
    until(mine, f"!{DARK}")
    until(later, "document.documentElement.dataset.theme === 'light'")
    app.theme = "system"
    with pytest.raises(UsageError, match="theme: one of light, dark, system"):
        app.theme = "blue"


def test_windows_follow_the_desktop(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, scheme = tmp_path / "busctl", tmp_path / "scheme"
    program.write_text(PORTAL)
    program.chmod(0o755)
    scheme.write_text("1\n")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    app.theming._looked -= PAUSE
    window = app.open("follows", html=PAGE)
    until(window, DARK)
    scheme.write_text("2\n")
    app.theming._looked -= PAUSE
    window.blur().result(10)
    window.focus().result(10)  # the person comes back from the desktop's settings
    until(window, f"!{DARK}")
