"""A store as pages have it: what they are born with, what a hostile one may say, and the types that an editor has."""

from __future__ import annotations

import datetime as dt
import enum
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import traitlets as t

from jupyterwin import NoHandler, RemoteError, Store, UsageError
from jupyterwin.main.store.pages import FOLLOW, MOST_WRITES, WRITE
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control
from support.typescript import check


class Side(enum.Enum):
    BUY = "buy"
    SELL = "sell"


class Params(Store):
    """What the windows share."""

    symbol = t.Unicode("MSFT", help="which share")
    days = t.Int(30, min=1)
    when = t.Instance(dt.date, args=(2024, 5, 17))
    side = t.UseEnum(Side)
    rows = t.List(t.Float())
    fixed = t.Int(3, read_only=True)
    odd = t.Any()
    _own = t.Int(1)
    hidden = t.Int(2).tag(page=False)


def born(app: HeadlessApp, window: Window) -> Any:
    app.page(window)  # opening returns at once: its page is there when the host was asked for it
    [made] = [one for one in app.hosts[0].commands if isinstance(one, control.CreateWindow)]
    [store] = made.boot.stores
    return store


def test_a_document_is_born_with_the_traits_and_the_small_values(app: HeadlessApp) -> None:
    store = born(app, app.open("a", store=Params(rows=[0.5] * 100_000)))
    assert store.name == ""
    assert sorted(store.traits) == ["days", "fixed", "odd", "rows", "side", "symbol", "when"]
    assert store.state["when"] == [1, "2024-05-17"]
    assert store.state["side"] == [1, "buy"]
    assert "rows" not in store.state


def test_a_page_that_follows_gets_what_it_lacks_and_each_later_version(app: HeadlessApp) -> None:
    store = Params()
    window = app.open("a", store=store)
    page = app.page(window)
    assert page.call(FOLLOW, {"": {"symbol": 1, "days": 99}}) is None
    assert page.call(WRITE, "", [[{"symbol": "AAPL"}, None]]) == [[{"symbol": [2, "AAPL"]}, None]]
    assert store.symbol == "AAPL"


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("",),
        ("", "x"),
        ("", {"days": 1}),
        ("", [[{}, None]] * (MOST_WRITES + 1)),
        ("nobody", []),
        (["list"], []),
        (None, None),
    ],
)
def test_what_is_no_list_of_writes_is_refused_whole_or_does_nothing(app: HeadlessApp, said: tuple[Any, ...]) -> None:
    store = Params()
    before = store.snapshot
    page = app.page(app.open("a", store=store))
    with suppress(UsageError):
        assert page.call(WRITE, *said) == []
    assert store.snapshot is before


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("x", "bad-arguments"),
        ([{"days": 1}], "bad-arguments"),
        ([{"days": 1}, "x"], "bad-arguments"),
        ([{"_own": 1}, None], "usage"),
        ([{"hidden": 1}, None], "usage"),
        ([{"__class__": 1}, None], "usage"),
        ([{"fixed": 4}, None], "handler-raised"),
        ([{"days": 0}, None], "handler-raised"),
        ([{"days": "1"}, None], "bad-arguments"),
        ([{"side": "hold"}, None], "bad-arguments"),
        ([{"days": 2, "symbol": 3}, None], "bad-arguments"),
        ([{"days": 2}, {"days": 0}], "conflict"),
        ([{"days": 2}, {"days": "x"}], "handler-raised"),
    ],
)
def test_a_write_that_is_wrong_is_refused_with_its_code_and_the_others_are_not(
    app: HeadlessApp, entry: Any, code: str
) -> None:
    store = Params()
    page = app.page(app.open("a", store=store))
    [(_, error), (_, none)] = page.call(WRITE, "", [entry, [{"symbol": "taken"}, None]])
    assert (getattr(error, "code", None) if not isinstance(error, RemoteError) else error.record.code) == code
    assert none is None
    assert (store.symbol, store.days, store.fixed, store.hidden) == ("taken", 30, 3, 2)


def test_a_window_without_a_store_has_none_of_its_channels(app: HeadlessApp) -> None:
    page = app.page(app.open("a", html="<p>"))
    for channel in (FOLLOW, WRITE):
        with pytest.raises(NoHandler):
            page.call(channel)


def test_a_value_that_cannot_cross_stays_out_and_is_told_once(app: HeadlessApp) -> None:
    store = Params(odd=lambda: 1)
    window = app.open("a", store=store)
    page = app.page(window)
    page.call(FOLLOW, {})
    store.odd = print
    store.symbol = "AAPL"
    assert page.call(WRITE, "", [[{"days": 4}, None]])[0][1] is None
    told = [entry for entry in window.log if "kernel.store.odd stays as it was in pages" in entry.message]
    assert len(told) == 1
    window.drained().result(DEADLINE)


PAGE = """
const symbol: string = kernel.store.symbol;
kernel.store.days = 5;
kernel.store.when = "2024-01-01";
kernel.store.side = "sell";
kernel.store.set({ days: 1, rows: [1, 2] }, { ifUnchanged: true }).catch((e: jupyterwin.KernelError) => e.code === "conflict");
kernel.store.set("symbol", "AAPL");
kernel.store.update("days", (days) => days + 1).then((days: number) => days);
const off: () => void = kernel.store.subscribe("rows", (rows: number[]) => rows.length);
kernel.store.subscribe((changes) => changes.days?.toFixed());
kernel.store.on("error", ({ values, error }) => [values.symbol, error.message]);
kernel.progress.subscribe((jobs) => jobs[0]?.total);
"""
WRONG = [
    "kernel.store.days = 'x';",
    "kernel.store.fixed = 4;",
    "kernel.store.side = 'hold';",
    "kernel.store.nothing;",
    "kernel.store.hidden;",
    "kernel.store.set({ days: 'x' });",
    "kernel.store.set('fixed', 4);",
    "kernel.store.subscribe('nothing', () => 0);",
]


def test_an_editor_knows_the_traits(app: HeadlessApp, tmp_path: Path) -> None:
    types = app.open("a", store=Params()).types
    assert "  /** What the windows share. */\n  interface Params extends jupyterwin.Store<" in types
    assert "    /** which share */\n    symbol: string;" in types
    (tmp_path / "kernel.d.ts").write_text(types)
    page = tmp_path / "page.ts"
    wrong = "\n".join(f"// @ts-expect-error\n{line}" for line in WRONG)
    page.write_text(f"{PAGE}\n{wrong}\nexport {{}};\n")
    said = check(tmp_path / "kernel.d.ts", page)
    assert said.code == 0, said.out


def test_several_stores_have_their_names(app: HeadlessApp) -> None:
    types = app.open("a", store={"a": Params(), "b": Params()}).types
    assert "readonly store: { readonly a: kernel.Params; readonly b: kernel.Params2; };" in types
