"""win.allow and the event “refused”, as a user has them: an option, a trait of its own, and one hook for all windows."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

import jupyterwin.panels  # noqa: F401 -- windows show objects
from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.wire import control
from support.real_app import open_ready

ASK = "Notification.requestPermission()"


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def test_a_refusal_is_an_event_and_a_line_with_its_cure(app: App) -> None:
    window = open_ready(app, "one", html="")
    told = window.next("refused")
    assert window.eval(ASK).result(10) == "denied"
    refusal = told.result(10)
    assert (refusal.switch, refusal.origin) == ("notifications", f"jw://{window.id}")
    assert "allow={'notifications': True}" in refusal.message
    assert refusal.message in window.log
    again = window.next("refused")  # the engine remembers no answer
    assert window.eval(ASK).result(10) == "denied"
    assert again.result(10) == refusal


def test_a_window_is_opened_with_what_it_may_do(app: App) -> None:
    window = open_ready(app, "one", html="", allow={"notifications": True})
    assert window.allow == {"notifications": ["self"]}
    assert window.eval(ASK).result(10) == "granted"
    app.open("one", html="")  # opened again, without
    assert window.ready().result(10).eval(ASK).result(10) == "denied"


def test_what_is_set_holds_at_once_and_for_good(app: App) -> None:
    window = open_ready(app, "one", html="")
    window.allow = {"notifications": True}
    assert window.eval(ASK).result(10) == "granted"
    window.allow = {}
    assert window.eval(ASK).result(10) == "denied"
    app.open("one", html="", allow={"notifications": True})
    assert window.eval(ASK).result(10) == "denied", "who set it has the last word"
    assert window.allow == {}


def test_one_hook_has_the_last_word_for_all_windows(app: App) -> None:
    def strict(window: object) -> None:
        window.allow = {name: origins for name, origins in window.allow.items() if name != "notifications"}

    there = open_ready(app, "there", html="", allow={"notifications": True, "camera": True})
    dispose = app.policy(strict)
    coming = open_ready(app, "coming", html="", allow={"notifications": True})
    for window in (there, coming):
        assert window.eval(ASK).result(10) == "denied"
    assert there.allow == {"camera": ["self"]}
    dispose()


def test_a_listener_may_keep_a_popup_from_opening(app: App) -> None:
    window = open_ready(app, "one", html="<p>one", allow={"popups": ["self", "https://example.com"]})
    heard: queue.Queue[str] = queue.Queue()

    def decide(event: object) -> None:
        event.prevent_default()
        heard.put(event.url)

    window.on("window-open", decide)
    for url in (f"jw://{window.id}/", "https://example.com/x"):
        window.eval(f"void window.open({url!r})").result(10)
        assert heard.get(timeout=10) == url
    assert window.eval("1").result(10) == 1
    assert [one.name for one in app.windows] == ["one"]


def test_a_host_that_does_not_do_what_it_was_told_gets_nothing(app: App, tmp_path: Path) -> None:
    """The kernel asks the switches once more: a host that was taken over writes no file and opens no link."""
    window = open_ready(app, "one", html="", download_folder=tmp_path)
    told = []
    for event in ("will-download", "open-external", "window-open"):
        window.on(event, lambda *_details: told.append(_details))
    window.happened(control.DownloadStarted(window.id, 1, "x.txt", "", "text/plain", 1))
    window.happened(control.DownloadChanged(window.id, 1, 1, 1, "completed"))
    window.happened(control.Happened(window.id, "open-external", ["https://example.org"]))
    window.happened(control.Happened(window.id, "window-open", [f"jw://{window.id}/"]))
    said = window.next("console-message")
    window.eval("console.log('over')").result(10)
    said.result(10)  # listeners are told in order
    assert not told
    assert not list(tmp_path.iterdir())
    assert len(app.windows) == 1


def test_a_page_that_may_leave_comes_back_to_what_it_was_given(app: App) -> None:
    window = open_ready(
        app, "one", html="", expose={"ping": lambda: "pong"}, allow={"navigation": ["https://example.com"]}
    )
    refused = window.next("refused")
    window.eval("void (location = 'https://example.org/')").result(10)
    assert refused.result(10).origin == "https://example.org"
    window.eval("void (location = 'https://example.com/')").result(10)  # there is no network: it gets nowhere
    again = window.next("ready")
    # Heard once the other has come to nothing; ever more seldom, or on a slow machine each takes the place of the last.
    reload = "let pause = 50; const reload = () => { location.reload(); setTimeout(reload, pause *= 2); };"
    window.eval(f"{reload} setTimeout(reload, pause); return 0").result(10)
    again.result(20)
    assert window.eval("kernel.ping()").result(10) == "pong"


def test_a_wrong_switch_opens_no_window(app: App) -> None:
    with pytest.raises(UsageError, match="no switch 'notes'"):
        app.open("one", allow={"notes": True})
    assert "one" not in app.windows


def test_a_popup_that_is_allowed_is_a_window_with_nothing(app: App) -> None:
    window = open_ready(app, "one", html="<p>one", expose=[len], allow={"popups": True, "notifications": True})
    created, told = app.next("window-created"), window.next("window-open")
    window.eval("void window.open('/')").result(10)
    child = created.result(10)
    assert told.result(10).url == f"jw://{window.id}/"
    child.ready().result(20)
    assert child.eval("[document.body.innerText, typeof kernel]").result(10) == ["one", "undefined"]
    assert child.eval(ASK).result(10) == "denied"
    closed = child.next("closed")
    window.destroy()
    closed.result(10)


DRAWS = "return document.createElement('canvas').getContext('webgl') !== null"
AT_ONCE = "<script>globalThis.first = (() => {" + DRAWS + "})()</script>"


def test_webgl_is_for_windows_that_may_and_for_our_own_page(app: App) -> None:
    window = open_ready(app, "one", html=AT_ONCE)
    assert window.eval("first").result(10) is False
    window.allow = {"webgl": True}
    window.reload().result(20)
    assert window.eval("first").result(10) is True
    window.allow = {}
    window.reload().result(20)
    assert window.eval("first").result(10) is False
    assert open_ready(app, "two", html=AT_ONCE, allow={"webgl": True}).eval("first").result(10) is True
    window.content = "an object"
    window.ready().result(20)
    assert window.eval(DRAWS).result(10) is True
    app.open("one", html=AT_ONCE)
    window.ready().result(20)
    assert window.eval("first").result(10) is False
