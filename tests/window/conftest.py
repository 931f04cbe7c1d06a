"""Every test of this folder has the virtual screen."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _on_the_virtual_screen(display: object) -> None:
    """DISPLAY is set before the test's kernel starts."""
