"""An application without a screen, for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import jupyterwin.panels  # noqa: F401 -- from here on windows show objects
from jupyterwin.main.ownership import cells
from jupyterwin.testing import HeadlessApp


@pytest.fixture
def app() -> Iterator[HeadlessApp]:
    with HeadlessApp() as headless:
        yield headless
    cells.end()
