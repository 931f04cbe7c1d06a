"""Lasting partitions: their folder, their secret, and who holds them. Real files, a real second process."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.partitions import Partitions, data_folder
from jupyterwin.security.profile import Profile

PRICES = Profile("persist:prices")
SECOND = """
import sys
from jupyterwin.main.partitions import Partitions
from jupyterwin.security.profile import Profile
try:
    print(Partitions().hold(Profile("persist:prices")).secret.hex())
except Exception as problem:
    print(type(problem).__name__, problem)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "jupyterwin/partitions/prices"


def second_process() -> str:
    return subprocess.run([sys.executable, "-c", SECOND], capture_output=True, text=True, check=True).stdout


def test_its_secret_and_folder_are_the_users_alone_and_stay(folder: Path) -> None:
    partitions = Partitions()
    partition = partitions.hold(PRICES)
    assert partition is not None
    assert partitions.hold(PRICES) is partition
    assert partition.storage.parent == folder
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, partition.storage)] == [0o700, 0o700]
    assert [stat.S_IMODE((folder / name).stat().st_mode) for name in ("secret", "lock")] == [0o600, 0o600]
    assert not list(partition.storage.iterdir())  # what the host is shown
    partitions.release(PRICES)
    assert second_process().strip() == partition.secret.hex()
    other = partitions.hold(Profile("persist:orders"))
    assert other is not None
    assert other.secret != partition.secret
    partitions.release(Profile("persist:orders"))


def test_in_memory_nothing_is_written(tmp_path: Path) -> None:
    assert Partitions().hold(Profile("prices")) is None
    assert Partitions().hold(Profile()) is None
    assert not list(tmp_path.iterdir())


def test_another_kernel_is_told_who_has_it_and_what_to_do() -> None:
    partitions = Partitions()
    partitions.hold(PRICES)
    said = second_process()
    assert said.startswith(
        f"UsageError partition: 'persist:prices' is in use by another kernel (process {os.getpid()})"
    )
    assert "close its windows there" in said
    partitions.release(PRICES)
    assert len(bytes.fromhex(second_process())) == 32


def test_a_forked_child_keeps_it_no_longer_than_its_parent_does() -> None:
    partitions = Partitions()
    partitions.hold(PRICES)
    (read, write), (forgotten, forgets) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        partitions.forget_in_child()
        os.write(forgets, b"x")
        os.read(read, 1)
        os._exit(0)
    os.read(forgotten, 1)
    assert "in use" in second_process()  # what the child let go is still its parent's
    partitions.release(PRICES)
    assert len(bytes.fromhex(second_process())) == 32
    os.write(write, b"x")
    os.waitpid(child, 0)
    for end in (read, write, forgotten, forgets):
        os.close(end)


def test_one_lasting_partition_has_one_network() -> None:
    partitions = Partitions()
    partitions.hold(PRICES)
    with pytest.raises(UsageError, match="network: windows of the partition 'persist:prices' are open"):
        partitions.hold(Profile("persist:prices", frozenset({"https://example.org"})))
    partitions.release(PRICES)


def test_it_is_cleared_when_nobody_has_it(folder: Path) -> None:
    partitions = Partitions()
    first = partitions.hold(PRICES)
    assert first is not None
    (first.storage / "what was stored").write_text("x")
    with pytest.raises(UsageError, match="close them first"):
        partitions.clear(PRICES)
    partitions.release(PRICES)
    partitions.clear(PRICES)
    partitions.clear(Profile("persist:never"))
    again = partitions.hold(PRICES)
    assert again is not None
    assert again.secret != first.secret
    assert not list(again.storage.iterdir())
    partitions.release(PRICES)


def test_a_damaged_secret_is_no_new_one(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "secret").write_bytes(b"short")
    for _ in range(2):  # and the lock is not kept
        with pytest.raises(UsageError, match="is damaged"):
            Partitions().hold(PRICES)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "jupyterwin").write_text("a file is in the way")
    with pytest.raises(UsageError, match="partition: 'persist:prices' cannot be kept in"):
        Partitions().hold(PRICES)


def test_the_data_folder_is_the_platforms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_folder() == tmp_path / "jupyterwin"
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert data_folder() == Path.home() / ".local/share/jupyterwin"
