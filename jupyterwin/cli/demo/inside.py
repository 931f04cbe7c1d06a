"""What the demo does inside the notebook's kernel: look at its windows, place them, take their pictures.

Every function is called by `DemoKernel.ask`, and takes and returns what JSON can say. It knows no notebook and no screen.
"""

from __future__ import annotations

import json
import threading
import time
from importlib.resources import files
from typing import Any

from jupyterwin.cli.demo.layout import side_by_side
from jupyterwin.main.app import app
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window

_READY = 30.0
_EVAL = 5.0
_POLL = 0.03
_MEASURED = "demo: round trip"

_watches: dict[str, Watch] = {}
_times: list[Pending[list[float]]] = []


def answer(function: str, given: str) -> str:
    """Call a function of this module; arguments and value as JSON."""
    args, options = json.loads(given)
    return json.dumps(globals()[function](*args, **options))


def page(name: str) -> str:
    """A file of ``pages/``: scripts and documents are not Python's to hold."""
    return (files("jupyterwin.cli.demo") / "pages" / name).read_text(encoding="utf-8")


def names() -> list[str]:
    """The open windows."""
    return [window.name for window in app.windows]


def wait_until_ready(name: str) -> None:
    """Return when the window's page is connected. Raises what kept it from that, `LookupError` when there is no window."""
    _window(name).ready().result(_READY)


def _window(name: str) -> Window:
    window: Window | None = app.windows.get(name)
    if window is None:
        msg = f"no window named {name!r} is open"
        raise LookupError(msg)
    return window


def about(name: str) -> dict[str, Any]:
    """Name, title, place, renderer and sandbox of a window."""
    window = _window(name)
    level = window.sandbox.effective if window.sandbox else None
    return {"name": name, "title": window.title, "bounds": window.bounds, "pid": window.pid, "sandbox": level}


def engine() -> str:
    """The engine and its version."""
    if app.host is None:
        return "no engine is running"
    ready = app.host.ready.result(_READY)
    return f"{ready.engine} {ready.engine_version}, pywebview {ready.webview_version}"


def arrange(windows: list[str], *, fill: bool) -> None:
    """Put the windows side by side on the first screen; returns when they are there, or after two seconds."""
    if app.host is None or not (displays := app.host.ready.result(_READY).displays):
        return
    area = {name: getattr(displays[0].bounds, name) or 0 for name in ("x", "y", "width", "height")}
    chosen = [_window(name) for name in windows]
    sizes = [(window.bounds["width"], window.bounds["height"]) for window in chosen]
    boxes = side_by_side(area, sizes, fill=fill)
    for window, box in zip(chosen, boxes, strict=True):
        window.bounds = box
        window.focus()
    # A window manager may have its own idea of the place: it is asked once, and not argued with.
    deadline = time.monotonic() + 2
    while [window.bounds for window in chosen] != boxes and time.monotonic() < deadline:
        time.sleep(_POLL)


def buttons(name: str) -> dict[str, dict[str, float]]:
    """The middle of each button of a window's page, by its text."""
    found: dict[str, dict[str, float]] = _window(name).eval(page("buttons.js")).result(_EVAL)
    return found


def capture(name: str, path: str) -> None:
    """Write a PNG of a window."""
    _window(name).capture().result(_READY).save(path)


def close(name: str) -> None:
    """Close a window and wait until it is gone."""
    _window(name).destroy().result(_READY)


# ---------------------------------------------------------------- watching a page while a cell runs


class Watch:
    """A thread that notes when a page's heading changes: (seconds on the machine's clock, text)."""

    def __init__(self, window: Window) -> None:
        self.seen: list[tuple[float, str]] = []
        self._window = window
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jupyterwin-demo-watch", daemon=True)
        self._thread.start()

    def stop(self) -> list[tuple[float, str]]:
        """End it and return what it saw."""
        self._end.set()
        self._thread.join(_EVAL)
        return self.seen

    def _run(self) -> None:
        script = page("heading.js")
        while not self._end.wait(_POLL):
            text = self._window.eval(script).result(_EVAL)
            if not self.seen or self.seen[-1][1] != text:
                self.seen.append((time.monotonic(), text))


def watch(name: str) -> None:
    """Begin to note the headings of a window; returns once the first is noted."""
    _watches[name] = started = Watch(_window(name))
    deadline = time.monotonic() + _EVAL
    while not started.seen and time.monotonic() < deadline:
        time.sleep(_POLL)


def watched(name: str) -> list[tuple[float, str]]:
    """End that, and tell what was seen."""
    return _watches.pop(name).stop()


# ---------------------------------------------------------------- the round trip


def begin_round_trip() -> None:
    """Open a hidden page that calls the kernel 300 times, one after another. Returns at once: the kernel is idle."""
    times: Pending[list[float]] = Pending("the round trip")

    def echo(text: str) -> str:
        return text

    def report(values: list[float]) -> None:
        times.settle(values)

    _times[:] = [times]
    app.open(_MEASURED, html=page("round_trip.html"), show=False, expose=[echo, report])


def round_trip() -> list[float] | None:
    """The times of the calls in milliseconds; None while they are under way."""
    if not _times[0].done():
        return None
    _window(_MEASURED).destroy().result(_READY)
    return _times[0].result(0)
