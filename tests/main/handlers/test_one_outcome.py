"""Every call of a page ends in exactly one outcome, whatever its handler does, and costs no other call anything."""

from __future__ import annotations

import asyncio
import concurrent.futures
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from jupyterwin.errors import Cancelled, Overflow, PeerError, RemoteError, Unserializable, UsageError
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire.frames import Invoke
from support.sleeping import asleep


class Broken(Mapping[str, int]):
    """A value that cannot even be looked at."""

    def __getitem__(self, key: str) -> int:
        raise ZeroDivisionError

    def __iter__(self) -> Iterator[str]:
        raise ZeroDivisionError

    def __len__(self) -> int:
        return 1


def leave() -> None:
    sys.exit(3)


async def leave_async() -> None:
    sys.exit(3)


async def cancelled_by_itself() -> None:
    task = asyncio.ensure_future(asyncio.sleep(1000))
    task.cancel()
    await task


def cancelled_future() -> concurrent.futures.Future[None]:
    future: concurrent.futures.Future[None] = concurrent.futures.Future()
    future.cancel()
    return future


def raises_base() -> None:
    raise asyncio.CancelledError


def broken_result() -> Broken:
    return Broken()


def broken_stream() -> Iterator[Broken]:
    yield Broken()


def plain() -> list[int]:
    return [1]


async def coroutine_for_a_stream() -> list[int]:
    return [1]


def coroutine_from_a_function() -> Any:
    return coroutine_for_a_stream()


@pytest.mark.parametrize(
    ("handler", "how", "kind"),
    [
        (leave, "call", RemoteError),
        (leave_async, "call", RemoteError),
        (raises_base, "call", RemoteError),
        (cancelled_by_itself, "call", Cancelled),
        (cancelled_future, "call", Cancelled),
        (broken_result, "call", (RemoteError, Unserializable)),
        (broken_stream, "stream", (RemoteError, Unserializable)),
        (broken_stream, "call", Unserializable),
        (plain, "stream", UsageError),
        (coroutine_for_a_stream, "stream", UsageError),
        (coroutine_from_a_function, "stream", UsageError),
    ],
)
def test_a_handler_that_ends_oddly_ends_its_call_and_nothing_else(
    app: HeadlessApp, capsys: pytest.CaptureFixture[str], handler: Any, how: str, kind: Any
) -> None:
    async def alive() -> str:
        return "loop"

    page = app.page(app.open("a", expose={"odd": handler, "ping": lambda: "pong", "alive": alive}))
    for _ in range(2):  # the lane of the channel lives on too
        call = page.invoke("odd", stream=how == "stream")
        page.credit(call, 5)
        with pytest.raises(kind):
            call.result(DEADLINE)
    assert page.call("ping") == "pong"
    assert page.call("alive") == "loop"
    capsys.readouterr()


def test_handlers_that_leave_do_not_use_up_the_threads(app: HeadlessApp, capsys: pytest.CaptureFixture[str]) -> None:
    window = app.open("a", expose={"ping": lambda: "pong"})
    window.ipc.handle("leave", lambda _event: sys.exit(), concurrent=True)
    page = app.page(window)
    for call in [page.invoke("leave") for _ in range(100)]:
        with pytest.raises(RemoteError):
            call.result(DEADLINE)
    assert page.call("ping") == "pong"
    capsys.readouterr()


def test_an_interrupt_of_a_main_thread_handler_cancels_its_call(app: HeadlessApp) -> None:
    from jupyterwin.main.handlers.mainthread import main_thread

    window = app.open("a")

    def interrupted(_event: IpcEvent) -> None:
        raise KeyboardInterrupt

    window.ipc.handle("x", interrupted, thread="main")
    queued = threading.Event()
    main_thread.attach(queued.set)
    try:
        call = app.page(window).invoke("x")
        assert queued.wait(DEADLINE)
        with pytest.raises(KeyboardInterrupt):
            main_thread.run_pending()
    finally:
        main_thread.attach(None)
    with pytest.raises(Cancelled):
        call.result(DEADLINE)


def test_an_exposure_that_cannot_be_resolved_refuses_its_call_alone(
    app: HeadlessApp, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    window = app.open("a", expose={"bad": plain, "ping": lambda: "pong"})
    page = app.page(window)
    page.call("ping")

    def no_signature() -> Any:
        raise ValueError("no signature")

    monkeypatch.setattr(window.exposures["bad"], "current", no_signature)
    with pytest.raises(RemoteError, match="no signature"):
        page.call("bad")
    assert page.call("ping") == "pong"
    capsys.readouterr()


def test_an_answer_of_the_loop_that_finds_the_queue_full_ends_in_overflow(app: HeadlessApp) -> None:
    second = threading.Event()

    async def big(number: int) -> bytes:
        if number == 2:
            second.set()
        return bytes(4 << 20)

    window = app.open("a", expose={"big": big, "ping": lambda: "pong"})
    page = app.page(window)
    page.call("ping")
    with asleep(page):
        fill(window)
        call = page.invoke("big", 1)
        page.invoke("big", 2)
        assert second.wait(DEADLINE)
    with pytest.raises(Overflow):
        call.result(DEADLINE)
    assert page.call("ping") == "pong"


def fill(window: Window) -> None:
    """Send until no more may wait, not even an answer's few bytes."""
    for size in (4 << 20, 64 << 10, 1 << 10, 1):
        for _ in range(100):
            try:
                window.send("fill", bytes(size))
            except Overflow:
                break
        else:
            pytest.fail("the queue never filled")


def test_an_id_in_use_cuts_the_document_off(app: HeadlessApp) -> None:
    window, other = app.open("a"), app.open("b", expose={"ping": lambda: "pong"})
    ran: list[int] = []
    started, ended = threading.Event(), threading.Event()

    async def wait(_event: IpcEvent) -> None:
        ran.append(1)
        started.set()
        try:
            await asyncio.sleep(1000)
        finally:
            ended.set()

    window.ipc.handle("wait", wait)
    page = app.page(window)
    page.push(Invoke(7, "wait", []))
    assert started.wait(DEADLINE)
    page.push(Invoke(7, "wait", []))
    page.wait_for(lambda: page.closed)
    assert ended.wait(DEADLINE), "what ran for a document that was cut off goes on"
    assert len(ran) <= 1
    assert app.page(other).call("ping") == "pong"
    pending = window.invoke("x")
    with pytest.raises(PeerError):
        pending.result(DEADLINE)


def test_what_an_old_document_still_asks_is_not_started(app: HeadlessApp) -> None:
    ran: list[str] = []
    window = app.open("a", expose={"ping": lambda: ran.append("ping")})
    old = app.page(window)
    old.call("ping")
    window._begin_document()  # as reload() does, before the host has heard of it
    for _ in range(20):
        old.invoke("ping")
    old.leave()
    app.hosts[0].connect_page(window.id).call("ping")
    assert ran == ["ping", "ping"]
