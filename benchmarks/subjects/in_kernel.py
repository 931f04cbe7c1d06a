"""What the cells of the jupyterwin measurements run, inside the kernel. Its functions return plain data."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from typing import Any

from measuring.loads import LOADS

from subjects import BYTES, NUMBERS, PAGES, PAUSE

DEADLINE = 80.0
BULK_TIMES = 7
CALLS = "calls"


class Answer:
    """What the page hands over at the end of a task."""

    now: Answer
    """The one that is waited for."""

    def __init__(self) -> None:
        Answer.now = self
        self.future: Future[Any] = Future()
        self.done = threading.Event()

    def take(self, report: dict) -> None:
        if "error" in report:
            self.future.set_exception(RuntimeError(f"the page failed: {report['error']}"))
        else:
            self.future.set_result(report["value"])
        self.done.set()


def open_page() -> dict[str, object]:
    """Open the window that the other functions measure with."""
    import numpy as np

    import jupyterwin as jw

    sent = np.arange(NUMBERS, dtype=float)

    def echo(text: str) -> str:
        return text

    def numbers() -> Any:
        return sent

    def take(array: Any) -> int:
        assert isinstance(array, np.ndarray), f"{type(array)} arrived"
        assert array.dtype == float, f"{array.dtype} arrived"
        return len(array)

    def done(report: dict) -> None:
        Answer.now.take(report)

    window = jw.open(CALLS, path=PAGES / "calls", expose=[echo, numbers, take, done])
    window.ready().result(DEADLINE)
    time.sleep(PAUSE)  # the engine prepares its next page: not what is measured
    ready = jw.app.host.ready.result(1)
    sandbox = window.sandbox.effective if window.sandbox else "unknown"
    return {"engine": f"{ready.engine} {ready.engine_version}", "sandbox": sandbox}


def _window() -> Any:
    import jupyterwin as jw

    return jw.app.windows[CALLS]


def _task(name: str, **options: Any) -> Answer:
    answer = Answer()
    _window().send("run", name, options)
    return answer


async def calls_idle(count: int) -> dict[str, list[float]]:
    """Calls while the kernel's main thread waits in its event loop."""
    times = await asyncio.wrap_future(_task("calls", count=count, bytes=BYTES).future)
    seconds = await asyncio.wrap_future(_task("pipelined", count=2 * count, bytes=BYTES).future)
    return {"call.idle": times, "rate.idle": [2 * count / seconds]}


def calls(load: str, count: int) -> dict[str, list[float]]:
    """Calls while this cell keeps the main thread with a load."""

    def loaded(name: str, number: int) -> Any:
        under_way = _task(name, count=number, bytes=BYTES)
        LOADS[load](under_way.done)
        return under_way.future.result(DEADLINE)

    times = loaded("calls", count)
    seconds = loaded("pipelined", 2 * count)
    return {f"call.{load}": times, f"rate.{load}": [2 * count / seconds]}


def back(count: int) -> dict[str, list[float]]:
    """Calls to the page, one after another, waited for by the cell."""
    window = _window()
    text = "x" * BYTES
    times = []
    for n in range(count + 50):
        started = time.perf_counter()
        assert window.invoke("echo", text).result(DEADLINE) == text
        if n >= 50:
            times.append((time.perf_counter() - started) * 1000)
    return {"back.idle": times}


def events(count: int) -> dict[str, list[float]]:
    """One-way messages, until the page has counted the last one."""
    window = _window()
    number = 40 * count
    rates = []
    for n in (count, number):  # the first to warm up
        answer = Answer()
        window.send("expect-ticks", n)
        started = time.perf_counter()
        for price in range(n):
            window.send("tick", {"symbol": "MSFT", "price": price})
        assert answer.future.result(DEADLINE) == n
        rates.append(n / (time.perf_counter() - started))
    return {"events": [rates[-1]]}


def bulk(task: str) -> dict[str, list[float]]:
    """10 MB of float64, between numpy and a Float64Array."""
    times = _task(task, count=BULK_TIMES, length=NUMBERS).future.result(DEADLINE)
    return {f"bulk.{task}": times[1:]}


# -------------------------------------------------- windows that come and go


def _open(name: str, started: float) -> dict[str, float]:
    """Open a window; milliseconds since `started` until Python heard of it."""
    import jupyterwin as jw

    heard: dict[str, float] = {}
    drawn_once = threading.Event()

    def called() -> None:
        heard["called"] = time.perf_counter()

    def drawn() -> None:
        heard["drawn"] = time.perf_counter()
        drawn_once.set()

    opened = jw.open(name, html=(PAGES / "first.html").read_text(), expose=[called, drawn])
    heard["returned"] = time.perf_counter()
    opened.ready().result(DEADLINE)
    heard["ready"] = time.perf_counter()
    assert drawn_once.wait(DEADLINE), "the page never drew"
    return {what: (at - started) * 1000 for what, at in heard.items()}


def opening() -> dict[str, list[float]]:
    """The first window of a fresh kernel from the import on, another at once, another later."""
    first = _open("first", time.perf_counter())
    at_once = _open("second", time.perf_counter())
    time.sleep(PAUSE)
    later = _open("third", time.perf_counter())
    kinds = {"cold": first, "next": at_once, "later": later}
    return {f"open.{kind}.{what}": [ms] for kind, heard in kinds.items() for what, ms in heard.items()}


def open_more(count: int) -> None:
    """Open so many windows more."""
    import jupyterwin as jw

    for _ in range(count):
        _open(f"window {len(jw.app.windows)}", time.perf_counter())


def close_some(count: int) -> None:
    """Close so many of the windows, the newest first."""
    import jupyterwin as jw

    for closing in list(jw.app.windows)[-count:]:
        gone = closing.next("closed")
        closing.close()
        gone.result(DEADLINE)
