"""Whether a screen answers, asked without opening a window."""

from __future__ import annotations

import pytest

from jupyterwin.cli import screen


@pytest.mark.parametrize("display", ["", "nonsense", ":", ":7654", "unix:7654.0", "localhost:7654"])
def test_a_screen_that_is_not_there_does_not_answer(display):
    assert not screen.answers(display)


def test_no_server_is_told_with_its_package(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(screen.NoScreen, match="`sudo apt-get install xvfb`"), screen.VirtualScreen():
        pass


def test_a_server_that_ends_at_once_is_told(monkeypatch, tmp_path):
    server = tmp_path / "Xvfb"
    server.write_text("#!/bin/sh\nexit 3\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(screen.NoScreen, match="Xvfb gave no screen"), screen.VirtualScreen():
        pass
