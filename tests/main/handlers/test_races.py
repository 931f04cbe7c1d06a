"""Many things at once: opening, closing, reloading and quitting from several threads, while calls are under way."""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from jupyterwin.errors import Closed, JupyterWinError, WindowClosed
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from jupyterwin.testing import DEADLINE, HeadlessApp
from jupyterwin.wire import control
from support.sleeping import asleep

pytestmark = pytest.mark.long  # a soak: threads against threads, for as long as a busy machine takes


def outcome(pending: Pending[Any]) -> str:
    try:
        pending.result(3 * DEADLINE)
    except JupyterWinError as error:
        return type(error).__name__
    return "value"


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run all at once, each on a thread of its own."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        barrier.wait(DEADLINE)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(3 * DEADLINE) for future in [pool.submit(run, job) for job in jobs]]


def test_opening_one_name_from_many_threads_gives_one_window(app: HeadlessApp) -> None:
    for n in range(20):
        windows = together(*[lambda: app.open(f"w{n}", html="<p>")] * 8)  # noqa: B023 -- run before the next turn
        assert len({id(window) for window in windows}) == 1
    assert len(app.windows) == 20
    assert len(app.hosts) == 1


def test_windows_open_from_handlers_of_every_kind(app: HeadlessApp) -> None:
    async def later(name: str) -> str:
        window = await app.open(name).ready()
        return str(window.name)

    def now(name: str) -> str:
        return str(app.open(name).ready().result(DEADLINE).name)

    page = app.page(app.open("a", expose={"later": later, "now": now}))
    calls = [page.invoke("later" if n % 2 else "now", f"w{n}") for n in range(20)]
    assert [call.result(DEADLINE) for call in calls] == [f"w{n}" for n in range(20)]


def test_a_window_that_is_being_closed_is_not_the_one_that_is_opened_next(app: HeadlessApp) -> None:
    for close in (Window.close, Window.destroy):
        first = app.open("a")
        first.ready().result(DEADLINE)
        close(first)
        second = app.open("a", expose={"ping": lambda: "pong"})
        assert second is not first
        assert second.ready().result(DEADLINE) is second
        assert app.page(second).call("ping") == "pong"
        assert app.windows["a"] is second
        second.close().result(DEADLINE)


def test_closing_twice_is_closing(app: HeadlessApp) -> None:
    window = app.open("a")
    pending = [window.close(), window.close(), window.destroy()]
    for one in pending:
        assert one.result(DEADLINE) is None
    window.next("closed").result(DEADLINE)
    assert window.close().result(DEADLINE) is None


def test_who_waits_for_an_event_of_a_closed_window_is_told(app: HeadlessApp) -> None:
    window = app.open("a")
    window.ready().result(DEADLINE)
    before = window.next("resize")
    window.close()
    with pytest.raises(WindowClosed):
        before.result(DEADLINE)
    window.next("closed").result(DEADLINE)
    with pytest.raises(WindowClosed):
        window.next("resize").result(DEADLINE)
    assert window.next("closed").result(DEADLINE) is None


def test_a_window_ends_once(app: HeadlessApp) -> None:
    import sys

    before = sys.getswitchinterval()
    for _ in range(30):
        window = app.open("a")
        closed: list[int] = []
        window.on("closed", lambda closed=closed: closed.append(1))  # type: ignore[misc]
        last = window.next("closed")
        together(*[lambda: window.ended(WindowClosed("gone"))] * 4)  # noqa: B023 -- run before the next turn
        last.result(DEADLINE)
        assert len(closed) <= 1
    app.quit()
    assert sys.getswitchinterval() == before


def test_an_observer_may_set_traits_while_it_follows_the_person(app: HeadlessApp) -> None:
    window = app.open("a")
    window.ready().result(DEADLINE)
    told = threading.Event()

    def observer(change: Any) -> None:
        if change.new["width"] > 800:
            window.title = "wide"
            window.bounds = {**change.new, "width": 800}
        told.set()

    window.observe(observer, "bounds")
    app.hosts[0].tell(control.Changed(window.id, control.Native(bounds=control.Bounds(0, 0, 1000, 500))))
    assert told.wait(DEADLINE)
    window.focus().result(DEADLINE)
    sent = [command for command in app.hosts[0].commands if isinstance(command, control.SetWindow)]
    assert [command.native.title for command in sent if command.native.title] == ["wide"]
    assert [command.native.bounds.width for command in sent if command.native.bounds] == [800]


def test_each_call_ends_once_while_the_window_is_reloaded_and_replaced(app: HeadlessApp) -> None:
    runs: Counter[int] = Counter()
    window = app.open("a", expose={"count": lambda n: runs.update([n])})
    window.ready().result(DEADLINE)
    stop = threading.Event()

    def change(seed: int) -> None:
        chance = random.Random(seed)
        while not stop.is_set():
            what = chance.choice(["reload", "open", "self"])
            if what == "reload":
                window.reload().exception(DEADLINE)
            elif what == "open":
                app.open("a", expose={"count": lambda n: runs.update([n])})
            else:
                app.hosts[0].connect_page(window.id)
            time.sleep(chance.random() * 0.005)

    def ask(base: int) -> list[Pending[Any]]:
        asked = []
        for n in range(base, base + 700):
            page = app.page(window)
            page.handle("q", lambda: 1)
            page.invoke("count", n)
            asked.append(window.invoke("q"))
        return asked

    changers = [threading.Thread(target=change, args=[seed]) for seed in range(2)]
    for changer in changers:
        changer.start()
    asked = [
        pending for some in together(*[lambda base=base: ask(base) for base in (0, 1000, 2000)]) for pending in some
    ]
    stop.set()
    for changer in changers:
        changer.join(DEADLINE)
    ended = Counter(outcome(pending) for pending in asked)
    assert sum(ended.values()) == 2100
    assert set(ended) <= {"value", "WindowClosed", "RemoteError"}, ended  # and no deadline: each is told
    assert max(runs.values()) == 1
    app.page(window).handle("q", lambda: 1)
    assert window.invoke("q").result(DEADLINE) == 1
    app.open("b", expose={"ping": lambda: "pong"}).ready().result(DEADLINE)
    assert app.page(app.windows["b"]).call("ping") == "pong"


def test_sends_of_many_threads_keep_the_order_of_each(app: HeadlessApp) -> None:
    window = app.open("a")
    page = app.page(window)
    together(*[lambda t=t: [window.send("n", t, n) for n in range(500)] for t in range(6)])
    page.wait_for(lambda: len(page.received) == 3000)
    for thread in range(6):
        assert [args[1] for _, args in page.received if args[0] == thread] == list(range(500))


def test_quitting_while_handlers_run_ends_them_and_everything(app: HeadlessApp) -> None:
    started, ended = threading.Semaphore(0), threading.Semaphore(0)

    def poll(event: IpcEvent) -> None:
        started.release()
        while not event.cancelled:
            time.sleep(0.001)
        ended.release()

    async def wait() -> None:
        started.release()
        try:
            await asyncio.sleep(1000)
        finally:
            ended.release()

    window = app.open("a", expose={"poll": poll, "wait": wait, "ping": lambda: "pong"})
    page = app.page(window)
    page.invoke("poll")
    page.invoke("wait")
    assert started.acquire(timeout=DEADLINE)
    assert started.acquire(timeout=DEADLINE)
    with asleep(page):
        pending = window.invoke("never")
        app.quit()
    assert ended.acquire(timeout=DEADLINE)
    assert ended.acquire(timeout=DEADLINE)
    with pytest.raises(Closed):
        pending.result(DEADLINE)
    assert app.page(app.open("b", expose={"ping": lambda: "pong"})).call("ping") == "pong"


@pytest.mark.parametrize("how", ["worker", "loop"])
def test_a_handler_may_quit_the_app(app: HeadlessApp, how: str) -> None:
    left = threading.Event()

    def leave() -> None:
        app.quit()
        left.set()

    async def leave_async() -> None:
        leave()

    window = app.open("a", expose={"worker": leave, "loop": leave_async})
    closed = window.next("closed")
    app.page(window).invoke(how)
    closed.result(DEADLINE)
    assert left.wait(DEADLINE)
    assert len(app.windows) == 0
    assert app.open("b").ready().result(DEADLINE).name == "b"


def test_a_host_that_dies_while_windows_open_fails_each_of_them() -> None:
    for delay in (0, 0.001, 0.01):
        with HeadlessApp(connect=False) as app:
            app.open("first", on_crash="close")
            windows: list[Window] = []

            def kill(delay: float = delay, app: HeadlessApp = app) -> None:
                time.sleep(delay)
                app.hosts[0].kill()

            def many(app: HeadlessApp = app, windows: list[Window] = windows) -> None:
                windows += [app.open(f"w{n}", on_crash="close") for n in range(50)]

            together(kill, many)
            app.hosts[-1].kill()
            for window in windows:
                with pytest.raises(JupyterWinError):
                    window.ready().result(DEADLINE)
                assert window.status == "closed"
            assert len(app.windows) == 0


def test_a_forked_child_disturbs_nobody_and_owns_nothing(app: HeadlessApp) -> None:
    window = app.open("a", expose={"ping": lambda: "pong"})
    page = app.page(window)
    page.call("ping")
    pid = os.fork()
    if not pid:  # the child: it must not raise into pytest
        code = 1
        try:
            window.send("x", 1)
            told = isinstance(window.eval("1").exception(DEADLINE), WindowClosed)
            code = 0 if told and len(app.windows) == 0 and app.host is None else 2
            app.quit()
        finally:
            os._exit(code)
    end = time.monotonic() + DEADLINE
    while (done := os.waitpid(pid, os.WNOHANG)) == (0, 0):
        if time.monotonic() > end:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
            pytest.fail("the child hangs")
        time.sleep(0.01)
    assert os.waitstatus_to_exitcode(done[1]) == 0
    assert page.call("ping") == "pong"
    window.send("y", 2)
    page.wait_for(lambda: page.received == [("y", [2])])
