"""The rules of output, panels and cards on the oldest ipykernel that is taken, and on one between: the same tests, another kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TESTS = ("test_output.py", "test_panel_magic.py", "test_cards.py", "test_running_again.py")


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("version", ["7.1.0", "7.3.0"])
def test_an_older_ipykernel(version: str, tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path)]
    subprocess.run([*install, f"ipykernel=={version}"], check=True, timeout=200)
    # Found before the one that is installed, by the kernels that the tests start too.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    has = subprocess.run(
        [sys.executable, "-c", "import ipykernel; print(ipykernel.__version__)"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert has.stdout.strip() == version
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(str(HERE / name) for name in TESTS)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stdout[-5000:]
