"""Preload scripts on the kernel's side: which a window has, in which order, read when; and which are refused, how."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main import preloads
from jupyterwin.main.ownership import cells
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control
from jupyterwin.wire.frames import ErrorRecord, Fault


@pytest.fixture
def files(tmp_path: Path) -> Any:
    """Write a script; its path."""

    def write(name: str, text: str = "1") -> Path:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def sent(app: HeadlessApp) -> list[tuple[str, str]]:
    """Name and source of the scripts of the load that was asked for last."""
    loads = [
        command
        for command in app.hosts[-1].commands
        if isinstance(command, control.CreateWindow | control.LoadContent | control.Reload)
    ]
    return [(script.name, script.source) for script in loads[-1].preloads]


def test_those_of_all_windows_run_first_then_the_windows_own_each_in_its_order(app: HeadlessApp, files: Any) -> None:
    first = app.register_preload_script(files("lib/first.js", "first"))
    second = app.register_preload_script(str(files("lib/second.js", "second")), id="second")
    window = app.open("a", preload=[files("own.js", "own"), files("more.js", "more")])
    window.ready().result(DEADLINE)
    assert sent(app) == [("first.js", "first"), ("second.js", "second"), ("own.js", "own"), ("more.js", "more")]
    assert [(script.id, script.path.name) for script in app.get_preload_scripts()] == [
        (first, "first.js"),
        ("second", "second.js"),
    ]
    assert second == "second"
    app.unregister_preload_script(first)
    window.reload().result(DEADLINE)
    assert [name for name, _ in sent(app)] == ["second.js", "own.js", "more.js"]
    again = window.next("ready")
    app.open("a", html="other")
    again.result(DEADLINE)
    assert [name for name, _ in sent(app)] == ["second.js"]


def test_files_are_read_anew_at_each_load(app: HeadlessApp, files: Any) -> None:
    window = app.open("a", preload=files("p.js", "one"))
    window.ready().result(DEADLINE)
    files("p.js", "two")
    window.reload().result(DEADLINE)
    assert sent(app) == [("p.js", "two")]


def test_a_registered_script_belongs_to_the_application_and_is_there_once(app: HeadlessApp, files: Any) -> None:
    script = files("p.js")
    for _ in range(3):
        cells.begin("one", identified=True)
        id_ = app.register_preload_script(script)
        cells.end()
    assert app.register_preload_script(script, id=id_) == id_
    assert len(app.get_preload_scripts()) == 1
    assert app.register_preload_script(script, id="again") == "again"
    with pytest.raises(UsageError, match="'again' is registered: unregister_preload_script"):
        app.register_preload_script(files("q.js"), id="again")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda app, _: app.register_preload_script("/nowhere.js"), "/nowhere.js cannot be read"),
        (lambda app, script: app.register_preload_script(script, id=""), "id: a name is needed"),
        (lambda app, _: app.unregister_preload_script("x"), "no preload script 'x' is registered; there are: none"),
    ],
)
def test_a_mistake_is_told_at_once(app: HeadlessApp, files: Any, call: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        call(app, files("p.js"))
    assert app.get_preload_scripts() == []


def test_the_page_knows_names_and_no_folder_and_two_of_one_name_apart(files: Any) -> None:
    paths = [files(name) for name in ("a/p.js", "b/p.js", "my script é.js", "q'\"`.js")]
    loaded = preloads.load(paths)
    assert [script.name for script in loaded.scripts] == ["p.js", "p-2.js", "my_script_é.js", "q___.js"]
    assert loaded.files["p-2.js"] == paths[1]


MODULES = [
    ("p.js", "// one\nimport x from 'y';", 2, "import"),
    ("p.js", "import{a}from'./a.js';", 1, "import"),
    ("p.js", "import './a.js'", 1, "import"),
    ("p.js", 'let a;\n  import * as b from "b"', 2, "import"),
    ("p.js", "export default 1", 1, "export"),
    ("p.js", "const a = 1;export{a}", 1, "export"),
    ("p.js", "/* a\nb */\nexport const c = 1", 3, "export"),
    ("p.mjs", "1", 1, ".mjs file"),
    ("p.ts", "1", 1, ".ts file"),
]


@pytest.mark.parametrize(("name", "text", "line", "what"), MODULES)
def test_a_module_is_refused_by_its_line_with_the_cure(
    app: HeadlessApp, files: Any, name: str, text: str, line: int, what: str
) -> None:
    with pytest.raises(UsageError, match=rf"{name}:{line}: a preload is one classic script.*{what}.*esbuild {name}"):
        app.open("a", preload=files(name, text))
    assert len(app.windows) == 0


@pytest.mark.parametrize(
    "text",
    [
        "/*\nimport x from 'y'\n*/",
        "// import x from 'y'",
        "const s = `\nimport x from 'y'\nexport default 1\n`",
        "const s = '\\\nimport x'",
        "import('./later.js')",
        "const important = 1; exported = 2;",
        "const o = {\nimport: 1,\nexport: 2 }",
        "a.\nimport",
    ],
)
def test_what_only_looks_like_a_module_is_none(files: Any, text: str) -> None:
    assert preloads.own(files("p.js", text))


def test_one_that_cannot_be_read_any_more_is_told_and_the_others_run(
    app: HeadlessApp, files: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, there = files("gone.js"), files("there.js")
    window = app.open("a", preload=[gone, there])
    window.ready().result(DEADLINE)
    gone.unlink()
    told = window.next("preload-error")
    window.reload().result(DEADLINE)
    path, error = told.result(DEADLINE)
    assert path == str(gone)
    assert isinstance(error, UsageError)
    assert [name for name, _ in sent(app)] == ["there.js"]
    assert f"preload: {gone} cannot be read" in window.log
    assert "window 'a': a preload failed: preload: " in capsys.readouterr().err


def fault(message: str = "boom", file: str = "p.js") -> Fault:
    return Fault(ErrorRecord("handler-raised", message, "TypeError"), file, 3)


def test_one_that_throws_is_told_with_its_file_and_line(
    app: HeadlessApp, files: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    script = files("p.js")
    window = app.open("a", preload=script)
    window.ready().result(DEADLINE)
    told = window.next("preload-error")
    app.page(window).push(fault())
    path, error = told.result(DEADLINE)
    assert (path, error.name, str(error)) == (str(script), "TypeError", "TypeError: boom")
    [entry] = [one for one in window.log if one.level == "error"]
    assert (entry.source, entry.line, entry.message) == (str(script), 3, "a preload failed: TypeError: boom")
    assert f"jupyterwin: window 'a': {script}:3: a preload failed: TypeError: boom" in capsys.readouterr().err


def test_one_that_fails_in_a_loop_is_told_a_hundred_times_and_cut_off_at_last(app: HeadlessApp, files: Any) -> None:
    window = app.open("a", preload=files("p.js"))
    window.ready().result(DEADLINE)
    told = threading.Semaphore(0)
    window.on("preload-error", lambda *_details: told.release())
    page = app.page(window)
    for number in range(10_001):
        page.push(fault(str(number)))
    page.wait_for(lambda: page.closed)
    assert all(told.acquire(timeout=DEADLINE) for _ in range(100))
    assert sum("a preload failed" in entry.message for entry in window.log) == 100
    assert "more than 10000 faults of preload scripts" in window.log
