"""A page whose main thread is busy for as long as a test wants. It knows windows by their public face alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jupyterwin.main.window import Window

DEADLINE = 30

_STAND = """setTimeout(() => {
    const mayGoOn = () => {
        const request = new XMLHttpRequest();
        request.open("GET", "/may-go-on", false);
        request.send();
        return request.responseText === "yes";
    };
    while (!mayGoOn()) for (const end = performance.now() + 100; performance.now() < end; );
})"""


@contextmanager
def standing_still(window: Window) -> Iterator[None]:
    """Inside, the page takes nothing and answers nothing; at the end it goes on."""
    stands, may_go_on = threading.Event(), threading.Event()

    def answer() -> str:
        stands.set()
        return "yes" if may_go_on.is_set() else "no"

    dispose = window.serve("/may-go-on", answer)
    window.eval(_STAND).result(DEADLINE)
    assert stands.wait(DEADLINE)
    try:
        yield
    finally:
        may_go_on.set()
    window.eval("1", timeout=DEADLINE).result(DEADLINE)
    dispose()
