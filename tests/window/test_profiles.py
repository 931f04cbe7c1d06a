"""Profiles in real windows: a host for each, storage that lasts or does not, and a way out to exactly what was granted."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from jupyterwin.main.hostlink import HostLink
from jupyterwin.main.launch import processes
from jupyterwin.main.window import Window
from support.kernel import RealKernel
from support.real_app import open_ready
from support.web import WebServer, web_server

SECONDS = 30

OPEN = """
const base = await new Promise((done, failed) => {
  const request = indexedDB.open("base", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("notes");
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
"""
WRITE = (
    OPEN
    + """
localStorage.setItem("note", "kept");
await new Promise((done, failed) => {
  const change = base.transaction("notes", "readwrite");
  change.objectStore("notes").put("kept too", "note");
  change.oncomplete = done;
  change.onerror = () => failed(change.error);
});
return location.origin;
"""
)
READ = (
    OPEN
    + """
const request = base.transaction("notes").objectStore("notes").get("note");
const note = await new Promise((done) => (request.onsuccess = () => done(request.result)));
return [localStorage.getItem("note"), note ?? null];
"""
)
FETCH = "return fetch({url!r}).then((answer) => answer.text(), (error) => error.name)"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "jupyterwin/partitions"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with web_server() as one:
        yield one


@pytest.fixture
def elsewhere() -> Iterator[WebServer]:
    with web_server() as one:
        yield one


def evaluate(window: Window, script: str) -> object:
    return window.eval(script).result(SECONDS)


def fetch(window: Window, url: str) -> object:
    return evaluate(window, FETCH.format(url=url))


def host_of(window: Window) -> HostLink:
    return window._link


def refusals(window: Window) -> list[str]:
    return [entry.message for entry in window.log if "reaching another origin" in entry.message]


# ---------------------------------------------------------------- hosts


def test_windows_of_one_profile_share_a_host_and_others_have_their_own(app: App) -> None:
    plain, one, two, other = (
        open_ready(app, name, partition=partition)
        for name, partition in (("plain", None), ("one", "apart"), ("two", "apart"), ("other", "elsewhere"))
    )
    hosts = {window.name: host_of(window).process.pid for window in app.windows}
    assert hosts["one"] == hosts["two"]
    assert len({hosts["plain"], hosts["one"], hosts["other"]}) == 3
    assert app.host is host_of(plain)
    metrics = app.metrics()
    assert {process.profile for process in metrics if process.type == "host"} == {"", "apart", "elsewhere"}
    assert [metrics.of(window.name).pid for window in (plain, one, two, other)] == [
        window.pid for window in (plain, one, two, other)
    ]

    with pytest.raises(UsageError, match=r"partition: the open window has partition 'apart', .* close it first"):
        app.open("one", partition="elsewhere")
    with pytest.raises(UsageError, match="network: the open window"):
        app.open("one", network=["https://example.org"])
    assert app.open("one", html="<title>again</title>", partition="apart") is one
    assert app.open("one", html="<title>without</title>") is one

    host = host_of(one).process
    back = two.next("ready")
    host.kill()
    back.result(SECONDS)
    assert host_of(two).process.pid != host.pid
    assert host_of(two).profile.partition == "apart"
    assert host_of(plain).process.pid == hosts["plain"]
    assert evaluate(plain, "return 1 + 1") == 2


def test_a_host_of_a_profile_ends_with_its_last_window_and_the_default_one_stays(app: App) -> None:
    plain, apart, second = (
        open_ready(app, name, partition=where) for name, where in (("plain", None), ("a", "apart"), ("b", "apart"))
    )
    host, default = host_of(apart).process, host_of(plain).process
    for window in (plain, apart):
        gone = window.next("closed")
        window.close()
        gone.result(SECONDS)
    assert evaluate(second, "return 1 + 1") == 2
    second.destroy()
    assert host.wait(SECONDS)
    assert default.alive
    again = open_ready(app, "a", partition="apart")
    assert host_of(again).process.pid != host.pid
    assert app.quit()
    assert not default.alive
    assert not host_of(again).process.alive


# ---------------------------------------------------------------- storage


def test_what_is_stored_comes_back_to_its_window_alone(app: App, data: Path) -> None:
    window = open_ready(app, "notes", partition="persist:notes")
    origin = evaluate(window, WRITE)
    assert evaluate(window, READ) == ["kept", "kept too"]
    other = open_ready(app, "other", partition="persist:notes")
    assert host_of(other) is host_of(window)
    assert evaluate(other, READ) == [None, None]
    assert evaluate(other, "return location.origin") != origin
    with pytest.raises(UsageError, match="close them first"):
        app.clear_partition("persist:notes")
    root = Path(f"/proc/{host_of(window).process.outer_pid(2)}/root")
    seen = {path.name for path in (root / "run/storage").iterdir()}
    assert "IndexedDB" in seen
    assert not {"secret", "lock"} & seen
    assert not (root / str(data).lstrip("/")).exists()

    host = host_of(window).process
    other.destroy()
    evaluate(window, "return localStorage.setItem('note', 'the last word')")  # what the engine has not written down yet
    window.destroy()
    assert host.wait(SECONDS)
    again = open_ready(app, "notes", partition="persist:notes")
    assert evaluate(again, READ) == ["the last word", "kept too"]
    assert evaluate(again, "return location.origin") == origin

    back = again.next("ready")
    host_of(again).process.kill()
    back.result(SECONDS)
    assert evaluate(again, READ) == ["the last word", "kept too"]

    host = host_of(again).process
    again.destroy()
    assert host.wait(SECONDS)
    app.clear_partition("persist:notes")
    assert evaluate(open_ready(app, "notes", partition="persist:notes"), READ) == [None, None]


def test_in_memory_nothing_comes_back_and_nothing_is_written(app: App, data: Path) -> None:
    for partition in (None, "apart"):
        window = open_ready(app, "notes", partition=partition)
        evaluate(window, WRITE)
        gone = window.next("closed")
        window.close()
        gone.result(SECONDS)
        assert evaluate(open_ready(app, "notes", partition=partition), READ) == [None, None]
        app.windows["notes"].destroy()
    assert not data.exists()


def test_a_window_opened_again_before_the_old_one_is_gone_has_its_origin(app: App) -> None:
    window = open_ready(app, "notes", partition="persist:notes")
    evaluate(window, WRITE)
    window.close()
    again = open_ready(app, "notes", partition="persist:notes")
    assert again is not window
    again.reload().result(SECONDS)
    assert evaluate(again, READ) == ["kept", "kept too"]


def test_storage_outlives_the_kernel_and_is_one_kernels_at_a_time(real_kernel: RealKernel, app: App) -> None:
    opened = "win = jw.open('notes', html='x', partition='persist:notes'); win.ready().result(30)"
    real_kernel.run(f"import jupyterwin as jw; {opened}; win.eval({WRITE!r}).result(30)").ok()
    pid = real_kernel.value("__import__('os').getpid()")
    with pytest.raises(UsageError, match=rf"in use by another kernel \(process {pid}\): close its windows there"):
        app.open("notes", partition="persist:notes")
    assert "notes" not in app.windows
    host = real_kernel.value("win._link.process.pid")
    watched = os.pidfd_open(host)
    real_kernel.kill()  # it has no chance to say anything: its host holds the partition to its end
    assert select.select([watched], [], [], SECONDS)[0]
    os.close(watched)
    window = open_ready(app, "notes", partition="persist:notes")
    assert evaluate(window, READ) == ["kept", "kept too"]


# ---------------------------------------------------------------- the network


def test_a_window_reaches_exactly_what_it_was_granted(app: App, web: WebServer, elsewhere: WebServer) -> None:
    window = open_ready(app, "w", html="<img>", network=[web.origin])
    assert fetch(window, f"{web.origin}/data") == "hello from /data"
    picture = f"img = document.querySelector('img'); img.src = '{web.origin}/pixel.svg'; await img.decode(); "
    assert evaluate(window, f"let {picture} return [img.naturalWidth, img.naturalHeight]") == [3, 2]
    assert web.asked == ["/data", "/pixel.svg"]

    refused = window.next("refused")
    assert fetch(window, f"{elsewhere.origin}/data") == "TypeError"
    told = refused.result(SECONDS)
    assert (told.switch, told.origin) == ("network", elsewhere.origin)
    assert told.message in refusals(window)
    assert elsewhere.origin in told.message
    assert "network=[…]" in told.message

    web.moved = elsewhere.origin
    assert fetch(window, f"{web.origin}/moved") == "TypeError"
    script = f"const tag = document.createElement('script'); tag.src = '{web.origin}/script.js'; "
    assert evaluate(window, script + "return new Promise((done) => {tag.onerror = () => done('refused');"
                    "tag.onload = () => done('ran'); document.body.append(tag)})") == "refused"  # fmt: skip
    assert elsewhere.asked == []
    assert "/script.js" not in web.asked


def test_the_host_that_has_a_way_out_is_as_confined_as_any(app: App, web: WebServer) -> None:
    window = open_ready(app, "w", network=[web.origin])
    assert fetch(window, f"{web.origin}/data") == "hello from /data"
    state = window.sandbox
    assert (state.effective, state.host_net_ns, state.net_ns) == ("full", True, True)
    for pid in processes.tree(host_of(window).process.pid):
        with contextlib.suppress(FileNotFoundError):
            assert Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
    root = Path(f"/proc/{host_of(window).process.outer_pid(2)}/root")
    assert not (root / str(Path.home()).lstrip("/")).exists()
    assert not (root / "etc/resolv.conf").exists()


def test_a_granted_page_that_has_no_policy_of_ours_gets_no_further(
    app: App, web: WebServer, elsewhere: WebServer
) -> None:
    web.page = f"<script>fetch('{elsewhere.origin}/data', {{mode: 'no-cors'}})</script>"
    window = open_ready(app, "w", network=[web.origin], allow={"navigation": [web.origin]})
    refused = window.next("refused")
    evaluate(window, f"void (location = '{web.origin}/page')")
    told = refused.result(SECONDS)
    assert told.switch == "network"
    assert elsewhere.origin.removeprefix("http://") in told.message
    assert told.message in refusals(window)
    assert web.asked[0] == "/page"
    assert elsewhere.asked == []


def test_without_a_grant_there_is_no_way_out(app: App, web: WebServer) -> None:
    granted = open_ready(app, "granted", network=[web.origin])
    window = open_ready(app, "w")
    assert host_of(window) is not host_of(granted)
    refused = window.next("refused")
    assert fetch(window, f"{web.origin}/data") == "TypeError"
    assert refused.result(SECONDS).switch == "network"
    assert web.asked == []
    listening = [
        Path(f"/proc/{host_of(one).process.pid}/net/tcp").read_text().count("\n") - 1 for one in (granted, window)
    ]
    assert listening == [1, 0]
