"""The command `jupyterwin`, run as a person runs it: a process of its own. Knows no screen and no kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

DEADLINE = 100.0


@dataclass
class Said:
    """What a command left: its exit code and its words."""

    code: int
    out: str
    err: str

    def ok(self) -> Said:
        """Return itself, or fail with what it said."""
        assert self.code == 0, f"exit code {self.code}\n{self.out}{self.err}"
        return self


def command(*arguments: str) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", "jupyterwin.cli", *arguments]


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment of this run with some variables changed, or taken out (None)."""
    changed = os.environ | {name: value for name, value in changes.items() if value is not None}
    return {name: value for name, value in changed.items() if changes.get(name, "") is not None}


def run(*arguments: str, cwd: Path | None = None, **changes: str | None) -> Said:
    """Run a command to its end."""
    return finish(command(*arguments), cwd=cwd, **changes)


def finish(line: list[str], *, cwd: Path | None = None, **changes: str | None) -> Said:
    """Run any command line to its end."""
    done = subprocess.run(
        line, capture_output=True, text=True, check=False, timeout=DEADLINE, cwd=cwd, env=environment(**changes)
    )
    return Said(done.returncode, done.stdout, done.stderr)
