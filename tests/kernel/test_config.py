"""The configuration in a real kernel and on the command line: file, environment, ``%config``, in their order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.kernel import RealKernel


@pytest.fixture
def file() -> Iterator[Path]:
    """A person's configuration of kernels."""
    folder = Path(os.environ["IPYTHONDIR"]) / "profile_default"
    folder.mkdir(exist_ok=True)
    file = folder / "ipython_kernel_config.py"
    file.write_text("c = get_config()\nc.JupyterWin.log_size = 123\nc.JupyterWin.timeout = 4.5\n")
    yield file
    file.unlink()


def test_file_environment_and_config_magic(start_kernel: Callable[..., RealKernel], file: Path) -> None:
    kernel = start_kernel(JUPYTERWIN_TIMEOUT="7")
    kernel.run("%load_ext jupyterwin\nfrom jupyterwin.main.settings import settings").ok()
    assert kernel.value("[(settings[n], settings.source(n)) for n in ('log_size', 'timeout', 'debug')]") == [
        (123, "file"),
        (7.0, "environment"),
        (False, "default"),
    ]
    assert kernel.value(
        "[one.timeout for one in get_ipython().configurables if type(one).__name__ == 'JupyterWin']"
    ) == [7.0]
    kernel.run("%config JupyterWin.timeout = 9").ok()
    kernel.run("%config JupyterWin.where = 'notebook'").ok()
    assert kernel.value("(settings['timeout'], settings.source('timeout'), settings['where'])") == (
        9,
        "set",
        "notebook",
    )
    kernel.run("%reload_ext jupyterwin").ok()
    assert kernel.value("(settings['timeout'], settings['log_size'])") == (9, 123)
    assert "one of full, outer, engine, none is needed" in kernel.run("%config JupyterWin.min_sandbox = 'x'").stderr
    told = kernel.run("%config JupyterWin").ok().stdout
    assert "Seconds that win.invoke waits" in told
    assert "any value" not in told  # the help says which


def test_the_command_lists_them_with_their_help_and_where_they_come_from(file: Path) -> None:
    def listed() -> tuple[list[dict[str, object]], str, int]:
        told = subprocess.run(
            [sys.executable, "-m", "jupyterwin.cli", "config", "--json"],
            env={**os.environ, "JUPYTERWIN_TIMEOUT": "7"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return json.loads(told.stdout), told.stderr, told.returncode

    rows, wrong, code = listed()
    by_name = {str(row["name"]).removeprefix("JupyterWin."): row for row in rows}
    assert (wrong, code) == ("", 0)
    assert (by_name["log_size"]["value"], by_name["log_size"]["from"]) == (123, str(file))
    assert (by_name["timeout"]["value"], by_name["timeout"]["from"]) == (7.0, "JUPYTERWIN_TIMEOUT")
    assert (by_name["warm"]["value"], by_name["warm"]["from"]) == (False, "default")
    assert all(row["help"] for row in rows)

    file.write_text("c = get_config()\nc.JupyterWin.breadth = 1\nc.JupyterWin.log_size = 'x'\n")
    _, wrong, code = listed()
    assert "there is no JupyterWin.breadth" in wrong
    assert "log_size: a whole number" in wrong
    assert code == 1
