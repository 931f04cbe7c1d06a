"""URLs of a window that Python answers: bodies, types, ranges, pieces with back pressure, what fails. A real window."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from support.real_app import open_ready

BOUND = 60
FETCH = """
const r = await fetch({!r}, {{ headers: {{ {} }} }});
const text = r.ok ? await r.text() : "";
return [r.status, r.headers.get("content-type"), r.headers.get("x-mark"), text, r.headers.get("content-range")];
"""


@pytest.fixture
def window(app: App) -> Window:
    return open_ready(app, "a", html="<title>serves</title>")


def fetch(window: Window, url: str, headers: str = "") -> list[object]:
    """Status, type, the header x-mark, text and range of what a page gets."""
    return window.eval(FETCH.format(url, headers), timeout=BOUND).result(BOUND)


def test_bodies_of_every_kind(window: Window, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("of a file")
    window.serve("/bytes.png", lambda: b"abc")
    window.serve("/text", lambda: "täxt")
    window.serve("/data", lambda: {"rows": [1, 2]})
    window.serve("/file", lambda: tmp_path / "note.txt")
    window.serve("/full", lambda: (200, {"Content-Type": "text/csv", "X-Mark": "m"}, b"a,b"))
    assert fetch(window, "/bytes.png")[:4] == [200, "image/png", None, "abc"]
    assert fetch(window, "/text")[:4] == [200, "text/plain; charset=utf-8", None, "täxt"]
    assert fetch(window, "/data")[:4] == [200, "application/json", None, '{"rows": [1, 2]}']
    assert fetch(window, "/file")[:4] == [200, "text/plain", None, "of a file"]
    assert fetch(window, "/full")[:4] == [200, "text/csv", "m", "a,b"]


def test_parts_of_the_path_and_the_query_are_checked_by_the_hints(window: Window) -> None:
    @window.serve("/tiles/{z}/{name}")
    def tile(z: int, name: str, scale: float = 1.0) -> str:
        return f"{z + 1} {name} {scale * 2}"

    window.serve("/all/{rest...}", lambda rest: rest)
    assert fetch(window, "/tiles/7/a%20b")[3] == "8 a b 2.0"
    assert fetch(window, "/tiles/7/a?scale=2.5&other=1")[3] == "8 a 5.0"
    assert fetch(window, "/tiles/x/a")[0] == 400
    assert "z='x'" in repr(window.log)
    assert fetch(window, "/all/b/c.txt")[3] == "b/c.txt"
    assert fetch(window, "/none")[0] == 404


def test_what_raises_is_told_in_the_log_and_not_in_the_page(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    def bad() -> None:
        raise ValueError("secret detail")

    window.serve("/bad", bad)
    window.serve("/odd", object)
    window.serve("/gone", lambda: None)
    window.serve("/closed", lambda: (403, {}, b""))
    assert [fetch(window, url)[0] for url in ("/bad", "/odd", "/gone", "/closed")] == [503, 503, 404, 403]
    assert "secret detail" in repr(window.log)
    assert "'/bad' raised ValueError" in capsys.readouterr().err


def test_async_functions_and_streams(window: Window) -> None:
    @window.serve("/async")
    async def later() -> str:
        return "later"

    @window.serve("/stream")
    async def stream() -> AsyncIterator[str]:
        for n in range(3):
            yield f"{n};"

    @window.serve("/pieces")
    def pieces() -> Iterator[bytes]:
        yield b"x" * 300_000
        yield b"y" * 300_000

    assert fetch(window, "/async")[3] == "later"
    assert fetch(window, "/stream")[3] == "0;1;2;"
    assert fetch(window, "/pieces")[3] == "x" * 300_000 + "y" * 300_000


def test_a_page_that_stops_reading_stops_the_generator_and_one_that_leaves_closes_it(window: Window) -> None:
    closed, made = threading.Event(), 0

    @window.serve("/endless")
    def endless() -> Iterator[bytes]:
        nonlocal made
        try:
            while True:
                made += 1
                yield bytes(1_000_000)
        finally:
            closed.set()

    window.eval("globalThis.body = (await fetch('/endless')).body.getReader(); await body.read(); return 1").result(
        BOUND
    )
    window.eval("await new Promise(done => setTimeout(done, 1500)); return 1").result(BOUND)
    so_far = made
    assert so_far < 400  # the engine itself reads some 60 MB ahead
    assert fetch(window, "/none")[0] == 404
    window.reload().result(BOUND)
    assert closed.wait(BOUND)


def test_parts_of_a_body_and_parts_that_are_not_there(window: Window) -> None:
    window.serve("/hundred", lambda: bytes(range(65, 91)))
    window.serve("/nothing", lambda: b"")
    assert fetch(window, "/hundred", "Range: 'bytes=1-3'")[::4] == [206, "bytes 1-3/26"]
    assert fetch(window, "/hundred", "Range: 'bytes=-2'")[3] == "YZ"
    # Beyond the end the engine would take its whole process with it, and every window.
    for url, wanted in (("/hundred", "bytes=26-"), ("/hundred", "bytes=-0"), ("/nothing", "bytes=0-")):
        assert fetch(window, url, f"Range: '{wanted}'")[0] == 400
    assert fetch(window, "/", "Range: 'bytes=999999-'")[0] == 400
    assert fetch(window, "/hundred")[0] == 200


def test_a_route_is_disposed_of_and_bad_ones_are_refused(window: Window) -> None:
    dispose = window.serve("/x", lambda: "old")
    window.serve("/x", lambda: "new")
    assert fetch(window, "/x")[3] == "new"
    dispose()
    assert fetch(window, "/x")[3] == "new"
    for pattern, fn, says in (("x", len, "a path such as"), ("/", len, "window's own"), ("/y", 3, "not a function")):
        with pytest.raises(UsageError, match=says):
            window.serve(pattern, fn)


def test_a_folder_and_functions_side_by_side(app: App, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>x</title>")
    (tmp_path / "a.txt").write_text("file")
    window = open_ready(app, "b", path=tmp_path)
    window.serve("/api/{what}", lambda what: what)
    assert [fetch(window, url)[3] for url in ("/a.txt", "/api/hi")] == ["file", "hi"]
