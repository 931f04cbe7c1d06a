"""Every test of this folder has the virtual screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from jupyterwin.main.app import App
from support.busy import busy_python
from support.desktop import Desktop
from support.display import VirtualDisplay
from support.keyboard import Keyboard
from support.real_app import real_app
from support.screen import Screen


@pytest.fixture(autouse=True)
def _on_the_virtual_screen(display: object) -> None:
    """DISPLAY is set before the test's kernel starts."""


@pytest.fixture(scope="module")
def desktop(display: VirtualDisplay) -> Iterator[Desktop]:
    """A screen with a window manager and two monitors; the tests of a module that asks for it run on it."""
    del display  # the one that was there comes back afterwards
    with Desktop() as one:
        yield one


@pytest.fixture
def screen(display: VirtualDisplay) -> Iterator[Screen]:
    """The virtual screen, to look at and to click on."""
    with Screen(display.name) as one:
        yield one


@pytest.fixture
def keyboard(display: VirtualDisplay) -> Iterator[Keyboard]:
    """The virtual screen's keyboard."""
    with Keyboard(display.name) as one:
        yield one


@pytest.fixture(params=["idle", "busy"])
def app_idle_and_busy(request: pytest.FixtureRequest) -> Iterator[App]:
    """An application of the test's process, in two tests: one while the main process rests, one while it works in pure Python."""
    with real_app() as one, busy_python() if request.param == "busy" else nullcontext():
        yield one
