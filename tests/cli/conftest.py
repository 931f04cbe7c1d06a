"""A Python that lacks modules, for the commands that must tell so."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def without_modules(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Make a PYTHONPATH for a process in which these modules cannot be found: `without_modules("PySide6")`."""
    folder: Path = tmp_path_factory.mktemp("without")

    def make(*names: str) -> str:
        lines = [f"sys.modules[{name!r}] = None" for name in names]
        (folder / "sitecustomize.py").write_text("\n".join(["import sys", *lines]))
        return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])

    return make
