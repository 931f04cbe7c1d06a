"""The file of places: whole at every moment, whoever writes it and whatever was in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jupyterwin.main.places.arranging import grid
from jupyterwin.main.places.store import KEEP, Book, Seen, Store, state_folder
from jupyterwin.wire.control import Bounds, Place

PLACE = Place(Bounds(1, 2, 300, 200), "maximized", "left", Bounds(0, 0, 800, 600))

WRITER = """
import sys
from pathlib import Path
from jupyterwin.main.places.store import Seen, Store
from jupyterwin.wire.control import Bounds, Place
store = Store(Path(sys.argv[1]))
for n in range(30):
    store.change(lambda book: book.windows.update({f"{sys.argv[2]} {n}": Seen(Place(Bounds(n, n, 10, 10)))}))
"""


def test_what_is_written_is_read(tmp_path: Path) -> None:
    Store(tmp_path).change(lambda book: book.windows.update(a=Seen(PLACE)))
    assert Store(tmp_path).read().windows["a"].place == PLACE
    assert {path.name for path in tmp_path.iterdir()} == {"places.json", "places.lock"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"windows": {"a": 3}}', "\0" * 100])
def test_a_file_that_cannot_be_read_is_an_empty_one(tmp_path: Path, text: str) -> None:
    store = Store(tmp_path)
    store.path.write_text(text)
    assert store.read() == Book()
    store.change(lambda book: book.windows.update(a=Seen(PLACE)))
    assert set(store.read().windows) == {"a"}


def test_kernels_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert len(Store(tmp_path).read().windows) == 60


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.change(lambda book: book.windows.update({f"w{n}": Seen(PLACE, at=n) for n in range(KEEP + 5)}))
    assert set(store.read().windows) == {f"w{n}" for n in range(5, KEEP + 5)}


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    for _ in range(2):
        store.change(lambda book: None)
    assert sum("cannot be kept" in record.message for record in caplog.records) == 1


def test_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/srv/ann/state")
    assert state_folder() == Path("/srv/ann/state/jupyterwin")
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    assert state_folder() == Path.home() / ".local/state/jupyterwin"


def test_a_grid_covers_its_area_without_a_gap_or_an_overlap() -> None:
    area = Bounds(100, 50, 1001, 701)
    for count in range(1, 12):
        cells = grid(area, count, None, 0)
        assert len(cells) == count
        assert sum((cell.width or 0) * (cell.height or 0) for cell in cells) == 1001 * 701
    assert grid(area, 0, None, 0) == []
    assert grid(Bounds(0, 0, 100, 100), 2, 1, 10) == [Bounds(0, 0, 100, 45), Bounds(0, 55, 100, 45)]
