"""Hot reload without windows: whom the watch looks after, and when it ends. What it does with files is in tests/window."""

from __future__ import annotations

import threading
from pathlib import Path

from jupyterwin.main.hot_reload import HotReload


class Watched:
    """A window that is looked after."""

    def __init__(self) -> None:
        self.looked_after = threading.Event()

    def is_watched(self) -> bool:
        return True

    def changed_files(self) -> list[Path]:
        self.looked_after.set()
        return []


def test_a_window_that_opens_as_the_watch_ends_is_watched() -> None:
    window, there, begun = Watched(), list[Watched](), threading.Event()

    def opens() -> None:
        there.append(window)
        watch.begin()
        begun.set()

    opening = threading.Thread(target=opens)

    def windows() -> list[Watched]:
        now = list(there)
        if not now:
            opening.start()
            begun.wait(0.5)  # it begins now, or when the watch has ended
        return now

    watch = HotReload(windows)
    watch.begin()
    try:
        assert window.looked_after.wait(10)
    finally:
        opening.join(10)
        watch.end()
