"""The command line itself: what it offers, what it refuses, and that asking costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import jupyterwin
from support.command import run

# What a command may need, and asking for help must not load.
HEAVY = ("IPython", "PIL", "jupyter_client", "msgspec", "nbformat", "pandas", "traitlets", "zmq")


def test_help_names_the_commands():
    said = run("--help").ok()
    assert "demo" in said.out
    assert "doctor" in said.out


def test_version():
    assert run("--version").ok().out.strip() == f"jupyterwin {jupyterwin.__version__}"


def test_no_command_and_an_unknown_one_are_refused():
    for arguments in ((), ("dance",), ("doctor", "--loud")):
        said = run(*arguments)
        assert said.code == 2
        assert "usage: jupyterwin" in said.err


def test_importing_the_commands_loads_nothing_heavy():
    code = "import json, sys, jupyterwin.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(json.loads(done.stdout))
