"""A bare pywebview window on Qt with its own `js_api`, in a process of its own, with the same pages and the same loads.

pywebview keeps the main thread for its loop: what is measured runs on the thread it starts, loads on another one.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from measuring.loads import LOADS
from measuring.memory import descendants, pss, wait_until_alone

from subjects import BYTES, NUMBERS, PAGES, PAUSE, SETTLE, WINDOWS, Options, Result

DEADLINE = 60.0
BULK_TIMES = 7

if os.geteuid() == 0:
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium refuses to run as root with its sandbox


class Api:
    """What the calls page reaches."""

    def __init__(self) -> None:
        self._report: Future[Any] = Future()
        self._finished = threading.Event()

    def echo(self, text: str) -> str:
        return text

    def numbers(self) -> str:
        return base64.b64encode(self._sent()).decode()

    def take(self, text: str) -> int:
        import numpy as np

        return len(np.frombuffer(base64.b64decode(text), dtype=float))

    def done(self, report: dict) -> None:
        if "error" in report:
            self._report.set_exception(RuntimeError(f"the page failed: {report['error']}"))
        else:
            self._report.set_result(report["value"])
        self._finished.set()

    def _sent(self) -> Any:
        import numpy as np

        return np.arange(NUMBERS, dtype=float)


class FirstApi:
    """What the page of the opening measurements reaches."""

    def __init__(self) -> None:
        self._heard: dict[str, float] = {}
        self._both = threading.Event()

    def called(self) -> None:
        self._heard["called"] = time.perf_counter()

    def drawn(self) -> None:
        self._heard["drawn"] = time.perf_counter()
        self._both.set()

    def _since(self, started: float) -> dict[str, float]:
        assert self._both.wait(DEADLINE), "the page never drew"
        return {what: (at - started) * 1000 for what, at in self._heard.items()}


class Page:
    """The calls page, told what to do."""

    def __init__(self, window: Any, api: Api) -> None:
        self.window = window
        self.api = api

    def expect(self) -> Future[Any]:
        """A future for what the page reports next."""
        self.api._report, self.api._finished = Future(), threading.Event()
        return self.api._report

    def task(self, name: str, load: str = "idle", **options: Any) -> Any:
        """Run a task of the page while a thread carries the load."""
        report = self.expect()
        busy = threading.Thread(target=LOADS[load], args=[self.api._finished], daemon=True) if load in LOADS else None
        if busy:
            busy.start()
        self.window.run_js(f"run({json.dumps(name)}, {json.dumps(options)});0")
        try:
            return report.result(DEADLINE)
        finally:
            self.api._finished.set()
            if busy:
                busy.join()


# -------------------------------------------------- calls, messages, bulk


def _calls(load: str, page: Page, count: int) -> dict[str, list[float]]:
    times = page.task("calls", load, count=count, bytes=BYTES)
    seconds = page.task("pipelined", load, count=2 * count, bytes=BYTES)
    return {f"call.{load}": times, f"rate.{load}": [2 * count / seconds]}


def _back(page: Page, count: int) -> dict[str, list[float]]:
    text = "x" * BYTES
    times = []
    for n in range(count + 50):
        started = time.perf_counter()
        assert page.window.evaluate_js(f"(text => text)({json.dumps(text)})") == text
        if n >= 50:
            times.append((time.perf_counter() - started) * 1000)
    return {"back.idle": times}


def _events(page: Page, count: int) -> dict[str, list[float]]:
    number = 10 * count
    report = page.expect()
    page.window.run_js(f"expectTicks({number});0")
    started = time.perf_counter()
    for price in range(number):
        tick = {"symbol": "MSFT", "price": price}
        page.window.run_js(f"tick({json.dumps(tick)});0")
    assert report.result(DEADLINE) == number
    return {"events": [number / (time.perf_counter() - started)]}


def _bulk(task: str, page: Page, _count: int) -> dict[str, list[float]]:
    return {f"bulk.{task}": page.task(task, count=BULK_TIMES, length=NUMBERS)[1:]}


def _in_page(measure: Callable[[Page, int], dict[str, list[float]]], options: Options) -> Result:
    import webview

    api = Api()
    window = webview.create_window("calls", url=str(PAGES / "calls" / "index.html"), js_api=api)

    def work() -> Result:
        assert window.events._pywebviewready.wait(DEADLINE), "the page never had its api"
        time.sleep(PAUSE)
        return Result(measure(Page(window, api), options.count), _facts())

    return _in_loop(work)


# -------------------------------------------------- windows that come and go


def _open(started: float) -> tuple[Any, FirstApi, float]:
    import webview

    api = FirstApi()
    return webview.create_window("first", html=(PAGES / "first.html").read_text(), js_api=api), api, started


def _opening(_options: Options) -> Result:
    _, first, started = _open(time.perf_counter())

    def work() -> Result:
        kinds = {"cold": first._since(started)}
        for kind, pause in (("next", 0.0), ("later", PAUSE)):
            time.sleep(pause)
            _, api, at = _open(time.perf_counter())
            kinds[kind] = api._since(at)
        return Result({f"open.{kind}.{what}": [ms] for kind, heard in kinds.items() for what, ms in heard.items()})

    return _in_loop(work)


def _memory(_options: Options) -> Result:
    """All processes: pywebview has its windows' Python and their renderers in one tree."""
    window, first, started = _open(time.perf_counter())
    windows = [window]

    def work() -> Result:
        metrics: dict[str, list[float]] = {}
        first._since(started)
        for count in WINDOWS:
            while len(windows) < count:
                opened, api, at = _open(time.perf_counter())
                api._since(at)
                windows.append(opened)
            time.sleep(SETTLE)
            metrics[f"memory.{count}"] = [_all_pss()]
        for closing in windows[1:]:
            closing.destroy()
        time.sleep(SETTLE)
        metrics["memory.closed"] = [_all_pss()]
        return Result(metrics)

    return _in_loop(work)


def _all_pss() -> float:
    wait_until_alone(os.getpid())
    return pss(os.getpid(), *descendants(os.getpid()))


# -------------------------------------------------- pywebview's loop


def _in_loop(work: Callable[[], Result]) -> Result:
    """Run `work` on the thread that pywebview starts, its loop on this one."""
    import webview

    outcome: Future[Result] = Future()

    def body() -> None:
        try:
            outcome.set_result(work())
        except BaseException:  # noqa: BLE001 -- told here: a window that hangs would keep the loop from ending
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        time.sleep(0.5)  # the last call's answer is on its way to the page; a window that is gone would keep it waiting
        for window in list(webview.windows):
            window.destroy()

    webview.start(body, gui="qt")
    return outcome.result(1)


def _facts() -> dict[str, object]:
    from PySide6.QtCore import qVersion
    from PySide6.QtWebEngineCore import qWebEngineChromiumVersion

    off = os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") == "1"
    sandbox = "off: Chromium's own does not run as root" if off else "Chromium's own"
    return {"engine": f"qtwebengine {qVersion()} (Chromium {qWebEngineChromiumVersion()})", "sandbox": sandbox}


MEASUREMENTS: dict[str, Callable[[Options], Result]] = {
    **{f"calls-{load}": partial(_in_page, partial(_calls, load)) for load in ("idle", *LOADS)},
    "back": partial(_in_page, _back),
    "events": partial(_in_page, _events),
    "to-page": partial(_in_page, partial(_bulk, "toPage")),
    "to-python": partial(_in_page, partial(_bulk, "toPython")),
    "opening": _opening,
    "memory": _memory,
}
