"""What a page may load: its own content, under its own policy, for its own origin."""

from __future__ import annotations

import pytest

from jupyterwin.host import resources
from jupyterwin.wire import control
from support.headless import ORIGIN, HeadlessHost

PATH = control.Content("path")


@pytest.fixture
def host() -> HeadlessHost:
    return HeadlessHost()


def serve(host: HeadlessHost, body: bytes, mime: str = "text/plain", status: int = 200) -> None:
    """Answer the file that was asked for last."""
    asked = host.of(control.Resource)[-1]
    host.host.files.answered(control.Served(asked.id, status, mime), body)


def test_html_is_the_document_at_the_root(host: HeadlessHost) -> None:
    window = host.open(content=control.Content("html", "<p>ä</p>", "N0"))
    document = window.document
    assert document is not None
    assert document.body == "<p>ä</p>".encode()
    assert document.mime == "text/html; charset=utf-8"
    assert "'nonce-N0'" in document.headers["Content-Security-Policy"]
    other = window.get("/other")  # perhaps a function of the kernel's answers it
    serve(host, b"", status=404)
    assert other.refused == "not-found"


def test_blank_is_an_empty_document(host: HeadlessHost) -> None:
    window = host.open(content=control.Content())
    assert window.document is not None
    assert window.document.body == b""
    assert window.document.refused is None


def test_files_are_asked_of_the_kernel(host: HeadlessHost) -> None:
    window = host.open(content=PATH)
    assert [(one.window, one.path) for one in host.of(control.Resource)] == [("w", "index.html")]
    serve(host, b"<p>", "text/html")
    assert window.document is not None
    assert (window.document.mime, window.document.body) == ("text/html", b"<p>")
    got = window.get("/a%20b.js")
    assert host.of(control.Resource)[-1].path == "a b.js"
    serve(host, b"1", "text/javascript")
    assert got.body == b"1"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "'unsafe-inline'" not in got.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]


def test_another_entry_has_its_own_address(host: HeadlessHost) -> None:
    host.open(content=control.Content("path", entry="sub/page.html"))
    assert host.of(control.Resource)[-1].path == "sub/page.html"


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "not-found"), (403, "denied"), (500, "unavailable"), (302, "failed")]
)
def test_the_kernels_refusal_is_passed_on(host: HeadlessHost, status: int, reason: str) -> None:
    window = host.open(content=PATH)
    serve(host, b"", status=status)
    assert window.document is not None
    assert window.document.refused == reason


def test_a_file_is_kept_until_the_next_load(host: HeadlessHost) -> None:
    window = host.open(content=PATH)
    serve(host, b"1")
    window.get("/index.html")
    assert len(host.of(control.Resource)) == 1
    host.command(control.Reload, window="w")
    assert len(host.of(control.Resource)) == 2


def test_what_is_kept_is_bounded(host: HeadlessHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "CACHE_LIMIT", 10)
    window = host.open(content=PATH)
    serve(host, b"12345678")
    window.get("/more")
    serve(host, b"12345678")
    window.get("/more")
    assert [one.path for one in host.of(control.Resource)] == ["index.html", "more", "more"]


def test_a_load_refuses_what_still_waits(host: HeadlessHost) -> None:
    window = host.open(content=PATH)
    old = window.document
    host.command(control.Reload, window="w")
    assert old is not None
    assert old.refused == "failed"
    host.host.files.answered(control.Served(1, 200, "text/html"), b"late")  # nobody waits
    assert old.body == b""


@pytest.mark.parametrize("path", ["/../x", "/%2e%2e/x", "/a\\b", "/%00"])
def test_no_path_leaves_the_folder(host: HeadlessHost, path: str) -> None:
    window = host.open(content=PATH)
    assert window.get(path).refused == "denied"
    assert len(host.of(control.Resource)) == 1


@pytest.mark.parametrize("path", ["/.jw", "/.jw/x", "/.jw/bulk/none"])
def test_the_products_own_paths_never_reach_the_kernel(host: HeadlessHost, path: str) -> None:
    window = host.open(content=PATH)
    assert window.get(path).refused == "not-found"
    assert len(host.of(control.Resource)) == 1


@pytest.mark.parametrize("initiator", ["f" * 32, "opaque", "null", ORIGIN + "0", ORIGIN[:-1]])
def test_another_origin_gets_nothing(host: HeadlessHost, initiator: str) -> None:
    window = host.open(content=PATH)
    assert window.get("/index.html", initiator=initiator).refused == "denied"
