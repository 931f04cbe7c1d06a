"""A store in Python: commits, batches, who hears of them and in which context, from many threads."""

from __future__ import annotations

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from traitlets import Enum, Float, Int, List, TraitError, Unicode, observe, validate

from jupyterwin import Conflict, Store, UsageError
from jupyterwin.main.store.state import Snapshot

SECONDS = 10


class Params(Store):
    """What the tests share."""

    symbol = Unicode("MSFT")
    days = Int(30, min=1, max=90)
    double = Int(read_only=True)
    low = Float(0.0)
    high = Float(1.0)
    rows: List[int] = List(Int())
    kind = Enum(["line", "bar"], default_value="line")

    @observe("days")
    def _doubled(self, change: Any) -> None:
        self.set_trait("double", change.new * 2)

    @validate("low")
    def _below(self, proposal: Any) -> float:
        if proposal.value > self.high:
            raise TraitError("low is above high")
        return float(proposal.value)


def heard(store: Store, *names: str) -> list[tuple[str, Any, Any]]:
    """What an observer hears; read it after `drained`."""
    said: list[tuple[str, Any, Any]] = []
    store.observe(
        lambda change: said.append((change.name, change.old, change.new)), list(names) or list(Params().traits())
    )
    return said


def drain(store: Store) -> None:
    store.drained().result(SECONDS)


def test_a_commit_is_a_version_and_what_the_class_derives_belongs_to_it() -> None:
    store = Params()
    before = store.snapshot
    store.days = 40
    assert (store.days, store.double) == (40, 80)
    assert store.snapshot.version == before.version + 1
    assert store.snapshot.versions["days"] == store.snapshot.versions["double"] == store.snapshot.version
    assert store.snapshot.versions["symbol"] == before.versions["symbol"]
    assert before["days"] == 30


def test_what_does_not_fit_is_refused_in_the_line_that_sets_it_and_nothing_changes() -> None:
    store = Params()
    before, said = store.snapshot, heard(store)
    for wrong in ({"days": 100}, {"days": "x"}, {"kind": "pie"}, {"days": 50, "low": 2.0}):
        with pytest.raises(TraitError):
            store.set(wrong)
    with pytest.raises(TraitError):
        store.days = 0
    with pytest.raises(TraitError, match="read-only"):
        store.double = 3
    with pytest.raises(UsageError, match="it has days"):
        Params(dayz=3)
    drain(store)
    assert store.snapshot is before
    assert said == []


def test_what_an_observer_of_the_class_raises_undoes_the_commit() -> None:
    class Strict(Params):
        @observe("symbol")
        def _refuses(self, change: Any) -> None:
            if change.new == "bad":
                raise RuntimeError("no")

    store = Strict()
    with pytest.raises(RuntimeError, match="no"):
        store.set(days=50, symbol="bad")
    assert (store.days, store.double, store.symbol) == (30, 0, "MSFT")


def test_the_same_value_again_is_no_version() -> None:
    store = Params()
    version = store.snapshot.version
    store.symbol = "MSFT"
    store.low = 0.0
    assert store.snapshot.version == version
    store.low = -0.0
    assert store.snapshot.version == version + 1


@pytest.mark.parametrize("block", [Store.batch, Store.hold_trait_notifications])
def test_a_batch_is_one_version_reads_itself_and_others_read_nothing_of_it(block: Any) -> None:
    store = Params()
    version, said = store.snapshot.version, heard(store)
    with block(store), ThreadPoolExecutor(1) as other:
        store.high = 9.0
        store.low = 5.0  # above high as it was
        store.symbol = "AAPL"
        store.symbol = "NVDA"
        assert (store.low, store.symbol) == (5.0, "NVDA")
        assert other.submit(lambda: (store.low, store.symbol)).result(SECONDS) == (0.0, "MSFT")
    assert store.snapshot.version == version + 1
    drain(store)
    assert sorted(said) == [("high", 1.0, 9.0), ("low", 0.0, 5.0), ("symbol", "MSFT", "NVDA")]


def test_a_batch_that_raises_has_not_happened() -> None:
    store = Params()

    def batch(**values: Any) -> None:
        with store.batch():
            for name, value in values.items():
                setattr(store, name, value)

    with pytest.raises(TraitError, match="expected an int"):
        batch(symbol="AAPL", days="x")
    with pytest.raises(TraitError, match="above high"):
        batch(symbol="AAPL", low=5.0)
    assert store.symbol == "MSFT"


def test_compare_and_set_and_update_lose_nothing() -> None:
    store = Params()
    seen = store.snapshot.version
    store.symbol = "AAPL"
    store.set(days=31, if_version=seen)  # others may change
    with pytest.raises(Conflict, match="changed in version"):
        store.set(days=32, symbol="NVDA", if_version=seen)
    assert (store.days, store.symbol) == (31, "AAPL")
    store.days = 1
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: store.update("days", lambda days: days + 1), range(80)))
    assert store.days == 81


def test_threads_that_write_different_traits_never_undo_each_other() -> None:
    store = Params()

    def write(name: str, values: list[Any]) -> None:
        for value in values:
            setattr(store, name, value)

    with ThreadPoolExecutor(4) as threads:
        for name, values in {
            "days": range(1, 90),
            "low": [n / 1000 for n in range(500)],
            "symbol": "ABCDEF" * 50,
        }.items():
            threads.submit(write, name, list(values))
            threads.submit(write, name, list(values))
    assert (store.days, store.low, store.symbol, store.double) == (89, 0.499, "F", 178)


def test_observers_run_one_at_a_time_in_order_in_the_context_of_their_registration() -> None:
    where: contextvars.ContextVar[str] = contextvars.ContextVar("where", default="nowhere")
    store, said, running = Params(), [], []
    release = threading.Event()

    def note(change: Any) -> None:
        running.append(threading.get_ident())
        release.wait(SECONDS)
        said.append((where.get(), change.new))
        where.set("lost")
        running.append(threading.get_ident())

    where.set("first cell")
    store.observe(note, "days")
    where.set("second cell")
    store.observe(note, "days")
    where.set("third cell")
    store.days = 31
    store.days = 32
    assert said == []  # nobody waited for them
    release.set()
    drain(store)
    assert said == [("first cell", 31), ("second cell", 31), ("first cell", 32), ("second cell", 32)]
    assert all(running[n] == running[n + 1] != threading.get_ident() for n in range(0, 8, 2))


def test_an_observer_may_write_and_one_that_raises_is_told_under_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    store = Params()
    store.observe(lambda change: 1 / 0, "days")
    dispose = store.observe(lambda change: store.set(symbol=str(change.new)), "days")
    store.days = 31
    drain(store)
    assert store.symbol == "31"
    assert "an observer of Params.days raised ZeroDivisionError" in capsys.readouterr().err
    dispose()
    store.unobserve_all()
    store.days = 32
    drain(store)
    assert store.symbol == "31"
    assert capsys.readouterr().err == ""


def test_a_flood_conflates_for_slow_observers_and_ends_with_the_last_value() -> None:
    store, said = Params(), []
    release = threading.Event()
    store.observe(lambda change: (release.wait(SECONDS), said.append((change.old, change.new))), "low")
    store.high = 1e9
    for n in range(1, 5001):
        store.low = n
    release.set()
    drain(store)
    assert len(said) <= 1001
    assert said[-1][1] == 5000
    assert [old for old, _ in said[1:]] == [new for _, new in said[:-1]]  # what an observer missed, it knows of


def test_only_some_names_are_unobserved() -> None:
    store, said = Params(), []
    fn = lambda change: said.append(change.name)  # noqa: E731 -- the same function, twice
    store.observe(fn, ["days", "symbol"])
    store.unobserve(fn, "days")
    store.set(days=31, symbol="AAPL")
    drain(store)
    assert said == ["symbol"]


def test_traits_are_not_added_later() -> None:
    with pytest.raises(UsageError, match=r"class Wider\(Params\)"):
        Params().add_traits(more=Int())


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [(1, 1, True), ("a", "a", True), (1, True, False), (1, 1.0, False), (0.0, -0.0, False), ([1], [1], False)],
)
def test_a_value_that_a_page_could_tell_apart_is_another(old: Any, new: Any, alike: bool) -> None:  # noqa: FBT001 -- a row
    assert Snapshot({"a": old}, 1, {"a": 1}).changed_to({"a": new}).version == (1 if alike else 2)
