"""``kernel.d.ts``: what the compiler of an editor makes of it, and what a person reads in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from jupyterwin import errors
from jupyterwin.main.handlers.signature import RESERVED, exposures
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.types.declaration import runtime
from jupyterwin.main.types.module import of_exposures, of_module
from jupyterwin.testing import HeadlessApp
from support.typescript import check

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def trading(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(PAGES)
    monkeypatch.delitem(sys.modules, "trading", raising=False)
    return "trading"


def types_of(**functions: Any) -> str:
    return of_exposures(exposures(functions, IpcEvent)).own


@pytest.mark.parametrize("page", ["right.ts", "wrong.ts"])
def test_a_page_is_accepted_where_it_is_right_and_nowhere_else(trading: str, tmp_path: Path, page: str) -> None:
    file = tmp_path / "kernel.d.ts"
    file.write_text(of_module(trading))
    said = check(file, PAGES / page)
    assert said.code == 0, said.out


def test_without_the_types_the_page_is_refused() -> None:
    """Or the compiler would accept everything."""
    assert check(PAGES / "right.ts").code != 0


def test_an_editor_shows_names_and_docstrings(trading: str) -> None:
    own = of_module(trading).own
    assert "readonly quote: jupyterwin.Function<(symbol: string, days?: number) => Promise<number[]>>;" in own
    assert "     * Prices of a symbol.\n     *\n     * The newest comes last." in own
    assert "  /** One leg of an order. */\n  interface Leg {" in own
    assert "    /** how many */\n    readonly count: number;" in own
    assert "interface Map_ {" in own
    assert "_private" not in own


def test_what_python_made_of_a_class_is_no_docstring(trading: str) -> None:
    assert "(*" not in types_of(fn=lambda: None)


@pytest.mark.parametrize("what", ["the functions that are listed", "the public functions"])
def test_the_functions_of_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    listed = "__all__ = ['b', 'C']\n" if what == "the functions that are listed" else ""
    text = f"from os.path import join\n{listed}def a(): ...\ndef b(): ...\ndef _c(): ...\nclass C: ...\n"
    (tmp_path / "some_functions.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "some_functions", raising=False)
    own = of_module("some_functions").own
    expected = ["b"] if listed else ["a", "b"]
    assert [name for name in ("a", "b", "_c", "C", "join") if f"readonly {name}:" in own] == expected


def test_functions_of_a_module_by_name(trading: str) -> None:
    own = of_module(f"{trading}:area, model").own
    assert own.count("jupyterwin.Function<") == 2


@pytest.mark.parametrize(
    ("target", "says"),
    [("no_such_module_here", "there is no module"), ("trading:nope", "has no function 'nope'; it has area")],
)
def test_what_is_not_there_is_named(trading: str, target: str, says: str) -> None:
    with pytest.raises(errors.UsageError, match=says):
        of_module(target)


def test_a_window_has_the_types_of_what_it_was_given(app: HeadlessApp) -> None:
    def add(a: int, b: int = 1) -> int:
        """Add two numbers."""
        return a + b

    window = app.open("a", expose=[add])
    text = window.types
    assert isinstance(text, str)
    assert "readonly add: jupyterwin.Function<(a: number, b?: number) => Promise<number>>;" in text
    assert text.endswith(runtime())
    shown = text._repr_mimebundle_()
    assert shown["text/markdown"].startswith("```typescript\ndeclare const kernel")
    assert "Add two numbers." in shown["text/plain"]
    assert "namespace jupyterwin" not in shown["text/plain"]
    assert "types" in dir(window)


def test_a_window_without_functions_has_the_channels(tmp_path: Path) -> None:
    file, page = tmp_path / "kernel.d.ts", tmp_path / "page.ts"
    file.write_text(of_exposures({}))
    page.write_text('kernel.send("x"); kernel.on("y", () => 1)();\n')
    assert check(file, page).ok()


def test_the_error_codes_are_those_of_the_error_classes() -> None:
    codes = {cls.code for cls in vars(errors).values() if isinstance(cls, type) and hasattr(cls, "code")}
    listed = runtime().split("type ErrorCode =")[1].split(";")[0]
    assert {line.strip('| "') for line in listed.split("\n") if line.strip()} == codes


def test_the_names_that_kernel_itself_uses_are_kept_free() -> None:
    declared = runtime().split("interface Kernel {")[1].split("\n  }")[0]
    names = {
        line.split(":")[0].removeprefix("    readonly ") for line in declared.split("\n") if "    readonly" in line
    }
    assert names
    assert names < RESERVED
