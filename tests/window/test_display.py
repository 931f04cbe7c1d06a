"""The virtual screen the other window tests open their windows on."""

from __future__ import annotations

import os

from support.screen import Screen


def test_the_screen_answers_and_has_its_size(display):
    assert os.environ["DISPLAY"] == display.name
    with Screen() as screen:
        assert screen.size == (1600, 1000)
