"""Pages that mean harm, through the whole application: they are refused or cut off, and a neighbour does not notice."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import time
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import msgspec
import pytest

from jupyterwin import errors
from jupyterwin.main.document import Document
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp, Page
from support.busy import busy_python
from support.hostile import OPS, Hostile

FRAMES = 5000
"""Of each seed."""
ASKING = [*(op for op in OPS if op not in {"hello", "port-credit"}), "invoke", "invoke", "send", "port"]
"""What a page says once it is there, the most dangerous most often."""


echoed: list[Any] = []


def echo(value: Any = None) -> Any:
    echoed.append(value)
    return value


def same(value: Any) -> Any:
    return value


async def wait() -> None:
    await asyncio.sleep(1000)


def ticks(count: int = 100) -> Iterator[int]:
    yield from range(count)


def give_back(event: Any, *_args: Any) -> None:
    """Say on each port that came along what is said on it."""
    for port in event.ports:
        port.on("message", lambda said, port=port: port.post_message(said.data))
        port.start()


@pytest.fixture
def victim(app: HeadlessApp) -> Window:
    window = app.open("victim", expose=[echo, wait, ticks])
    window.ipc.on("x", give_back)
    window.ipc.on("echo", give_back)
    return window


def attack(app: HeadlessApp, window: Window, neighbour: Page, hostile: Hostile) -> None:
    """Frames from one document after another, and a neighbour's call after each batch; then a page that means well."""
    frames = 0
    while frames < FRAMES:
        hostile.renew()
        page, seq = app.hosts[-1].connect_page(window.id), 2
        page.receive = lambda _message: None  # it hears nothing, and acknowledges nothing
        while seq < 400 and not page.closed:
            text, buffers = hostile.batch(seq, ASKING if seq > 2 else ["send"])
            if is_json(text):
                page.push_raw(text, buffers)
                seq += text.count(b'"op":')
                assert neighbour.call("same", seq) == seq
        frames += seq - 2
    assert app.hosts[-1].connect_page(window.id).call("echo", "well") == "well"


def is_json(text: bytes) -> bool:
    """The host refuses what is none, and passes on the rest."""
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def documents() -> list[Document]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, Document)]


@pytest.mark.parametrize(("seed", "busy"), [*((seed, False) for seed in range(8)), (8, True), (9, True)])
def test_a_neighbour_does_not_notice(
    app: HeadlessApp,
    victim: Window,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    seed: int,
    *,
    busy: bool,
) -> None:
    """`busy`: while the kernel works in pure Python, too."""
    echoed.clear()
    neighbour = app.open("neighbour", expose=[same])
    page = app.page(neighbour)
    page.handle("double", lambda n: 2 * n)
    with caplog.at_level(logging.WARNING, logger="jupyterwin"), busy_python() if busy else nullcontext():
        attack(app, victim, page, Hostile(seed, wrong=3))
        assert neighbour.invoke("double", 2).result(DEADLINE) == 4
        assert "the document was cut off" in victim.log
        assert len(echoed) > 20, "they get far"
        gone = victim.next("closed")
        victim.destroy()
        gone.result(DEADLINE)
        nothing_is_left(neighbour)
    assert [record.getMessage() for record in caplog.records] == []
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    assert set(re.findall(r" raised (\w+)", printed)) <= set(errors.__all__), "only refusals"
    assert not page.closed


def nothing_is_left(neighbour: Window) -> None:
    """Of the documents that are gone: no call, no port."""
    end = time.monotonic() + DEADLINE
    while left := [
        (one.window_name, len(one.running), len(one.ports))
        for one in documents()
        if one.window_name != neighbour.name and (not one.closed or len(one.running) or len(one.ports))
    ]:
        assert time.monotonic() < end, left
        time.sleep(0.02)
