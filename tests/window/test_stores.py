"""One store in several real windows: both ways, refusals, reload, a cell that makes it again, and writers at random."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from traitlets import Dict, Int, List, TraitError, Unicode, validate

from jupyterwin import Store, UsageError
from jupyterwin.main.app import App
from jupyterwin.main.ownership import cells
from jupyterwin.main.window import Window
from support.busy import busy_python
from support.panels import until
from support.real_app import open_ready

SECONDS = 20
PAGE = """<title>store</title><p id=shown></p><script>
    const first = kernel.store.symbol, seen = [], bad = [];
    kernel.store.subscribe("symbol", (symbol) => { shown.textContent = symbol; seen.push(symbol); });
    kernel.store.on("error", ({ values, error }) => bad.push([values, error.name, error.message]));
</script>"""


class Params(Store):
    """What the windows share."""

    symbol = Unicode("MSFT", help="which one")
    days = Int(30, min=1, max=90)
    even = Int(0)
    rows: List[int] = List(Int())
    picked: Dict[str, Any] = Dict()
    _private = Int(1)

    @validate("even")
    def _is_even(self, proposal: Any) -> int:
        if proposal.value % 2:
            raise TraitError(f"{proposal.value} is odd")
        return int(proposal.value)


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


@pytest.fixture
def store() -> Params:
    return Params()


@pytest.fixture
def pair(app: App, store: Params) -> Iterator[tuple[Window, Window]]:
    yield open_ready(app, "one", html=PAGE, store=store), open_ready(app, "two", html=PAGE, store=store)
    cells.end()


def read(window: Window, js: str) -> Any:
    return window.eval(js).result(SECONDS)


def heard(store: Store, name: str, value: Any) -> None:
    """Return once the store has that value."""
    end = time.monotonic() + SECONDS
    while getattr(store, name) != value:
        assert time.monotonic() < end, f"{name} stayed {getattr(store, name)!r}"
        time.sleep(0.005)


def test_the_first_script_has_the_values_and_every_window_hears_of_every_change(
    pair: tuple[Window, Window], store: Params
) -> None:
    one, two = pair
    assert read(one, "[first, kernel.store.days, Object.keys(kernel.store).sort().join()]") == [
        "MSFT",
        30,
        "days,even,on,picked,rows,set,subscribe,symbol,update",
    ]
    store.symbol = "AAPL"
    for window in pair:
        until(window, "shown.textContent === 'AAPL'")
    assert read(one, "(kernel.store.symbol = 'NVDA', shown.textContent)") == "NVDA"  # at once, where it was made
    heard(store, "symbol", "NVDA")
    until(two, "shown.textContent === 'NVDA'")
    assert read(two, "seen.slice(-2)") == ["AAPL", "NVDA"]


def test_a_write_that_is_refused_says_so_where_it_was_made_and_the_old_value_comes_back(
    pair: tuple[Window, Window], store: Params
) -> None:
    one, two = pair
    refused = "kernel.store.set({0}).then(() => 'taken', (e) => [e.code, e.name, e.message, e.path])"
    assert read(one, refused.format("'days', 'x'")) == [
        "bad-arguments",
        "BadArguments",
        "days: expected int, got str",
        "days",
    ]
    assert read(one, refused.format("{even: 3, symbol: 'no'}")) == ["handler-raised", "TraitError", "3 is odd", ""]
    assert "there is no 'nothing'" in read(one, refused.format("{nothing: 1}"))[2]
    assert "there is no '_private'" in read(one, refused.format("{_private: 1}"))[2]
    assert "cannot cross" in read(
        one, "(() => { try { kernel.store.rows = [() => 1] } catch (e) { return e.message } })()"
    )
    assert read(one, "(kernel.store.days = 91, kernel.store.days)") == 91
    until(one, "bad.length === 1")
    values, name, message = read(one, "bad[0]")
    assert (values, name) == ({"days": 91}, "TraitError")
    assert "should not be greater than 90" in message
    assert read(one, "[kernel.store.days, kernel.store.symbol, kernel.store.even]") == [30, "MSFT", 0]
    assert dict(store.snapshot)["days"] == 30
    assert read(two, "bad") == []


def test_update_and_if_unchanged_lose_nothing(pair: tuple[Window, Window], store: Params) -> None:
    store.days = 1
    adds = "Promise.all(Array.from({length: 20}, () => kernel.store.update('days', (n) => n + 1))).then(() => 1)"
    for pending in [window.eval(adds) for window in pair]:
        pending.result(SECONDS)
    assert store.days == 41
    one, _ = pair
    until(one, "kernel.store.days === 41")
    js = "kernel.store.set({days: 5}, {ifUnchanged: true}).then(() => 'taken', (e) => e.code)"
    assert read(one, js) == "taken"
    stale = "(() => { const p = kernel.store.set({days: 6}); const q = kernel.store.set({days: 7}, {ifUnchanged: true}); return Promise.allSettled([p, q]).then((all) => all.map((o) => o.reason?.code ?? 'taken')) })()"
    assert read(one, stale) == ["taken", "conflict"]
    assert store.days == 6


def test_it_is_there_after_a_reload_whoever_asks_for_it_and_works_while_the_kernel_is_busy(
    pair: tuple[Window, Window], store: Params
) -> None:
    one, two = pair
    store.set(symbol="AAPL", rows=list(range(100_000)))  # too much to be born with
    again = one.next("ready")
    one.reload()
    again.result(SECONDS)
    assert read(one, "first") == "AAPL"
    until(one, "kernel.store.rows?.length === 100000")
    store.symbol = "NVDA"
    again = one.next("ready")
    one.eval("location.reload()").cancel()
    again.result(SECONDS)
    until(one, "shown.textContent === 'NVDA'")
    with busy_python():
        read(one, "kernel.store.set('symbol', 'busy')")
        until(two, "shown.textContent === 'busy'")


def test_the_cell_that_makes_it_runs_again(app: App) -> None:
    cells.begin("making", identified=True)
    old = Params(symbol="old")
    cells.begin("using", identified=True)
    window, heard_of = open_ready(app, "again", html=PAGE, store=old), []
    old.observe(lambda change: heard_of.append(change.new), "symbol")
    until(window, "shown.textContent === 'old'")
    cells.begin("making", identified=True)
    new = Params(symbol="new")
    until(window, "shown.textContent === 'new'")
    read(window, "kernel.store.set('symbol', 'from the page')")
    new.drained().result(SECONDS)
    assert (new.symbol, old.symbol, heard_of) == ("from the page", "old", ["from the page"])


def test_several_stores_by_name_and_the_preload_has_them_too(app: App, store: Params, tmp_path: Path) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(
        "jupyterwin.store.a.subscribe('symbol', (s) => jupyterwin.ipcRenderer.send('preload', s));"
        "jupyterwin.contextBridge.exposeInMainWorld('fromPreload', (s) => { jupyterwin.store.b.symbol = s; });"
    )
    other, said = Params(symbol="other"), []
    window = app.open("named", html="<p>", store={"a": store, "b": other}, preload=preload)
    last = threading.Event()
    window.ipc.on("preload", lambda _event, symbol: (said.append(symbol), symbol == "AAPL" and last.set()))
    window.ready().result(SECONDS)
    assert read(window, "[kernel.store.a.symbol, kernel.store.b.symbol]") == ["MSFT", "other"]
    read(window, "fromPreload('written'); return kernel.store.b.set({})")
    assert (other.symbol, store.symbol) == ("written", "MSFT")
    store.symbol = "AAPL"
    until(window, "kernel.store.a.symbol === 'AAPL'")
    assert last.wait(SECONDS), said
    assert said[-1] == "AAPL"


class _Reserved(Store):
    subscribe = Int()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"a": 1}, "a jupyterwin.Store"),
        ({}, "a jupyterwin.Store"),
        (_Reserved, "is needed"),
        (_Reserved(), "is a method"),
    ],
)
def test_what_is_no_store_is_refused(app: App, given: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        app.open("refused", store=given)


def test_a_flood_reaches_a_page_conflated_and_ends_with_the_last_value(
    pair: tuple[Window, Window], store: Params
) -> None:
    one, two = pair
    for n in range(20_000):
        store.symbol = str(n)
    for window in pair:
        until(window, "shown.textContent === '19999'")
        assert read(window, "seen.length") < 5_000
    read(one, "for (let n = 0; n < 20000; n++) kernel.store.symbol = 'p' + n; return kernel.store.set({})")
    assert store.symbol == "p19999"
    until(two, "shown.textContent === 'p19999'")


WRITE = """
    const random = (n) => Math.floor(Math.random() * n), end = Date.now() + $MS, failed = [], under_way = [];
    let updating = false;
    while (Date.now() < end) {
        for (let n = random(20); n > 0; n--) {
            const to = random(6);
            if (to === 0) kernel.store.symbol = "$WHO" + random(1000);
            else if (to === 1) kernel.store.days = random(120);
            else if (to === 2) kernel.store.even = random(100);
            else if (to === 3) under_way.push(kernel.store.set({rows: [random(9)], symbol: "$WHO"}).catch((e) => failed.push(e.code)));
            else if (to === 4) kernel.store.picked = {by: "$WHO", n: random(9)};
            else if (!updating) {
                updating = true;
                under_way.push(kernel.store.update("even", (n) => n + 2).catch((e) => failed.push(e.code)).then(() => { updating = false; }));
            }
        }
        await new Promise((done) => setTimeout(done, random(8)));
    }
    await Promise.all([...under_way, kernel.store.set({})]);
    return failed.filter((code) => code !== "conflict");
"""


def write_at_random(pair: tuple[Window, Window], store: Params, seconds: float) -> None:
    """Two pages and Python write; then all of them have the same."""
    js = WRITE.replace("$MS", str(round(seconds * 1000)))
    pages = [w.eval(js.replace("$WHO", w.name), timeout=seconds + SECONDS) for w in pair]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        store.symbol = f"python {random.random()}"
        store.set(days=random.randint(1, 90), even=random.randint(0, 50) * 2)
    assert [page.result(seconds + SECONDS) for page in pages] == [[], []]
    state = {name: value for name, value in store.snapshot.items() if name != "_private"}
    for window in pair:
        until(
            window,
            f"JSON.stringify([kernel.store.symbol, kernel.store.days, kernel.store.even]) === {state_of(state)!r}",
        )
        now = read(
            window,
            "Object.fromEntries(Object.keys(kernel.store).filter((k) => typeof kernel.store[k] !== 'function').map((k) => [k, kernel.store[k]]))",
        )
        assert now == state


def state_of(state: dict[str, Any]) -> str:
    return '["{symbol}",{days},{even}]'.format(**state)


def test_two_windows_and_python_that_write_at_random_end_in_one_state(
    pair: tuple[Window, Window], store: Params
) -> None:
    write_at_random(pair, store, 2)


@pytest.mark.long
def test_for_a_minute_too(pair: tuple[Window, Window], store: Params) -> None:
    write_at_random(pair, store, 60)
