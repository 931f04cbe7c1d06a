"""The workers' threads: as many as there is work for, and few when there is none."""

from __future__ import annotations

import threading

import pytest

from jupyterwin.main.handlers import workers
from jupyterwin.main.handlers.workers import Job, Workers


def test_threads_that_nothing_came_for_end_but_for_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "IDLE", 0.05)
    over = threading.Event()
    crew = Workers("crew", lambda: over.wait() and None)
    crew.start()
    together = threading.Barrier(21)
    for _ in range(20):
        crew.submit(Job(together.wait))
    together.wait(10)
    busy = [thread for thread in threading.enumerate() if thread.name.startswith("crew")]
    assert len(busy) >= 20

    surplus = list(busy)
    while len(surplus) > workers.KEPT:
        for thread in surplus:
            thread.join(0.1)
        surplus = [thread for thread in surplus if thread.is_alive()]
    assert len(surplus) == workers.KEPT

    answered = threading.Barrier(11)
    for _ in range(10):
        crew.submit(Job(answered.wait))
    answered.wait(10)
    over.set()
    crew.join(10)
