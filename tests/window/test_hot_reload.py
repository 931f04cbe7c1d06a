"""A window on a folder follows its files: what the page is made of loads it again, data and other folders do not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready

PAGE = """<!doctype html><link rel=stylesheet href=style.css><script type=module src=code.js></script>
<p id=text>one</p>"""
LOADED = "new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "style.css").write_text("p { color: rgb(1, 2, 3) }")
    (tmp_path / "code.js").write_text("document.title = 'one'; fetch('data.json')")
    (tmp_path / "data.json").write_text("1")
    (tmp_path / "preload.js").write_text("jupyterwin.contextBridge.exposeInMainWorld('given', 'one')")
    return tmp_path


def write(file: Path, text: str) -> None:
    """As editors do: at no moment is the file empty."""
    beside = file.with_name("beside")
    beside.write_text(text)
    beside.replace(file)


def seen(window: Window, script: str) -> object:
    """What the page of the last load that nobody else replaces says; it has loaded all it is made of."""
    window.eval(LOADED).result(20)
    return window.eval(script).result(20)


def follows(window: Window, name: str) -> None:
    """Return when the window is being loaded again because of this file: what is asked of it then waits for the new page."""
    until = time.monotonic() + 20
    while f"loaded again, because of {name}" not in window.log:
        assert time.monotonic() < until, window.log
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("name", "text", "script"),
    [
        ("index.html", PAGE.replace("one", "two"), "document.querySelector('#text').textContent"),
        ("style.css", "p { color: rgb(4, 5, 6) }", "getComputedStyle(document.querySelector('p')).color"),
        ("code.js", "document.title = 'two'", "document.title"),
        ("preload.js", "jupyterwin.contextBridge.exposeInMainWorld('given', 'two')", "given"),
    ],
)
def test_a_file_that_the_page_is_made_of_loads_it_again(
    app: App, folder: Path, name: str, text: str, script: str
) -> None:
    window = open_ready(app, "w", path=folder, preload=folder / "preload.js")
    before = seen(window, script)
    write(folder / name, text)
    follows(window, name)
    assert seen(window, script) != before


def test_data_and_other_files_load_nothing_again_and_neither_does_a_window_that_was_told_not_to(
    app: App, folder: Path
) -> None:
    one = open_ready(app, "one", path=folder)
    stays = open_ready(app, "stays", path=folder, hot_reload=False)
    for window in (one, stays):
        seen(window, "1")
        window.eval("globalThis.mark = 'kept'").result(20)
    write(folder / "data.json", "22")
    write(folder / "notes.txt", "nobody asked for it")
    write(folder / "other.js", "nobody asked for it")
    write(folder / "code.js", "document.title = 'three'")  # the watch has looked at the rest by then
    follows(one, "code.js")
    assert seen(one, "document.title") == "three"
    assert "data.json" not in one.log
    assert "other.js" not in one.log
    assert seen(stays, "mark") == "kept"


def test_a_file_that_was_missing_loads_the_page_again_when_it_comes(app: App, folder: Path) -> None:
    (folder / "code.js").unlink()
    window = open_ready(app, "w", path=folder)
    seen(window, "1")
    write(folder / "code.js", "document.title = 'here'")
    follows(window, "code.js")
    assert seen(window, "document.title") == "here"


def test_the_watch_ends_with_its_last_window(app: App, folder: Path) -> None:
    window = open_ready(app, "w", path=folder)
    seen(window, "1")
    watch = app.hot_reload._thread
    assert watch is not None
    window.close().result(20)
    watch.join(10)
    assert not watch.is_alive()
    again = open_ready(app, "w", path=folder)
    seen(again, "1")
    write(folder / "index.html", PAGE.replace("one", "three"))
    follows(again, "index.html")
