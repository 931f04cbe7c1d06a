"""The channels between a page of panels and the kernel, driven as the page drives them, without a screen."""

from __future__ import annotations

import threading

import pytest

from jupyterwin.errors import Cancelled, NoHandler, UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.panels.content import Content
from jupyterwin.testing import HeadlessApp


class Counter(Content):
    """Counts what is done to it."""

    kind = "counter"
    asks = frozenset({"double", "wait"})

    def __init__(self) -> None:
        super().__init__("counter")
        self.done: list[str] = []

    def begin(self) -> None:
        self.done.append("begin")

    def end(self) -> None:
        self.done.append("end")

    def snapshot(self) -> list[str]:
        return list(self.done)

    def double(self, number: int) -> int:
        return 2 * number

    async def wait(self) -> str:
        return "waited"

    def secret(self) -> str:
        return "not for pages"


def test_a_page_asks_for_the_board_and_pulls_what_it_shows(app: HeadlessApp) -> None:
    window = app.open("one", content="text")
    window.ready().result(10)
    page = app.page(window)
    board = page.call("jw:board")
    [panel] = board["panels"]
    assert (board["title"], board["grid"], panel["kind"], panel["error"]) == ("one", None, "text", None)
    pulled = page.call("jw:content", panel["id"])
    assert pulled["value"] == {"text": "text", "left": 0}
    assert pulled["version"] == panel["version"]


def test_a_content_begins_and_ends_with_where_it_is_shown(app: HeadlessApp) -> None:
    counter = Counter()
    window = app.open("one", content=counter)
    assert counter.done == ["begin"]
    window.content = "another"
    assert counter.done == ["begin", "end"]
    window.content = again = Counter()
    window.ready().result(10)
    closed = window.next("closed")
    window.destroy()
    closed.result(10)
    assert again.done == ["begin", "end"]


def test_a_page_may_ask_what_the_content_lets_it_and_nothing_else(app: HeadlessApp) -> None:
    window = app.open("one", content=Counter())
    window.ready().result(10)
    page = app.page(window)
    [panel] = page.call("jw:board")["panels"]
    assert page.call("jw:ask", panel["id"], panel["content"], "double", [21]) == 42
    assert page.call("jw:ask", panel["id"], panel["content"], "wait", []) == "waited"
    for method in ("secret", "snapshot", "__init__"):
        with pytest.raises(NoHandler, match="may not ask"):
            page.call("jw:ask", panel["id"], panel["content"], method, [])
    window.content = "another"
    with pytest.raises(Cancelled, match="shows something else"):
        page.call("jw:ask", panel["id"], panel["content"], "double", [1])
    assert not [line for line in window.log if "something else" in line.message]  # news for nobody


def test_channels_of_ours_are_no_users(app: HeadlessApp) -> None:
    with pytest.raises(UsageError, match="the product's own"):
        app.open("one").ipc.handle("jw:board", print)


def test_what_the_person_does_reaches_the_panels_listeners_in_order(app: HeadlessApp) -> None:
    window = app.open("one", content=Counter())
    window.ready().result(10)
    page, heard = app.page(window), []
    [panel] = page.call("jw:board")["panels"]
    window.panel.on("select", lambda detail: heard.append(("select", detail)))
    clicked = window.panel.on("click", lambda detail: heard.append(("click", detail)))
    done = threading.Event()
    window.panel.on("edit", lambda _detail: done.set())
    for number in range(3):
        page.send("jw:tell", panel["id"], panel["content"], "select", number)
    clicked()
    page.send("jw:tell", panel["id"], panel["content"], "click", "nobody hears it any more")
    page.send("jw:tell", panel["id"], panel["content"] + 1, "select", "of another content")
    page.send("jw:tell", "nonsense", 1, "select", "of no panel")
    page.send("jw:tell", panel["id"], panel["content"], "edit", None)
    assert done.wait(10)
    assert heard == [("select", 0), ("select", 1), ("select", 2)]
    with pytest.raises(UsageError, match="there is no event 'chosen'; the events are: click, edit, select"):
        window.panel.on("chosen", print)


def test_listeners_belong_to_their_cell(app: HeadlessApp) -> None:
    window = app.open("one", content="text")
    heard: list[str] = []
    for run in ("first", "second"):
        cells.begin("cell", identified=True)
        window.panel.on("click", lambda _detail, run=run: heard.append(run))
    window.panel.heard("click", None)
    done = threading.Event()
    window.panel.on("edit", lambda _detail: done.set())
    window.panel.heard("edit", None)
    assert done.wait(10)
    assert heard == ["second"]


def test_messages_that_a_snapshot_holds_are_not_told_again(app: HeadlessApp) -> None:
    counter = Counter()
    window = app.open("one", content=counter)
    window.ready().result(10)
    counter.push("before anybody looked")
    page = app.page(window)
    [panel] = page.call("jw:board")["panels"]
    assert page.call("jw:content", panel["id"])["pushed"] == 0
    for number in range(3):
        counter.push(number)
    page.wait_for(lambda: len(page.received) == 3)
    assert page.received == [("jw:push", [panel["id"], number + 1, number]) for number in range(3)]
    assert page.call("jw:content", panel["id"])["pushed"] == 3
