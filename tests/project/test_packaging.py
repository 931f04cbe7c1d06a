"""What is handed out: the sdist and the wheel hold the built JavaScript, and an install from them needs no Node."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from support.tree import PACKAGE, ROOT, tracked_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build(folder: Path, target: str, to: Path) -> Path:
    """Run the build back end as an installer would, in a folder, with nothing but Python and git on PATH."""
    call = f"import hatchling.build as b; print(b.build_{target}({str(to)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", call],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": os.environ["HOME"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return to / done.stdout.split()[-1]


def requires(folder: Path, *, skip: str = "") -> str:
    """Ask the build back end what it wants installed to build a wheel there."""
    call = "import hatchling.build as b; print(b.get_requires_for_build_wheel())"
    environment = {"PATH": os.defpath, "JUPYTERWIN_SKIP_JS": skip}
    return subprocess.run(
        [sys.executable, "-c", call],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


def test_sdist_and_wheel_hold_the_built_javascript(tmp_path, hook):
    built = {file.name for file in hook.built(ROOT)}
    assert built, "scripts/setup builds js/ first"
    archive = build(ROOT, "sdist", tmp_path)
    with tarfile.open(archive) as tar:
        # As an attribute: the argument came with 3.11.4, and distributions have 3.11.2; 3.12 warns where neither is given.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(tmp_path / "out")  # noqa: S202 -- our own archive
    (unpacked,) = (tmp_path / "out").iterdir()
    assert {file.name for file in (unpacked / "jupyterwin" / "static").glob("*.js")} == built
    assert not list(unpacked.rglob("node_modules"))
    assert hook.NODE not in requires(unpacked), "an sdist holds the built files: it must not ask for Node"
    wheel = build(unpacked, "wheel", tmp_path)
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
    assert {
        Path(name).name for name in names if name.startswith("jupyterwin/static/") and name.endswith(".js")
    } == built
    outside = [name for name in names if not name.startswith(("jupyterwin/", "jupyterwin-"))]
    assert not outside, f"the wheel holds files outside the package: {outside}"


def test_a_tree_without_the_built_files_asks_for_node(tmp_path, hook):
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "jupyterwin/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert hook.NODE in requires(tmp_path)
    assert hook.NODE not in requires(tmp_path, skip="1")


def test_a_failed_build_leaves_no_half(tmp_path, hook, monkeypatch):
    static = tmp_path / "jupyterwin" / "static"
    static.mkdir(parents=True)

    def npm(_folder, *arguments):
        (static / "one.js").write_text("")
        if arguments[0] == "run":
            raise RuntimeError("no")

    monkeypatch.setattr(hook, "npm", npm)
    with pytest.raises(RuntimeError):
        hook.build(tmp_path)
    assert not hook.built(tmp_path)


def test_the_hook_and_the_tests_use_one_node(hook):
    assert hook.NODE in PROJECT["project"]["optional-dependencies"]["test"]


def test_built_files_are_not_tracked():
    tracked = [file.name for file in tracked_files() if file.parent == PACKAGE / "static" and file.suffix == ".js"]
    assert not tracked, f"git rm --cached jupyterwin/static/{tracked[0]}: built files are for the sdist and the wheel"
