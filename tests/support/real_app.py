"""An application of the test's own process over a real window host: no kernel in between, all the rest is real."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jupyterwin.main.app import App
from jupyterwin.main.ownership import cells
from jupyterwin.main.window import Window


@contextmanager
def real_app() -> Iterator[App]:
    """Windows of this application are gone at its end."""
    app = App()
    try:
        yield app
    finally:
        app.quit()
        cells.end()


def open_ready(app: App, name: str, **options: object) -> Window:
    """A window whose page is connected."""
    window = app.open(name, **options)
    window.ready().result(30)
    return window


def all_heard(window: Window) -> None:
    """Return once listeners were told all that has happened in a window until now: events come in order, this one last."""
    heard = threading.Event()
    stop = window.on("console-message", lambda entry: heard.set() if entry.message == "all heard" else None)
    window.eval("console.log('all heard')").result(30)
    assert heard.wait(30)
    stop()
