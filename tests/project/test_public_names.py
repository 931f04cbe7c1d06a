"""The public face: every name is there and documented, and importing the package starts and loads nothing."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import pytest

import jupyterwin

# Loaded only once they are used. The host runs the package's __init__ first, so this also keeps the host small.
HEAVY = ("IPython", "PySide6", "anywidget", "asyncio", "comm", "ipykernel", "ipywidgets", "jupyter_client", "msgspec",
         "numpy", "pandas", "qtpy", "traitlets", "webview", "zmq")  # fmt: skip

PROBE = """
import json, os, sys, threading
sys.addaudithook(lambda event, _: event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "socket.__new__")
                 and print(event, file=sys.stderr))
import {module}
print(json.dumps({{
    "modules": sorted(sys.modules),
    "threads": [each.name for each in threading.enumerate()],
    "descriptors": len(os.listdir("/proc/self/fd")),
}}))
"""


def probe(module: str) -> dict[str, list[str]]:
    """Import a module in a Python of its own and tell what that brought."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE.format(module=module)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert not ran.stderr, f"import {module} must start no process and open no socket: {ran.stderr}"
    said: dict[str, list[str]] = json.loads(ran.stdout)
    return said


@pytest.mark.parametrize("name", jupyterwin.__all__)
def test_a_public_name_is_there_and_documented(name):
    value = getattr(jupyterwin, name)
    own = value.__doc__ if inspect.isroutine(value) or inspect.isclass(value) else type(value).__doc__
    assert inspect.cleandoc(own or ""), f"jupyterwin.{name} has no docstring: say what it promises"


def test_all_and_dir_agree():
    assert set(jupyterwin.__all__) <= set(dir(jupyterwin))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = jupyterwin.nonsense


def test_importing_the_package_starts_and_loads_nothing():
    said = probe("jupyterwin")
    assert said["threads"] == ["MainThread"], f"import jupyterwin started {said['threads'][1:]}"
    loaded = sorted({module.partition(".")[0] for module in said["modules"]} & set(HEAVY))
    assert not loaded, (
        f"import jupyterwin loaded {', '.join(loaded)}: hand the names out lazily (jupyterwin/__init__.py)"
    )
    ours = [module for module in said["modules"] if module.startswith("jupyterwin.")]
    assert not ours, f"import jupyterwin loaded {', '.join(ours)}: hand the names out lazily"


def test_importing_the_hosts_package_loads_no_kernel_code():
    said = probe("jupyterwin.host")
    assert said["threads"] == ["MainThread"]
    kernel = {"IPython", "ipykernel", "jupyter_client", "traitlets", "anywidget", "ipywidgets", "zmq"}
    loaded = sorted({module.partition(".")[0] for module in said["modules"]} & kernel)
    assert not loaded, f"import jupyterwin.host loaded {', '.join(loaded)}"
    folders = ("jupyterwin.main", "jupyterwin.panels", "jupyterwin.notebook")
    ours = [module for module in said["modules"] if module.startswith(folders)]
    assert not ours, f"import jupyterwin.host loaded {', '.join(ours)}"
