"""Files are small, say what they are, hold no JavaScript in Python, and name no machine and no registry."""

from __future__ import annotations

import ast
import json
import re

import pytest

from support.tree import ROOT, shown, sources, tracked_files

# About 300 lines; a file that passes this holds two nouns.
LIMIT = 320
# Files that may be longer, each with its reason. A name that is no longer needed here fails too.
LONGER: dict[str, str] = {}

PYTHON = [*sources(".py", "jupyterwin", "tests", "benchmarks"), ROOT / "hatch_build.py"]
TYPESCRIPT = [file for file in sources(".ts", "js") if not file.name.endswith(".d.ts")]

# Written in pieces, or this file would break its own rule.
REGISTRIES = [
    re.escape(".".join(name))
    for name in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("deb", "debian", "org"), ("security", "debian", "org"), ("archive", "ubuntu", "com"), ("jsr", "io"),
        ("anaconda", "org"), ("crates", "io"), ("npmmirror", "com"),
    )
]  # fmt: skip
REGISTRY = re.compile("|".join(REGISTRIES))
# A path of somebody's machine. The system's own folders (/usr, /etc, /proc, /tmp) are the same everywhere.
MACHINE_PATH = re.compile(r"(?<![\w/.:*$}~-])/(?:work|root|Users|mnt|home/(?!user\b|jupyterwin\b))/?[\w.-]+/")

# Text in a Python string that can only be a script: it belongs into js/, where it is typed, checked and tested.
SCRIPT = re.compile(
    r"=>\s*[{(]|\bfunction\s*\w*\s*\(|\bdocument\.\w|\baddEventListener\b|\b(?:const|let|var)\s+\w+\s*=|;\s*return\b"
)


def is_generated(text: str) -> bool:
    """Tell by its first lines whether a program wrote a file."""
    return "generated" in "".join(text.splitlines(keepends=True)[:3]).lower()


@pytest.mark.parametrize("file", PYTHON + TYPESCRIPT, ids=shown)
def test_a_file_is_one_noun(file):
    text = file.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if is_generated(text) or shown(file) in LONGER:
        return
    assert lines <= LIMIT, (
        f"{shown(file)} has {lines} lines, {LIMIT} are allowed: it holds two nouns, give each its file "
        "(or name it in LONGER with the reason)"
    )


def test_exceptions_from_the_length_are_still_needed():
    needless = [name for name in LONGER if not (ROOT / name).exists() or _lines(name) <= LIMIT]
    assert not needless, f"take out of LONGER: {', '.join(needless)}"


def _lines(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("file", PYTHON, ids=shown)
def test_a_module_opens_with_what_it_is(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), (
        f"{shown(file)}: the first line of a module says what it is, the next what it must not know"
    )


@pytest.mark.parametrize("file", sources(".py", "jupyterwin"), ids=shown)
def test_no_javascript_in_python(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    wrong = [
        f"{shown(file)}:{node.lineno} holds a script in a string: put it into js/src, built into jupyterwin/static"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        if SCRIPT.search(node.value)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_registry_or_a_machine():
    wrong = []
    for file in tracked_files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            if found := REGISTRY.search(line):
                wrong.append(
                    f"{shown(file)}:{number} names the registry {found[0]}: the reader's own client knows where"
                )
            if found := MACHINE_PATH.search(line):
                wrong.append(f"{shown(file)}:{number} holds the path {found[0]}… of one machine: make it relative")
    assert not wrong, "\n".join(wrong)


def test_the_lock_file_holds_no_addresses():
    lock = ROOT / "js" / "package-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    wrong = [name for name, package in packages.items() if "resolved" in package and not package.get("link")]
    cure = "npm --prefix js install --omit-lockfile-registry-resolved, and keep that line in js/.npmrc"
    assert not wrong, f"js/package-lock.json says where {len(wrong)} packages came from ({wrong[0]} …): {cure}"
    unlocked = [
        name for name, package in packages.items() if name and not package.get("link") and "integrity" not in package
    ]
    assert not unlocked, f"js/package-lock.json holds no checksum for {unlocked[:3]}"
