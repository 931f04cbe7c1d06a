"""Downloads in a real window: refused without the switch; with it, fetched from the sandbox and written where Python says."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterwin.errors import Broken, Cancelled, UsageError, WindowClosed
from jupyterwin.main.app import App
from jupyterwin.main.pending import Pending
from support.real_app import open_ready

DOWNLOAD = """
const give = (name, size) => {
    const bytes = new Uint8Array(size).map((_, i) => i * 7);
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob([bytes]));
    a.download = name;
    document.body.append(a);
    a.click();
}
"""
SIZE = 3_500_000


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def opened(app: App, **options: object) -> object:
    return open_ready(app, "gives", html=f"<body><script>{DOWNLOAD}</script>", **options)


def test_a_file_arrives_whole_under_its_name_made_harmless(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    told = window.next("will-download")
    window.eval(f"give('.q1/../prices?.bin', {SIZE})").result(10)
    _, item = told.result(10)
    path = item.done.result(30)
    assert path.parent == tmp_path
    assert path == item.save_path
    assert not path.name.startswith(".")
    assert (
        hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(bytes(i * 7 % 256 for i in range(SIZE))).digest()
    )
    assert (item.state, item.received_bytes, item.total_bytes) == ("completed", SIZE, SIZE)
    assert item.url.startswith(f"blob:jw://{window.id}")


def test_a_listener_decides_where_it_goes_or_that_it_does_not(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    (tmp_path / "here.bin").write_text("old")
    items = []

    def decide(event: object, item: object) -> None:
        items.append(item)
        if item.filename == "no.bin":
            event.prevent_default()
        elif item.filename == "there.bin":
            item.save_path = tmp_path / "here.bin"

    window.on("will-download", decide)
    done = window.next("will-download")
    window.eval("give('no.bin', 10)").result(10)
    _, refused = done.result(10)
    with pytest.raises(Cancelled):
        refused.done.result(10)
    done = window.next("will-download")
    window.eval("give('there.bin', 10)").result(10)
    _, item = done.result(10)
    assert item.done.result(20) == tmp_path / "here.bin"
    assert (tmp_path / "here.bin").stat().st_size == 10
    with pytest.raises(UsageError, match="completed already"):
        item.save_path = tmp_path / "late.bin"
    assert [file.name for file in tmp_path.iterdir()] == ["here.bin"]


def test_progress_is_told_and_the_end_once(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    seen, ended = [], []

    def follow(_event: object, item: object) -> None:
        item.on("updated", lambda item: seen.append(item.received_bytes))
        item.on("done", lambda item: ended.append(item.state))

    window.on("will-download", follow)
    told = window.next("will-download")
    window.eval(f"give('x.bin', {SIZE})").result(10)
    _, item = told.result(10)
    done = window.next("console-message")
    item.done.result(30)
    window.eval("console.log('after')").result(10)
    done.result(10)  # listeners run in order: those of the download have
    assert seen
    assert seen == sorted(seen)
    assert seen[-1] == SIZE
    assert ended == ["completed"]


def test_one_that_takes_long_is_followed_and_cancelled(app: App, tmp_path: Path) -> None:
    go_on = threading.Event()

    def slow() -> Iterator[bytes]:
        yield bytes(300_000)
        go_on.wait(30)
        yield bytes(300_000)

    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    window.serve("/slow.bin", slow)
    told = window.next("will-download")
    window.eval("Object.assign(document.createElement('a'), {href: '/slow.bin', download: 'slow.bin'}).click()").result(
        10
    )
    _, item = told.result(20)
    ended = Pending("done")
    item.on("done", lambda item: ended.settle(item.state))
    item.cancel()
    assert ended.result(10) == "cancelled"
    with pytest.raises(Cancelled):
        item.done.result(10)
    go_on.set()
    assert window.eval("1").result(10) == 1
    assert not list(tmp_path.iterdir())


def test_two_of_one_name_are_two_files(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    paths = []
    for size in (10, 20):
        told = window.next("will-download")
        window.eval(f"give('same.bin', {size})").result(10)
        paths.append(told.result(10)[1].done.result(20))
    assert [path.name for path in paths] == ["same.bin", "same (1).bin"]
    assert [path.stat().st_size for path in paths] == [10, 20]


def test_what_cannot_be_written_is_told_and_leaves_nothing(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)

    def nowhere(_event: object, item: object) -> None:
        item.save_path = tmp_path / "no such folder" / "x.bin"

    window.on("will-download", nowhere)
    told = window.next("will-download")
    window.eval("give('x.bin', 10)").result(10)
    _, item = told.result(10)
    with pytest.raises(FileNotFoundError):
        item.done.result(20)
    assert item.state == "interrupted"
    assert not list(tmp_path.iterdir())
    assert "'x.bin' was not downloaded" in window.log


def test_a_window_that_closes_ends_its_downloads(app: App, tmp_path: Path) -> None:
    window = opened(app, allow={"downloads": True}, download_folder=tmp_path)
    told = window.next("will-download")
    window.on("will-download", lambda _event, _item: window.destroy().result(10))
    window.eval("give('x.bin', 10)").result(10)
    _, item = told.result(10)
    with pytest.raises((WindowClosed, Broken)):
        item.done.result(20)
    assert not list(tmp_path.iterdir())


def test_without_the_switch_nothing_arrives(app: App, tmp_path: Path) -> None:
    window = opened(app, download_folder=tmp_path)
    told = window.next("refused")
    window.eval("give('x.bin', 10)").result(10)
    assert (told.result(10).switch, told.result(10).detail) == ("downloads", "x.bin")
    assert not list(tmp_path.iterdir())
    with pytest.raises(UsageError, match="download_folder"):
        opened(app, download_folder=tmp_path / "nowhere")
