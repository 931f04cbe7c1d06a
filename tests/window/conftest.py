"""Every test of this folder has the virtual screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from jupyterwin.main.app import App
from support.browser_app import BrowserFrontEnd, browser_app
from support.busy import busy_python
from support.desktop import Desktop
from support.display import VirtualDisplay
from support.home import Home
from support.keyboard import Keyboard
from support.leaks import leaving_nothing
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
def screen() -> Iterator[Screen]:
    """The screen that windows open on now, the virtual one or the module's desktop: to look at and to click on."""
    with Screen() as one:
        yield one


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    """That screen's keyboard."""
    with Keyboard() as one:
        yield one


@pytest.fixture
def app() -> Iterator[App]:
    """An application of the test's own process."""
    with real_app() as one:
        yield one


@pytest.fixture(scope="module")
def front_end(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserFrontEnd]:
    """A browser that draws windows as a notebook's front end does, for all tests of a file."""
    with leaving_nothing(home):
        one = BrowserFrontEnd(tmp_path_factory.mktemp("chromium"))
        yield one
        one.close()


@pytest.fixture(params=["native", "notebook"])
def app_of_each_carrier(request: pytest.FixtureRequest, front_end: BrowserFrontEnd) -> Iterator[App]:
    """An application of the test's own process, in two tests: its windows are native, or under cells."""
    with real_app() if request.param == "native" else browser_app(front_end) as one:
        yield one


@pytest.fixture(scope="module")
def shared_app(display: VirtualDisplay, home: Home) -> Iterator[App]:
    """One application, hence one window host, for all tests of a file that ask for it."""
    del display
    with leaving_nothing(home), real_app() as one:
        yield one


@pytest.fixture(autouse=True)
def _no_window_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test of a shared application begins without windows."""
    yield
    if "shared_app" in request.fixturenames:
        one = request.getfixturevalue("shared_app")
        one.set_application_menu(None)
        for window in one.windows:
            window.destroy().result(10)


@pytest.fixture(params=["idle", "busy", "notebook"])
def app_of_each_kind(request: pytest.FixtureRequest, front_end: BrowserFrontEnd) -> Iterator[App]:
    """An application of the test's process, in three tests: native windows while the main process rests, and while it works
    in pure Python; and windows under cells.
    """
    of_kind = browser_app(front_end) if request.param == "notebook" else real_app()
    with of_kind as one, busy_python() if request.param == "busy" else nullcontext():
        yield one
