"""Where a window goes: loads and their outcomes, events, back and forward, the kernel's veto. A real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterwin.errors import LoadFailed, UsageError, WindowClosed
from jupyterwin.main.app import App
from jupyterwin.main.pending import Pending
from jupyterwin.main.preventable import Preventable
from jupyterwin.main.window import Window

BOUND = 30
STAGES = ("dom-ready", "did-stop-loading", "did-finish-load")
"""The last things that are told of a load."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(
        "<title>one</title><a id=two href=two.html>two</a><a id=far href=far.html>far</a>"
    )
    (tmp_path / "two.html").write_text("<title>two</title>")
    return tmp_path


def opened(app: App, **options: object) -> Window:
    """A window whose first load is over, with all that is told of it."""
    there: list[Pending[object]] = []
    dispose = app.policy(lambda window: there.extend(map(window.next, STAGES)))
    window = app.open("a", **options)
    dispose()
    for event in there:
        event.result(BOUND)
    return window


def listen(window: Window, *names: str) -> list[tuple[object, ...]]:
    """What is told of these events, in order."""
    told: list[tuple[object, ...]] = []
    for name in names:
        window.on(name, lambda *details, name=name: told.append((name, *details)))
    return told


def test_a_load_tells_its_stages_in_order(app: App, folder: Path) -> None:
    window = opened(app, html="<title>first</title>")
    names = (
        "did-start-loading did-navigate ready dom-ready did-finish-load did-stop-loading did-navigate-in-page".split()
    )
    told = listen(window, *names)
    there = [window.next(name) for name in STAGES]
    assert window.load(path=folder).result(BOUND) is None
    for event in there:
        event.result(BOUND)
    order = [entry[0] for entry in told]
    assert [order.count(name) for name in names] == [1, 1, 1, 1, 1, 1, 0]
    assert order[:2] == ["did-start-loading", "did-navigate"]
    assert order.index("ready") < order.index("dom-ready")
    assert ("did-navigate", window.url) in told
    assert (window.title, window.url.startswith("jw://")) == ("one", True)


def test_a_load_keeps_what_the_page_may_reach(app: App) -> None:
    window = opened(app, html="<title>first</title>", expose={"ping": lambda: "pong"})
    window.load(html="<title>second</title>").result(BOUND)
    assert window.eval("kernel.ping()").result(BOUND) == "pong"
    assert window.eval("document.title").result(BOUND) == "second"
    with pytest.raises(UsageError, match="html= or path="):
        window.load(html="x", path="y")


def test_of_two_loads_at_each_others_heels_only_the_second_is_heard(app: App) -> None:
    """The first is at all stages when the second is asked for: not begun, on its way, there and not known to be."""
    answers: list[str] = []
    window = opened(app, html="<p>", expose={"which": answers.append})
    for n in range(60):
        window.log.clear()
        first = window.load(html=f"<script>globalThis.kernel?.which('first {n}')</script>")
        for _ in range(n % 12):
            app.screen.get_cursor_screen_point().result(BOUND)  # a round trip to the host, of a millisecond or less
        second = window.load(html=f"<title>{n}</title><script>kernel.which('second {n}')</script>")
        window.send("to the second")
        assert window.eval("document.readyState + document.title").result(BOUND) == f"complete{n}"
        assert second.result(BOUND) is None
        assert first.exception(BOUND) is None or first.exception(0).error == "ERR_ABORTED"
        assert [str(line) for line in window.log] == []
    assert [answer for answer in answers if answer.startswith("second")] == [f"second {n}" for n in range(60)]


def test_a_load_that_comes_to_nothing_says_why(app: App, folder: Path) -> None:
    window = opened(app, path=folder)
    (folder / "index.html").rename(folder / "gone.html")
    failed = window.next("did-fail-load")
    with pytest.raises(LoadFailed, match="could not be loaded: ERR_FILE_NOT_FOUND") as caught:
        window.reload().result(BOUND)
    assert (caught.value.error, caught.value.number, caught.value.url) == ("ERR_FILE_NOT_FOUND", -6, window.url)
    assert failed.result(BOUND) == (-6, "ERR_FILE_NOT_FOUND", window.url)
    (folder / "gone.html").rename(folder / "index.html")
    assert window.reload().result(BOUND) is None


def test_of_two_loads_the_first_is_told_that_it_was_replaced(app: App) -> None:
    window = opened(app)
    first, second = window.load(html="<title>1</title>"), window.load(html="<title>2</title>")
    with pytest.raises(LoadFailed, match="another page was asked for") as caught:
        first.result(BOUND)
    assert caught.value.error == "ERR_ABORTED"
    assert second.result(BOUND) is None
    assert window.eval("document.title").result(BOUND) == "2"


def test_a_load_that_never_ends_is_ended_by_its_window(app: App) -> None:
    window = opened(app)
    begins: Pending[None] = Pending("the script's line")
    window.on("console-message", lambda line: begins.settle(None) if line.message == "begins" else None)
    loading = window.load(html="<script>console.log('begins'); for (;;);</script>")
    begins.result(BOUND)
    window.destroy()
    with pytest.raises(WindowClosed):
        loading.result(BOUND)


def test_links_lead_on_and_back_leads_back(app: App, folder: Path) -> None:
    window = opened(app, path=folder)
    home = window.url
    assert (window.can_go_back, window.can_go_forward) == (False, False)
    for act, url, ways in (
        (lambda: window.eval("void document.getElementById('two').click()"), home + "two.html", (True, False)),
        (window.back, home, (False, True)),
        (window.forward, home + "two.html", (True, False)),
    ):
        finished = window.next("did-finish-load")
        act()
        assert finished.result(BOUND) == url
        assert (window.can_go_back, window.can_go_forward) == ways


def test_a_move_within_the_page_is_no_new_document(app: App) -> None:
    window = opened(app)
    told = listen(window, "did-navigate-in-page", "did-navigate", "did-start-loading", "ready")
    for script in ("location.hash = 'part'", "history.pushState(1, '', '/other')"):
        moved = window.next("did-navigate-in-page")
        window.eval(script).result(BOUND)
        moved.result(BOUND)
    assert [entry[0] for entry in told] == ["did-navigate-in-page"] * 2
    assert window.url.endswith("/other")


def test_the_kernel_may_keep_a_page_where_it_is(app: App, folder: Path) -> None:
    window = opened(app, path=folder)
    wishes: list[str] = []

    @window.on("will-navigate")
    def decide(event: Preventable) -> None:
        wishes.append(event.url)
        if "far" in event.url:
            event.prevent_default()

    click = "void document.getElementById('{}').click()"
    loaded = window.next("did-finish-load")
    window.eval(click.format("far")).result(BOUND)
    window.eval(click.format("two")).result(BOUND)
    assert loaded.result(BOUND) == window.url
    assert window.url.endswith("two.html")
    assert [url.rpartition("/")[2] for url in wishes] == ["far.html", "two.html"]


def test_the_kernels_own_loads_are_not_asked_about(app: App, folder: Path) -> None:
    window = opened(app, path=folder)
    told = listen(window, "will-navigate")
    window.reload().result(BOUND)
    window.load(html="<title>x</title>").result(BOUND)
    assert told == []
