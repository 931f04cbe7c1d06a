"""A store that its cell makes again takes the place of the old one; other stores of its class are left alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from traitlets import Int, Unicode

from jupyterwin import Store
from jupyterwin.main.ownership import cells
from jupyterwin.main.store import succession as module


@pytest.fixture(autouse=True)
def _cells() -> Iterator[None]:
    yield
    cells.end()


def defined() -> type[Store]:
    """The class, as running its cell again defines it."""

    class Params(Store):
        days = Int(30)
        symbol = Unicode("MSFT")

    return Params


class Shown:
    """Follows a store."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, Any]] = []

    def changed(self, store: Store) -> bool:
        self.seen.append((store.snapshot.version, store.days))
        return True


@pytest.mark.parametrize("identified", [True, False])
def test_the_cell_that_makes_it_runs_again(*, identified: bool) -> None:
    cells.begin("making", identified=identified)
    old = defined()()
    cells.begin("using", identified=identified)
    shown, heard = Shown(), []
    old.follow(shown)
    old.observe(lambda change: heard.append(change.new), "days")
    old.days = 50
    old.drained().result(10)
    version = old.snapshot.version
    cells.begin("making", identified=identified)
    new = defined()(days=7)
    assert old.latest() is new
    assert shown.seen[-1] == (new.snapshot.version, 7)
    assert min(new.snapshot.versions.values()) > version  # newer than whatever pages have
    new.days = 8
    old.days = 60
    new.drained().result(10)
    old.drained().result(10)
    assert heard == [50, 8]
    assert shown.seen[-1] == (new.snapshot.version, 8)


def test_of_two_stores_of_a_cell_each_has_its_own_successor() -> None:
    for _ in range(2):
        cells.begin("making", identified=True)
        kind = defined()
        a, b = kind(days=1), kind(days=2)
        cells.end()
        if _ == 0:
            first = a, b
    assert (first[0].latest(), first[1].latest()) == (a, b)


def test_an_edited_cell_of_a_front_end_without_ids_makes_a_successor() -> None:
    cells.begin("source one")
    old = defined()()
    cells.begin("source two")
    new = defined()()
    assert old.latest() is new


@pytest.mark.parametrize("identified", [True, False])
def test_another_cell_that_makes_one_of_the_same_class_does_not(*, identified: bool) -> None:
    kind = defined()
    cells.begin("one", identified=identified)
    old = kind()
    cells.begin("two", identified=identified)
    new = kind()
    assert old.latest() is old
    assert new.latest() is new


def test_in_a_script_a_module_that_is_loaded_again_makes_successors() -> None:
    kind = defined()
    one, two = kind(), kind()
    again = defined()
    three = again()
    assert one.latest() is three
    assert two.latest() is two
    assert again().latest() is two.latest()


def test_a_store_that_nobody_holds_is_forgotten() -> None:
    cells.begin("making", identified=True)
    old = defined()()
    shown = Shown()
    old.follow(shown)
    del old
    gc.collect()
    cells.begin("making", identified=True)
    assert defined()().days == 30
    assert shown.seen == []


def test_the_collector_may_come_at_any_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs in whatever thread is making objects, whatever lock that holds: here, in the middle of making a store."""
    succession = module.Succession()
    count = succession._count

    def collected(*args: Any) -> int:
        gc.collect()
        return count(*args)

    monkeypatch.setattr(succession, "_count", collected)
    kind = defined()
    old = kind()
    succession.claim(old)
    old._itself = old  # goes with the collector alone
    del old
    made = threading.Thread(target=succession.claim, args=(kind(),), daemon=True)
    made.start()
    made.join(10)
    assert not made.is_alive()
