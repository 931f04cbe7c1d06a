"""One JupyterLab without a screen and one browser for all tests of a file; each test has a notebook of its own.

They end with the file: while Playwright runs, the main thread has a loop that others take for theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect, sync_playwright

from support.home import Home
from support.lab import Lab, LabPage, Notebook, chromium, running_lab
from support.leaks import leaving_nothing

expect.set_options(timeout=20_000)

OpenNotebook = Callable[..., Notebook]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Iterator[Lab]:
    """The server; kernels have no DISPLAY."""
    with leaving_nothing(home), running_lab(tmp_path_factory.mktemp("lab"), DISPLAY=None) as one:
        yield one


@pytest.fixture(scope="module")
def lab_page(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabPage]:
    """JupyterLab in a tab of its own."""
    with sync_playwright() as playwright:
        browser = chromium(playwright, tmp_path_factory.mktemp("chromium"))
        tab = browser.new_page(viewport={"width": 1200, "height": 900})
        tab.set_default_timeout(30_000)
        yield LabPage(tab, lab)
        browser.close()


@pytest.fixture
def notebook(lab: Lab, lab_page: LabPage, request: pytest.FixtureRequest) -> Iterator[OpenNotebook]:
    """Open a notebook with these cells; it is closed afterwards, and its kernel ended."""
    opened: list[Notebook] = []

    def open_with(*cells: str) -> Notebook:
        name = f"{request.node.name.replace('[', '-').replace(']', '')}-{len(opened)}"
        lab.write(name, cells)
        opened.append(Notebook(lab_page, name))
        return opened[-1]

    yield open_with
    for one in opened:
        one.close()
