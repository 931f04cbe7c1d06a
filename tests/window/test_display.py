"""The virtual screen the other window tests open their windows on."""

from __future__ import annotations

import os
import subprocess


def test_the_screen_answers_and_has_its_size(display):
    assert os.environ["DISPLAY"] == display.name
    said = subprocess.run(["xdpyinfo"], capture_output=True, text=True, check=True, timeout=20).stdout
    assert "1600x1000 pixels" in said
