"""The commands: ``jupyterwin demo``, ``doctor``, ``types`` and ``config``. What a command needs is imported when it is run.

This file knows the commands' options and nothing of what they do.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

from jupyterwin import __version__

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Ctrl-C and SIGTERM end it after it has cleaned up."""
    options = _parser().parse_args(arguments)
    # A command starts kernels and screens: a polite end (a closed terminal, a job's timeout) must take them along.
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        _never_fail(stream)
    try:
        return _RUN[options.command](options)
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jupyterwin", description="Electron's process model, for Jupyter.")
    parser.add_argument("--version", action="version", version=f"jupyterwin {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    demo = commands.add_parser(
        "demo",
        help="run the quickstart notebook and show its windows",
        description="Runs the quickstart notebook in a kernel, clicks in its window, and writes pictures of what came. "
        "With a screen it stays until the windows are closed; without one it makes a screen in memory and ends by itself.",
    )
    ways = demo.add_mutually_exclusive_group()
    ways.add_argument("--keep", action="store_true", help="then open JupyterLab on the notebook, to go on by hand")
    ways.add_argument(
        "--notebook",
        action="store_true",
        help="without a native window: in a JupyterLab of its own, driven by Chromium, with windows under their cells",
    )
    demo.add_argument("--pictures", default="demo-pictures", metavar="DIR", help="where the pictures go (%(default)s)")
    doctor = commands.add_parser(
        "doctor",
        help="tell what a window would get on this machine",
        description="Opens one small window and tells what it got: engine, screen, sandbox; and what to install. "
        "Exit code 0 when a window can open here.",
    )
    doctor.add_argument("--json", action="store_true", help="the same for programs")
    types = commands.add_parser(
        "types",
        help="write the TypeScript of a module's functions, for a page's editor",
        description="Writes a kernel.d.ts: the functions that a window gets by expose=, with their types and docstrings. "
        "Without names, those in the module's __all__, else its public ones. Imports the module.",
    )
    types.add_argument("module", metavar="MODULE[:NAME,NAME]", help="as `import` knows it, and which of its functions")
    types.add_argument("-o", "--output", metavar="FILE", help="where to (standard output)")
    config = commands.add_parser(
        "config",
        help="list the settings: value, where it comes from, help",
        description="Lists c.JupyterWin.* as a kernel that starts here now has them: from the files ipython_config and "
        "ipython_kernel_config, and from variables such as JUPYTERWIN_WARM=1, which come before files.",
    )
    config.add_argument("--json", action="store_true", help="the same for programs")
    return parser


def _demo(options: argparse.Namespace) -> int:
    from jupyterwin.cli.demo.command import run

    return run(options.pictures, keep=options.keep, in_lab=options.notebook)


def _doctor(options: argparse.Namespace) -> int:
    from jupyterwin.cli.doctor.command import run

    return run(as_json=options.json)


def _types(options: argparse.Namespace) -> int:
    from jupyterwin.cli.types import run

    return run(options.module, options.output)


def _config(options: argparse.Namespace) -> int:
    from jupyterwin.cli.config import run

    return run(as_json=options.json)


_RUN = {"config": _config, "demo": _demo, "doctor": _doctor, "types": _types}


def _never_fail(stream: TextIO) -> None:
    """A terminal that cannot show a sign gets a question mark in its place, not an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
