"""Hot reload: windows that show a folder are loaded again when the files they were made of change. It reads no file.

One thread looks at the files' times, while there is a window to look for. It knows what a window tells of its files.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PERIOD = 0.25
"""Seconds between looks. Files are left alone until they have stayed the same for as long: editors write in steps."""


class Watched(Protocol):
    """What is asked of a window."""

    def is_watched(self) -> bool:
        """Whether it is to be loaded again by itself."""

    def changed_files(self) -> list[Path]:
        """Files of its page that have changed since they were read, or since this was asked last."""

    def load_again(self, changed: Iterable[Path]) -> None:
        """Do it."""


class HotReload:
    """Watches over the windows of one application."""

    def __init__(self, windows: Callable[[], Iterable[Watched]]) -> None:
        self._windows = windows
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._over = threading.Event()

    def begin(self) -> None:
        """There is a window to look for, or may be. From any thread."""
        with self._lock:
            if self._thread is None:
                self._over = threading.Event()
                self._thread = threading.Thread(target=self._run, name="jupyterwin-hot-reload", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Look no more, until `begin`."""
        with self._lock:
            thread, self._thread = self._thread, None
            self._over.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(PERIOD * 4)

    def _run(self) -> None:
        over, changed = self._over, dict[Watched, set["Path"]]()
        while not over.wait(PERIOD):
            with self._lock:  # a window that comes now finds the thread, or starts another
                watched = [window for window in self._windows() if window.is_watched()]
                if not watched and not over.is_set():
                    self._thread = None
                    return
            changed = _look(watched, changed)


def _look(watched: list[Watched], before: dict[Watched, set[Path]]) -> dict[Watched, set[Path]]:
    """What has changed and may still be changing, by window. What had changed before and is quiet now is loaded again."""
    still = {}
    for window in watched:
        files, earlier = window.changed_files(), before.get(window, set())
        if files:
            still[window] = earlier | set(files)
        elif earlier:
            window.load_again(sorted(earlier))
    return still
