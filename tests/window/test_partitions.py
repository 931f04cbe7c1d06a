"""Partitions: windows that name one have a host and storage of their own, in memory or on disk. Real windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from support.real_app import open_ready, real_app

BOUND = 60


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with real_app() as one:
        yield one


def test_windows_of_one_partition_share_a_host_and_others_have_their_own(app: App) -> None:
    plain, one, two = open_ready(app, "a"), open_ready(app, "b", partition="x"), open_ready(app, "c", partition="x")
    other = open_ready(app, "d", partition="y")
    hosts = {window.name: window._link.process.pid for window in (plain, one, two, other)}
    assert hosts["b"] == hosts["c"]
    assert len(set(hosts.values())) == 3
    assert {process.profile for process in app.metrics()} == {"", "x", "y"}
    gone = app.next("window-all-closed")
    link = other._link
    other.destroy()
    assert link.process.wait(BOUND)
    assert one.eval("1").result(BOUND) == 1
    for window in (plain, one, two):
        window.destroy()
    gone.result(BOUND)


def test_what_a_lasting_partition_stores_is_there_again_and_only_for_its_window(app: App, tmp_path: Path) -> None:
    window = open_ready(app, "a", partition="persist:notes")
    first = window.url
    window.eval("localStorage.setItem('draft', 'kept'); return 1").result(BOUND)
    app.quit()
    again, other = open_ready(app, "a", partition="persist:notes"), open_ready(app, "b", partition="persist:notes")
    assert again.url == first
    assert again.eval("localStorage.getItem('draft')").result(BOUND) == "kept"
    assert other.eval("localStorage.getItem('draft')").result(BOUND) is None
    folder = tmp_path / "jupyterwin" / "partitions" / "notes"
    assert (folder / "secret").stat().st_mode & 0o077 == 0
    assert list((folder / "storage").iterdir())
    assert again.sandbox is not None
    assert again.sandbox.effective == "full"


@pytest.mark.parametrize("name", ["", "../up", "persist:", "a/b", 3])
def test_a_partition_has_a_plain_name(app: App, name: object) -> None:
    with pytest.raises(UsageError, match="partition: a name of letters"):
        app.open("a", partition=name)
