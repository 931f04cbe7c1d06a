"""Imports go downward only: a folder is one process, or one promise. The tables are the rule; the messages are the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.imports import Import, imports_of, is_within, module_name
from support.tree import PACKAGE, ROOT, shown, sources

# Which of our own parts each part may import, besides itself. Anything not named here is refused.
MAY_IMPORT = {
    "errors": set(),
    "wire": {"errors"},
    "security": {"errors", "wire"},
    "carriers": {"errors", "wire", "security"},
    "main": {"errors", "wire", "security", "carriers"},
    "panels": {"errors", "wire", "security", "carriers", "main"},
    "notebook": {"errors", "wire", "security", "carriers", "main", "panels", "host"},
    "testing": {"errors", "wire", "security", "carriers", "main"},
    "cli": {"errors", "wire", "security", "carriers", "main", "panels", "notebook", "testing"},
    "host": {"errors", "wire", "security", "carriers"},
    # The door itself: it names everybody's public names, and imports them when they are asked for.
    "__init__": {"errors", "main", "panels", "notebook", "testing"},
}

# What a pure part has no business with: it decides, others move, wait and touch the system.
IMPURE = (
    "_thread", "asyncio", "concurrent", "multiprocessing", "os", "queue", "sched", "select", "selectors", "shutil",
    "signal", "socket", "socketserver", "ssl", "subprocess", "tempfile", "threading", "time", "tornado", "zmq",
)  # fmt: skip
GUI = ("PySide6", "qtpy", "webview")
IPYTHON = ("IPython",)
KERNEL = ("IPython", "ipykernel", "jupyter_client", "traitlets", "anywidget", "ipywidgets")

# (part, modules it must not import, why, what to do instead)
REFUSED = (
    ("wire", IMPURE, "wire is pure", "take the value as an argument, and let a carrier or main fetch it"),
    ("security", IMPURE, "security is pure", "say it as data here, and let the launcher or the host do it"),
    ("wire", GUI + KERNEL, "wire runs in every process", "keep it to the standard library and msgspec"),
    ("security", GUI + KERNEL, "security runs in every process", "keep it to the standard library and msgspec"),
    ("carriers", GUI + KERNEL, "carriers move frames and know nothing else", "hand the frame to who knows"),
    ("main", IPYTHON + GUI, "main knows no front end and holds no GUI", "give main a hook that notebook/ fills"),
    ("panels", IPYTHON + GUI, "panels know no front end and hold no GUI", "give panels a hook that notebook/ fills"),
    ("notebook", GUI, "the kernel holds no GUI", "ask the host by a control frame"),
    ("cli", GUI, "the command holds no GUI", "ask the host by a control frame"),
    ("host", KERNEL, "the host holds no kernel code", "let the kernel do it, and send a frame"),
    ("__init__", GUI + KERNEL, "importing the package loads nothing", "put the name into the lazy table"),
)  # fmt: skip

FILES = sources(".py", "jupyterwin")


def part_of(module: str) -> str:
    """Name the part of the package a module belongs to."""
    return [*module.split("."), "__init__"][1]


def own_imports(file: Path) -> list[tuple[Import, str]]:
    """List the imports of our own modules, each with its part; `from jupyterwin import name` is told by the name."""
    found = []
    for each in imports_of(file, ROOT):
        if each.module.startswith("jupyterwin."):
            part = part_of(each.module)
            if part in MAY_IMPORT:
                found.append((each, part))
    return found


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_imports_go_downward(file):
    mine = part_of(module_name(file, ROOT))
    wrong = [
        f"{shown(file)}:{each.line} imports {each.module}, but {mine} may import only "
        f"{', '.join(sorted(MAY_IMPORT[mine])) or 'nothing of ours'}: move what it needs down, or take it as an argument"
        for each, part in own_imports(file)
        if part not in MAY_IMPORT[mine] | {mine}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_no_part_imports_what_it_must_not_know(file):
    mine = part_of(module_name(file, ROOT))
    wrong = sorted(
        {
            f"{shown(file)}:{each.line} imports {each.module}: {why}; {instead}"
            for part, modules, why, instead in REFUSED
            if part == mine
            for each in imports_of(file, ROOT)
            if any(is_within(each.module, module) for module in modules)
        }
    )
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_rule():
    parts = {part_of(module_name(file, ROOT)) for file in FILES}
    unknown = sorted(parts - MAY_IMPORT.keys())
    assert not unknown, f"say in MAY_IMPORT what {', '.join(unknown)} may import (in {shown(Path(__file__))})"


def test_the_rules_see_an_upward_import(tmp_path):
    file = tmp_path / "jupyterwin" / "wire" / "frames.py"
    file.parent.mkdir(parents=True)
    file.write_text(
        "from ..main import app\nfrom .. import host\nimport jupyterwin.notebook.magics\n"
        "def f():\n    import threading\n    from os import path\n    import_module('jupyterwin.cli')\n"
    )
    modules = {each.module for each in imports_of(file, tmp_path)}
    assert modules >= {"jupyterwin.main", "jupyterwin.host", "jupyterwin.notebook.magics", "threading", "os"}
    assert "jupyterwin.cli" in modules
    assert {part_of(module) for module in modules if is_within(module, "jupyterwin")} >= {"main", "host", "cli"}
    assert PACKAGE.name == "jupyterwin"
