"""A dashboard over two monitors: its window on one, a panel of it on the other, and both there again from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterwin.main.app import App
from jupyterwin.panels.boards import dashboard
from support.desktop import RIGHT, Desktop
from support.panels import until
from support.screen import Screen, becomes


@pytest.fixture
def app(desktop: Desktop, shared_app: App) -> App:
    del desktop  # its two monitors are there
    return shared_app


def test_a_panel_goes_to_another_monitor_and_a_file_brings_it_back(app: App, screen: Screen, tmp_path: Path) -> None:
    board = dashboard("desk", "a b", app=app, x=40, y=60, width=500, height=300, remember=False)
    board["a"], board["b"] = "stays", "goes"
    alone = board.pop_out("b", screen="right", width=300, height=200, remember=False)
    until(alone, "document.querySelector('.jw-text').textContent === 'goes'")
    until(board.window, "document.querySelector('.jw-away') !== null")
    becomes("it is on the right", lambda: screen.window("b – desk").box.x >= RIGHT[0])
    becomes("the kernel knows where", lambda: alone.bounds.get("x", 0) >= RIGHT[0])
    kept = board.save(tmp_path / "desk.json")
    board.dock("b")
    until(board.window, "document.querySelectorAll('.jw-text').length === 2")
    becomes("its window is gone", lambda: not screen.windows("b – desk"))
    board.load(tmp_path / "desk.json")
    again = board.pop_out("b")
    assert again is not alone
    becomes("it is where it was", lambda: again.bounds.get("x") == kept["windows"]["b"]["x"])
    until(again, "document.querySelector('.jw-text').textContent === 'goes'")
