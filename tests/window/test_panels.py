"""Objects in real windows: drawn, updated in place, there again after a reload; errors, and how a panel is, shown in place."""

from __future__ import annotations

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.ownership import cells
from jupyterwin.panels.boards import dashboard
from jupyterwin.panels.content import Content
from support.panels import colours, picture, until


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


class Failing(Content):
    """Text that can be drawn only while it is told to be good."""

    kind = "text"
    good = False

    def snapshot(self) -> dict[str, object]:
        if not self.good:
            secret = "in a traceback"  # noqa: F841 -- looked for below
            raise LookupError("no column 'price'")
        return {"text": "drawn", "left": 0}


def test_an_object_is_drawn_updated_in_place_and_there_after_a_reload(app: App) -> None:
    window = app.open("one", content="first", width=300, height=200)
    until(window, "document.querySelector('.jw-text').textContent === 'first'")
    assert colours(picture(window)) > 1
    window.eval("void (globalThis.same = document.querySelector('.jw-text'))").result(10)
    window.content = range(2)
    until(window, "document.querySelector('.jw-text').textContent === 'range(0, 2)'")
    assert window.eval("globalThis.same === document.querySelector('.jw-text')").result(10)  # the same renderer drew it
    window.reload().result(20)
    until(window, "!globalThis.same && document.querySelector('.jw-text').textContent.includes('range')")


def test_an_update_keeps_where_the_person_scrolled_to(app: App) -> None:
    long = "\n".join(map(str, range(500)))
    window = app.open("one", content=long, width=300, height=200)
    until(window, "document.querySelector('.jw-text').textContent.includes('499')")
    window.eval("document.querySelector('.jw-text').scrollTop = 2000").result(10)
    window.content = long + "\nmore"
    until(window, "document.querySelector('.jw-text').textContent.endsWith('more')")
    assert window.eval("document.querySelector('.jw-text').scrollTop").result(10) == 2000


def test_a_cell_that_runs_again_updates_the_window_that_it_showed(app: App) -> None:
    cells.begin("cell", identified=True)
    first = app.open(content="one")
    until(first, "document.querySelector('.jw-text').textContent === 'one'")
    cells.begin("cell", identified=True)
    again = app.open(content="two")
    cells.end()
    assert again is first
    until(first, "document.querySelector('.jw-text').textContent === 'two'")
    assert first.title == "str"  # nobody gave it a name


def test_an_error_is_shown_in_place_in_short_and_goes_when_it_is_mended(app: App) -> None:
    content = Failing(None)
    window = app.open("one", content=content, width=400, height=200)
    shown = until(window, "document.querySelector('.jw-problem:not([hidden])')?.textContent")
    assert shown == "LookupError: no column 'price'"
    assert "traceback" not in window.eval("document.documentElement.outerHTML").result(10)
    assert ["in snapshot" in entry.trace for entry in window.log if entry.level == "error"] == [True]
    content.good = True
    window.refresh()
    until(window, "document.querySelector('.jw-problem').hidden")
    until(window, "document.querySelector('.jw-text').textContent === 'drawn'")
    assert window.panel.error is None


def test_how_a_panel_is_can_be_seen_and_heard(app: App) -> None:
    board = dashboard("board", "a b", app=app, width=600, height=300)
    window = board.window
    until(window, "document.querySelectorAll('.jw-empty').length === 2")
    board["a"] = "text"
    board["a"].busy = 0.25
    bar = until(window, "document.querySelector('.jw-busy:not([hidden])')?.getAttribute('aria-valuenow')")
    assert bar == "25"
    board["a"].doing = "reading rows"
    assert until(window, "document.querySelector('.jw-doing:not([hidden])')?.textContent") == "reading rows"
    assert until(window, "document.querySelector('[aria-busy=true]').querySelector('h2').textContent") == "a"
    board["a"].busy = False
    board["a"].stale = True
    assert until(window, "document.querySelector('.jw-badge:not([hidden])')?.textContent") == "stale"
    assert window.eval("document.querySelector('.jw-doing').hidden").result(10) is True
    board["a"] = "newer"
    until(window, "document.querySelector('.jw-badge').hidden")
    board["b"].error = ValueError("short")
    assert until(window, "document.querySelector('[role=alert]:not([hidden])')?.textContent") == "ValueError: short"
    board["b"].clear()
    until(window, "document.querySelectorAll('.jw-empty').length === 1")


def test_a_page_loads_nothing_but_its_own_files_and_runs_nothing_else(app: App) -> None:
    window = app.open("one", content="text")
    until(window, "document.querySelector('.jw-text') !== null")
    run = """
      const script = document.createElement("script");
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      const button = document.createElement("button");
      button.setAttribute("onclick", "globalThis.ran = true");
      document.body.append(button);
      button.click();
      let evaluated = true;
      try { (0, eval)("1"); } catch { evaluated = false; }
      const other = await fetch("preload.js").then(({ ok }) => ok, () => false);
      return [globalThis.ran ?? false, evaluated, other];
    """
    assert window.eval(run).result(10) == [False, False, False]
