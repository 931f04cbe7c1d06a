"""Hints of functions that were exchanged in place: from their file, as text, and never by running it."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from jupyterwin.main.handlers.patched import read_hints_again


def function(file: Path, source: str, name: str) -> Any:
    file.write_text(source)
    spec = spec_from_file_location("patched", file)
    assert spec
    assert spec.loader
    found: Any = module_from_spec(spec)
    spec.loader.exec_module(found)
    for part in name.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize(
    ("before", "after", "name", "hints"),
    [
        ("def f(a: int): pass", "def f(a: 'str | None', /, *b: int, c: list[int] = 1, **d) -> float: pass", "f", None),
        ("class K:\n def f(self, a: int): pass", "class K:\n async def f(self, a: str): pass", "K.f", {"a": "str"}),
        ("def f(a: int): pass", "def f(a: str): pass\ndef f(a: bytes): pass", "f", {"a": "bytes"}),
        ("def f(a: int): pass", "def f(a): pass", "f", {}),
        ("def f(a: int): pass", "def f(a: print('run')): pass", "f", {"a": "print('run')"}),
        ("def f(a: int): pass", "def g(a: str): pass", "f", {"a": int}),
        ("def f(a: int): pass", "def f(a: str: pass", "f", {"a": int}),
        ("def f(a: int): pass", "f = 1", "f", {"a": int}),
    ],
)
def test_hints_are_those_of_the_file(
    tmp_path: Path, before: str, after: str, name: str, hints: dict[str, Any] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    fn = function(tmp_path / "m.py", before, name)
    (tmp_path / "m.py").write_text(after)
    read_hints_again(fn)
    assert fn.__annotations__ == (
        hints if hints is not None else {"a": "str | None", "b": "int", "c": "list[int]", "return": "float"}
    )
    assert not capsys.readouterr().out


def test_a_file_that_is_gone_changes_nothing(tmp_path: Path) -> None:
    fn = function(tmp_path / "m.py", "def f(a: int): pass", "f")
    (tmp_path / "m.py").unlink()
    read_hints_again(fn)
    assert fn.__annotations__ == {"a": int}
