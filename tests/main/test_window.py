"""Window and App: names, life, options and traits, without a screen."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from jupyterwin.errors import HostGone, UsageError, WindowClosed
from jupyterwin.main.handlers.pace import INTERVAL
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control


def test_open_gets_or_creates_by_name_and_replaces_the_content(app: HeadlessApp) -> None:
    first = app.open("a", html="one")
    first.ready().result(DEADLINE)
    loaded = first.next("ready")
    assert app.open("a", html="two", expose={"ping": lambda: "pong"}) is first
    loaded.result(DEADLINE)
    assert len(app.windows) == 1
    assert [c.content.html for c in app.hosts[0].commands if isinstance(c, control.LoadContent)] == ["two"]
    assert app.page(first).call("ping") == "pong"


def test_constructing_a_window_with_a_live_name_raises(app: HeadlessApp) -> None:
    app.open("a")
    with pytest.raises(UsageError, match="a window named 'a' is open"):
        Window("a", app=app)


def test_a_closed_window_frees_its_name_and_stays_readable(app: HeadlessApp) -> None:
    window = app.open("a")
    closed = window.next("closed")
    window.close()
    closed.result(DEADLINE)
    assert (window.status, window.name, len(app.windows)) == ("closed", "a", 0)
    assert app.open("a") is not window


def test_sends_to_a_closed_window_are_counted_and_logged_once(app: HeadlessApp) -> None:
    window = _closed(app)
    for n in range(3):
        window.send("x", n)
    assert window.dropped == 3
    assert sum("was dropped" in entry.message for entry in window.log) == 1


def test_on_closed_raise_asks_for_the_error(app: HeadlessApp) -> None:
    window = _closed(app, on_closed="raise")
    with pytest.raises(WindowClosed, match=r"window 'a' is closed: jw\.open"):
        window.send("x")


def test_calls_to_a_closed_window_end_in_window_closed(app: HeadlessApp) -> None:
    window = _closed(app)
    for pending in (window.invoke("x"), window.capture(), window.reload(), window.eval("1")):
        with pytest.raises(WindowClosed):
            pending.result(DEADLINE)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"width": "wide"}, "width: a whole number"),
        ({"height": 1}, "height: a whole number"),
        ({"on_closed": "maybe"}, "on_closed: one of drop, raise"),
        ({"min_sandbox": "most"}, "min_sandbox: one of full"),
        ({"html": "a", "path": "b"}, "html= or path="),
        ({"path": "/nowhere/at/all"}, "path: there is no"),
        ({"grant": [3]}, "grant: names of channels"),
        ({"expose": [3]}, "expose: 3 is not a function"),
        ({"preload": "/nowhere.js"}, "preload: /nowhere.js cannot be read"),
    ],
)
def test_bad_options_name_the_field_and_open_nothing(app: HeadlessApp, options: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        app.open("a", **options)
    assert len(app.windows) == 0
    assert app.hosts == []


def test_a_folder_serves_what_is_below_it_and_nothing_else(app: HeadlessApp, tmp_path: Path) -> None:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "index.html").write_text("<p>")
    (folder / "code.js").write_text("1")
    (tmp_path / "secret.txt").write_text("s")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    window = app.open("a", path=folder)
    assert window.serve_file("code.js").mime == "text/javascript"
    for bad in ("../secret.txt", "link.txt", "none.js", "", "\0"):
        assert window.serve_file(bad).status == 404


def test_setting_a_trait_tells_the_host_and_a_report_of_the_host_does_not(app: HeadlessApp) -> None:
    window = app.open("a")
    window.ready().result(DEADLINE)
    shown = window.next("show")
    app.hosts[0].tell(control.Changed(window.id, control.Native(title="by the page", visible=True)))
    shown.result(DEADLINE)
    assert window.title == "by the page"
    window.title = "by the kernel"
    window.focus().result(DEADLINE)
    told = [c.native.title for c in app.hosts[0].commands if isinstance(c, control.SetWindow) and c.native.title]
    assert told == ["by the kernel"]


def test_console_lines_are_in_the_log(app: HeadlessApp) -> None:
    window = app.open("a")
    line = window.next("console-message")
    app.hosts[0].tell(control.Console(window.id, "error", "Uncaught ReferenceError", "app.js", 3))
    assert line.result(DEADLINE).message == "Uncaught ReferenceError"
    assert str(window.log[-1]).endswith("(app.js:3)")


def test_a_crashed_page_comes_back_by_reload(app: HeadlessApp) -> None:
    window = app.open("a", expose={"ping": lambda: "pong"}, on_crash="show-error")
    gone = window.next("render-process-gone")
    window.ready().result(DEADLINE)
    app.hosts[0].tell(control.RendererGone(window.id, "killed", 9))
    assert gone.result(DEADLINE) == ("killed", 9)
    assert window.status == "crashed"
    back = window.next("ready")
    window.reload()
    back.result(DEADLINE)
    assert app.page(window).call("ping") == "pong"


def test_a_host_that_ends_takes_its_windows_and_the_next_open_starts_another() -> None:
    with HeadlessApp(connect=False) as app:
        window = app.open("a", on_crash="close")
        closed, pending = window.next("closed"), window.invoke("x")
        app.hosts[0].kill()
        closed.result(DEADLINE)
        with pytest.raises(HostGone):
            pending.result(DEADLINE)
        with pytest.raises(HostGone):
            window.ready().result(DEADLINE)
        again = app.open("a")
        app.hosts[1].connect_page(again.id)
        assert again.ready().result(DEADLINE).status == "ready"
        assert len(app.hosts) == 2


def test_the_switch_interval_is_shorter_while_windows_are_open(app: HeadlessApp) -> None:
    before = sys.getswitchinterval()
    window = app.open("a")
    assert sys.getswitchinterval() == pytest.approx(INTERVAL)
    closed = window.next("closed")
    window.close()
    closed.result(DEADLINE)
    assert sys.getswitchinterval() == before


def test_wait_ends_with_the_last_window(app: HeadlessApp) -> None:
    windows = [app.open("a"), app.open("b")]
    threading.Thread(target=lambda: [w.close() for w in windows]).start()
    app.wait(DEADLINE)
    assert len(app.windows) == 0


def test_dir_shows_only_what_is_ours(app: HeadlessApp) -> None:
    window = app.open("a")
    names = dir(window)
    assert "send" in names
    assert "observe" not in names
    assert not [n for n in names if n.startswith("_")]
    assert all(hasattr(window, n) for n in names)


def test_the_card_names_the_window_and_escapes_it(app: HeadlessApp) -> None:
    window = app.open("<b>a</b>")
    window.ready().result(DEADLINE)
    bundle = window._repr_mimebundle_()
    assert bundle["text/plain"] == "<Window '<b>a</b>' ready>"
    assert "&lt;b&gt;a&lt;/b&gt;" in bundle["text/html"]
    assert "<b><b>" not in bundle["text/html"]


def test_a_renderer_below_min_sandbox_ends_its_window(app: HeadlessApp) -> None:
    strict, lenient = app.open("a", min_sandbox="full"), app.open("b")
    lenient.ready().result(DEADLINE)
    closed = strict.next("closed")
    for window in (strict, lenient):
        app.hosts[0].tell(control.RendererReady(window.id, 1, control.SandboxState("outer")))
    closed.result(DEADLINE)
    assert "min_sandbox: 'full' was asked for, the renderer reached 'outer'" in strict.log
    assert (strict.status, lenient.status) == ("closed", "ready")


class TestCells:
    """What a cell registers belongs to that cell."""

    def test_running_a_cell_again_disposes_what_it_registered_and_nothing_of_others(self, app: HeadlessApp) -> None:
        _cell("one", lambda: app.ipc.handle("one", lambda _event: 1))
        _cell("two", lambda: app.ipc.handle("two", lambda _event: 2))
        _cell("one", lambda: None)
        assert app.ipc.channels() == {"two"}

    def test_a_handler_registered_again_by_its_cell_replaces_the_first(self, app: HeadlessApp) -> None:
        window = app.open("a")
        for answer in (1, 2):
            _cell("one", lambda answer=answer: window.ipc.handle("x", lambda _event: answer))
        assert app.page(window).call("x") == 2

    def test_the_same_definition_from_an_edited_cell_replaces_the_first(self, app: HeadlessApp) -> None:
        def handler(_event: object) -> int:
            return 1

        _cell("before the edit", lambda: app.ipc.handle("x", handler))
        _cell("after the edit", lambda: app.ipc.handle("x", handler))
        assert app.ipc.channels() == {"x"}

    def test_listeners_do_not_pile_up(self, app: HeadlessApp) -> None:
        window, heard = app.open("a"), []
        for _ in range(3):
            _cell("one", lambda: window.ipc.on("x", lambda _event, word: heard.append(word)))
        last: Pending[None] = Pending("the last word")
        window.ipc.on("x", lambda _event, word: word == "last" and last.settle(None))
        page = app.page(window)
        page.send("x", "first")
        page.send("x", "last")
        last.result(DEADLINE)
        assert heard == ["first", "last"]

    def test_unnamed_windows_are_updated_and_those_no_longer_made_are_closed(self, app: HeadlessApp) -> None:
        made: list[Window] = []
        _cell("one", lambda: made.extend([app.open(html="a"), app.open(html="b")]))
        _cell("one", lambda: made.append(app.open(html="c")))
        assert made[2] is made[0]
        _closed_soon(made[1])
        assert [w.name for w in app.windows] == [made[0].name]

    def test_named_windows_outlive_the_run_of_their_cell(self, app: HeadlessApp) -> None:
        _cell("one", lambda: app.open("a"))
        _cell("one", lambda: None)
        assert "a" in app.windows


def _cell(key: str, body: object) -> None:
    cells.begin(key)
    try:
        body()  # type: ignore[operator]
    finally:
        cells.end()


def _closed(app: HeadlessApp, **options: object) -> Window:
    window = app.open("a", **options)
    window.ready().result(DEADLINE)
    closed = window.next("closed")
    window.close()
    closed.result(DEADLINE)
    return window


def _closed_soon(window: Window) -> None:
    if window.status != "closed":
        window.next("closed").result(DEADLINE)
