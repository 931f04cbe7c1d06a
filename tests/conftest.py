"""Fixtures of all tests: own home, real kernel, virtual screen, a Python that lacks modules, the check for what is left.

What they are made of lies in support/. A test in kernel/ or window/ gets that mark by its folder.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from jupyter_core.utils import ensure_event_loop

from support.display import VirtualDisplay
from support.home import Home
from support.kernel import RealKernel
from support.leaks import adopt_orphans, leaving_nothing

HERE = Path(__file__).parent
MARKED_FOLDERS = ("kernel", "window", "lab")
SHARED = {"shared_app", "shared_kernel", "front_end", "lab"}
"""What all tests of a file use; the fixture itself sees to it that nothing is left of it."""

HOME = Home()
HOME.enter()  # before any test module is imported: libraries read these variables as they load
adopt_orphans()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts its background jobs so; every program that a test starts, and then interrupts, would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)


@pytest.fixture(autouse=True)
def leaves_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a process, thread, socket or temporary file behind; what a file shares is asked at its end."""
    HOME.forget_places()
    with nullcontext() if SHARED.intersection(request.fixturenames) else leaving_nothing(HOME):
        yield


@pytest.fixture(scope="session")
def home() -> Home:
    """The folders this run lives in."""
    return HOME


@pytest.fixture(scope="session")
def display() -> Iterator[VirtualDisplay]:
    """A virtual screen for the run; DISPLAY names it."""
    with VirtualDisplay() as screen:
        yield screen


@pytest.fixture(scope="session")
def _client_loop() -> Iterator[None]:
    """Make the loop that jupyter_client's blocking calls share and keep: made inside a test it would pass for a leak."""
    loop = ensure_event_loop()
    yield
    loop.close()


@pytest.fixture
def real_kernel(_client_loop: None) -> Iterator[RealKernel]:
    """A kernel of the test's own."""
    with RealKernel() as kernel:
        yield kernel


@pytest.fixture(scope="module")
def shared_kernel(_client_loop: None) -> Iterator[RealKernel]:
    """One kernel for all tests of a file; nothing is left of it at its end."""
    with leaving_nothing(HOME), RealKernel() as kernel:
        yield kernel


@pytest.fixture
def start_kernel(_client_loop: None) -> Iterator[Callable[..., RealKernel]]:
    """Start kernels with an environment of their own, as many as the test wants: `start_kernel(NAME="value")`."""
    with ExitStack() as stack:
        yield lambda **environment: stack.enter_context(RealKernel(**environment))


@pytest.fixture
def without_modules(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Make a PYTHONPATH for a process in which these modules cannot be found: `without_modules("PySide6")`."""
    folder = tmp_path_factory.mktemp("without")

    def make(*names: str) -> str:
        lines = [f"sys.modules[{name!r}] = None" for name in names]
        (folder / "sitecustomize.py").write_text("\n".join(["import sys", *lines]))
        return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])

    return make
