"""``jupyterwin types``, as a person runs it in the folder of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import run
from support.typescript import check


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "prices.py").write_text("def quote(symbol: str) -> float:\n    'A price.'\n\ndef other(): ...\n")
    return tmp_path


def test_it_writes_what_the_compiler_takes(project: Path) -> None:
    said = run("types", "prices", "-o", "kernel.d.ts", cwd=project).ok()
    assert said.out == ""
    page = project / "page.ts"
    page.write_text('kernel.quote("MSFT").then((price) => price.toFixed());\n')
    check(project / "kernel.d.ts", page).ok()


def test_without_a_file_it_prints(project: Path) -> None:
    said = run("types", "prices:quote", cwd=project).ok()
    assert "/** A price. */" in said.out
    assert "readonly other" not in said.out


@pytest.mark.parametrize(
    ("target", "says"), [("nowhere", "there is no module 'nowhere'"), ("prices:nope", "it has quote, other")]
)
def test_what_is_not_there_is_said_in_a_line(project: Path, target: str, says: str) -> None:
    said = run("types", target, cwd=project)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
