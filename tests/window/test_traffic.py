"""Traffic of a real window: floods, blocked pages, reloads while calls are under way."""

from __future__ import annotations

import gc
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from jupyterwin.errors import JupyterWinError, Overflow
from jupyterwin.main.app import App
from jupyterwin.main.handlers.running import MOST_QUEUED
from jupyterwin.main.window import Window
from jupyterwin.wire.session import WINDOW_FRAMES
from support.real_app import open_ready
from support.standing import standing_still


def memory() -> int:
    """Bytes that this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def round_trips(window: Window, seconds: float) -> int:
    """How many calls to a page were answered one after another; none took seconds, whatever else goes on."""
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        assert window.invoke("echo", count).result(5) == count
        count += 1
    return count


def test_each_of_ten_thousand_calls_ends_once_while_a_window_is_reloaded_at_random(app_of_each_kind: App) -> None:
    """By the kernel, by the page itself, and by content that replaces it."""
    app = app_of_each_kind
    runs: Counter[str] = Counter()
    ended: Counter[str] = Counter()

    def count(key: str) -> str:
        runs[key] += 1
        return key

    page = """<script>
        kernel.handle("echo", x => x);
        const own = Math.random().toString(36);
        for (let n = 0; n < 60; n++) kernel.count(`${own}:${n}`).then(x => kernel.send("answered", x), () => 0);
        if (Math.random() < 0.3) setTimeout(() => location.reload(), Math.random() * 60);
    </script>"""
    answered: Counter[str] = Counter()
    window = open_ready(app, "w", html=page, expose=[count])
    window.ipc.on("answered", lambda _event, key: answered.update([key]))
    stop = threading.Event()

    def disturb() -> None:
        chance = random.Random(7)
        while not stop.is_set():
            if chance.random() < 0.6:
                window.reload()
            else:
                app.open("w", html=f"{page}<!-- {chance.random()} -->", expose=[count])
            stop.wait(chance.random() * 0.15)

    disturber = threading.Thread(target=disturb)
    disturber.start()
    pending = []
    for n in range(10_000):
        pending.append(window.invoke("echo", n, timeout=30))
        if n % 100 == 99:
            pending[-1].exception(60)  # however it ended
    stop.set()
    disturber.join(20)
    for one in pending:
        try:
            one.result(30)
            ended["value"] += 1
        except JupyterWinError as error:
            ended[type(error).__name__] += 1
    assert sum(ended.values()) == 10_000
    assert set(ended) <= {"value", "WindowClosed", "RemoteError", "NoHandler", "DeadlineExceeded"}, ended
    assert ended["DeadlineExceeded"] == 0
    assert ended["value"] > 100
    assert len(runs) > 500
    assert max(runs.values()) == 1
    assert max(answered.values()) == 1
    assert set(answered) <= set(runs)
    app.open("w", html="<p>a page that stays", expose=[count])
    assert window.eval("kernel.count('last')").result(20) == "last"


def test_a_page_in_a_long_loop_is_waited_for_up_to_a_bound_and_recovers(app: App) -> None:
    page = """<script>
        let sum = 0, count = 0;
        kernel.on("data", a => { sum += a[0]; count++; });
        kernel.handle("echo", x => x);
        kernel.handle("seen", () => [count, sum]);
    </script>"""
    window, other = (open_ready(app, name, html=page, expose=[print]) for name in ("w", "other"))
    before = memory()
    sent = 0
    data = np.ones(2_500_000)  # 20 MB
    with standing_still(window):
        with suppress(Overflow):
            while sent < 20:
                window.send("data", data)
                sent += 1
        assert 3 <= sent < 20
        assert memory() - before < 250_000_000
        seen = window.invoke("seen", timeout=60)
        assert other.invoke("echo", 1).result(20) == 1, "a page that hangs holds up another one"
        assert not seen.done()
    assert seen.result(60) == [sent, sent]
    window.send("data", data)
    assert window.invoke("seen", timeout=60).result(60) == [sent + 1, sent + 1]
    assert memory() - before < 150_000_000


FLOODS = {
    "messages": "kernel.send('n', n)",
    "messages that nobody hears": "kernel.send('unheard', n)",
    "calls of a slow function": "kernel.slow(n).catch(() => 0)",
    "calls that are refused": "kernel.slow('not a number').catch(() => 0)",
    "streams that nobody reads": "kernel.ticks(10)",
    "console lines": "console.log('x'.repeat(1000))",
}


@pytest.mark.parametrize(
    ("flood", "app_of_each_carrier"),
    [*((flood, "native") for flood in FLOODS), ("messages", "notebook"), ("streams that nobody reads", "notebook")],
    indirect=["app_of_each_carrier"],
)
def test_a_page_that_floods_costs_itself(app_of_each_carrier: App, flood: str) -> None:
    page = f"""<script>
        let n = 0, made = 0;
        kernel.on("flood", () => {{ const more = () => {{
            for (let k = 0; k < 2000; k++, n++) try {{ {FLOODS[flood]}; made++; }} catch {{ n = 1e9 }}
            if (n < 100_000) setTimeout(more);
        }}; more(); }});
    </script>"""

    def slow(n: int) -> int:
        time.sleep(0.02)
        return n

    def ticks(count: int) -> Iterator[int]:
        yield from range(count)

    app = app_of_each_carrier
    window = open_ready(app, "w", html=page, expose=[slow, ticks])
    window.ipc.on("n", lambda _event, _n: None)
    other = open_ready(app, "other", html="<script>kernel.handle('echo', x => x)</script>", expose=[print])
    round_trips(other, 0.3)
    before = memory()
    window.send("flood")
    assert round_trips(other, 3), "a page that floods holds up another one"
    assert window.eval("made", timeout=20).result(20) > 1000, window.log
    assert memory() - before < 150_000_000
    window.destroy().result(20)
    assert other.invoke("echo", 2).result(20) == 2


@pytest.mark.parametrize("app_of_each_kind", ["idle", "busy"], indirect=True)  # pages under cells share one thread
def test_what_a_page_floods_the_kernel_with_waits_in_the_page(app_of_each_kind: App) -> None:
    """The kernel holds a bounded number of messages for a listener that never comes back; other windows are answered."""
    page = """<script>let made = 0; kernel.on("flood", () => { for (; made < 50_000; made++) kernel.send("n", made); });</script>"""
    window = open_ready(app_of_each_kind, "w", html=page, expose=[print])
    other = open_ready(app_of_each_kind, "other", html="<script>kernel.handle('echo', x => x)</script>", expose=[print])
    may_end, heard, all_heard = threading.Event(), [], threading.Event()

    def hear(_event: object, n: int) -> None:
        may_end.wait(60)
        heard.append(n)
        if n == 49_999:
            all_heard.set()

    window.ipc.on("n", hear)
    window.send("flood")
    # A whole window of frames may be acknowledged before the first of them is counted, and then another may come.
    try:
        running, came, before = window._document.running, window.traffic, -1
        while not running.crowded or came.received != before:
            before = came.received
            assert all(other.invoke("echo", n).result(5) == n for n in range(50))
        assert window.eval("made").result(20) == 50_000
        assert running.queued <= MOST_QUEUED + 2 * WINDOW_FRAMES
        assert came.received <= MOST_QUEUED + 2 * WINDOW_FRAMES
    finally:
        may_end.set()
    assert all_heard.wait(60)
    assert heard == list(range(50_000))
