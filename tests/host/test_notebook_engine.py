"""The engine of windows under cells, without a front end: what comes when."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import pytest

from jupyterwin.host.engines.notebook import NotebookEngine
from jupyterwin.wire.control import Native

SECONDS = 20


class Listener:
    """Whatever the window says."""

    def __init__(self) -> None:
        self.said: SimpleQueue[str] = SimpleQueue()

    def __getattr__(self, name: str) -> Any:
        return lambda *_details: self.said.put(name)


@pytest.fixture
def engine() -> Iterator[NotebookEngine]:
    one = NotebookEngine()
    started = threading.Event()
    thread = threading.Thread(target=lambda: one.run(started.set))
    thread.start()
    assert started.wait(SECONDS)
    yield one
    one.soon(one.quit)
    thread.join()


def test_a_place_that_is_there_before_its_window_waits_for_it_and_so_does_what_it_says(engine: NotebookEngine) -> None:
    published: SimpleQueue[list[str]] = SimpleQueue()
    closed = threading.Event()
    arrived = engine.connect(
        "w", lambda batch, _buffers: published.put([message["op"] for message in batch["m"]]), closed.set
    )
    arrived({"n": 1, "m": [{"op": "drawn"}]})
    listener = Listener()
    # Said after the command to open it was taken, and before what is written above was.
    engine.soon(lambda: engine.open("w", Native(title="here"), listener, parent=None, debug=False))
    arrived({"n": 2, "m": [{"op": "closing"}]})
    assert published.get(timeout=SECONDS) == ["look"]
    assert [listener.said.get(timeout=SECONDS) for _ in range(2)] == ["changed", "closing"]
    assert not closed.is_set()
