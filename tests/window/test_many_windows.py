"""Many windows: two hundred in a row, thirty at once. What they took is given back, and no id comes twice."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from jupyterwin.main.app import App
from jupyterwin.main.handlers import workers
from jupyterwin.main.launch.processes import tree
from support.real_app import open_ready, real_app

SETTLED = 40.0
"""Seconds that memory may take to come back: the engine ends a renderer, and trims, a moment after the window."""

PAGE = "<p>page</p><script>const held = new Uint8Array(1e6).fill(1)</script>"


@dataclass(frozen=True)
class Use:
    """What this process and its host have taken from the machine."""

    processes: int
    descriptors: int
    threads: int
    memory: int
    """KiB that were written to and are nobody else's: what is only mapped counts for all engines on the machine."""

    @classmethod
    def now(cls, app: App) -> Use:
        gc.collect()
        assert app.host is not None
        ours = [os.getpid(), *tree(app.host.process.pid)]
        return cls(
            len(ours),
            sum(_count(pid, "fd") for pid in ours),
            sum(_count(pid, "task") for pid in ours),
            sum(_private(pid) for pid in ours),
        )

    def within(self, before: Use) -> bool:
        return (
            self.processes <= before.processes
            and self.descriptors <= before.descriptors * 1.05
            and self.threads <= before.threads * 1.05
            and self.memory <= before.memory * 1.05
        )


def _count(pid: int, folder: str) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/{folder}").iterdir()))
    except OSError:
        return 0  # it ended meanwhile


def _private(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))


def at_rest(app: App) -> Use:
    """What is used once it stays the same for three seconds: the spare page is made, memory is given back."""
    until = time.monotonic() + SETTLED
    last, since = Use.now(app), time.monotonic()
    while time.monotonic() < min(since + 3, until):
        time.sleep(0.5)
        use = Use.now(app)
        if not (use.within(last) and last.within(use)):
            last, since = use, time.monotonic()
    return last


def all_at_once(app: App, count: int) -> list[str]:
    """Open so many windows together, and close them together. Their ids."""
    windows = [app.open(f"together {n}", html=PAGE) for n in range(count)]
    for window in windows:
        window.ready().result(60)
    assert len({window.pid for window in windows}) == count
    for closing in [window.close() for window in windows]:
        closing.result(60)
    return [window.id for window in windows]


def one_after_another(app: App, count: int) -> list[str]:
    """Open and close so many windows in a row. Their ids."""
    ids = []
    for _ in range(count):
        window = open_ready(app, "in a row", html=PAGE)
        ids.append(window.id)
        window.close().result(20)
    return ids


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(workers, "IDLE", 0.5)  # threads leave sooner, to be counted sooner
    with real_app() as one:
        yield one


@pytest.mark.timeout(400)  # 280 windows: none of them takes long, and each wait here has a bound of its own
def test_what_many_windows_took_is_given_back(app: App) -> None:
    open_ready(app, "stays", html=PAGE)
    ids = [*all_at_once(app, 30), *one_after_another(app, 20)]  # libraries are loaded, caches are filled
    before = at_rest(app)

    ids += all_at_once(app, 30)
    ids += one_after_another(app, 200)

    after = at_rest(app)
    assert after.within(before), (before, after)
    assert len(set(ids)) == len(ids)
    assert len(app.windows) == 1
