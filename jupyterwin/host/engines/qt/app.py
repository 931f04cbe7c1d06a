"""The Qt engine's loop: pywebview on its main thread, kept alive by a hidden window; watches and timers.

It knows pywebview and Qt, and no frame.
"""

from __future__ import annotations

import platform
import signal
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from jupyterwin.host import pywebview_patch
from jupyterwin.host.engines import RUNTIMES, About, EngineProblem
from jupyterwin.host.engines.qt import flags

flags.apply()

import webview  # noqa: E402 -- after the switches
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, qVersion  # noqa: E402
from PySide6.QtWebEngineCore import QWebEnginePage, qWebEngineChromiumVersion  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from jupyterwin.host.engines.qt.displays import DisplayWatch, displays, pointer  # noqa: E402
from jupyterwin.host.engines.qt.scheme import register_scheme  # noqa: E402
from jupyterwin.host.engines.qt.theme import set_theme  # noqa: E402
from jupyterwin.host.guard import guarded  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.host.engines import Ground, Window, WindowListener
    from jupyterwin.host.engines.qt.profile import Partition
    from jupyterwin.host.engines.qt.window import QtWindow
    from jupyterwin.wire.control import Display, Native, Theme

_SUPPORTED = ("6.2.",)


class QtWatch:
    """A descriptor watched by the loop."""

    def __init__(self, fd: int, ready: Callable[[], None], *, write: bool) -> None:
        kind = QSocketNotifier.Type.Write if write else QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(fd, kind)
        self._notifier.setEnabled(not write)
        self._ready = guarded(ready)
        self._notifier.activated.connect(self._activated)

    def enable(self, *, on: bool) -> None:
        self._notifier.setEnabled(on)

    def _activated(self, *_: object) -> None:
        self._ready()


class QtEngine:
    """One Qt application with one partition."""

    runtimes = RUNTIMES

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        flags.add_proxy(ground.proxy)
        self._partition: Partition | None = None
        self._watches: list[QtWatch] = []
        self._gui: Any = None
        installed = version("pywebview")
        if not installed.startswith(_SUPPORTED):
            raise EngineProblem(
                f"pywebview {installed} is not one whose bridge is known; `pip install 'pywebview>=6.2.1,<6.3'`"
            )
        self._webview_version = installed
        pywebview_patch.apply_common()
        register_scheme()

    def about(self) -> About:
        return About(
            engine="qtwebengine",
            engine_version=f"{qVersion()} (Chromium {qWebEngineChromiumVersion()!s})",
            webview_version=self._webview_version,
            platform=platform.system().lower(),
            displays=displays(),
        )

    def run(self, started: Callable[[], None]) -> None:
        webview.settings["ALLOW_FILE_URLS"] = False
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
        webview.settings["OPEN_DEVTOOLS_IN_DEBUG"] = False
        keeper: Any = webview.create_window("jupyterwin", hidden=True)

        def initialized(renderer: str) -> None:
            del renderer
            self._prepare()

        def shown() -> None:
            # pywebview has set a handler of its own just before.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            QTimer.singleShot(0, guarded(started))

        keeper.events.initialized += initialized
        keeper.events.before_show += shown
        webview.start(gui="qt")
        if self._ground.storage and self._partition is not None:
            self._partition.close()

    def _prepare(self) -> None:
        """Pywebview's platform module is imported, no native object exists yet."""
        import webview.platforms.qt as gui

        from jupyterwin.host.engines.qt.profile import NoProfile, Partition

        self._gui = gui
        QApplication.setQuitOnLastWindowClosed(False)
        self._partition = partition = Partition(self._ground)
        partition.spare.prepare()
        pywebview_patch.apply_qt(
            make_page=lambda parent, **_: QWebEnginePage(partition.profile, parent.webview),
            make_profile=NoProfile,
            make_channel=lambda _: None,
        )

    def quit(self) -> None:
        QApplication.exit(0)

    def watch(self, fd: int, ready: Callable[[], None], *, write: bool = False) -> QtWatch:
        watch = QtWatch(fd, ready, write=write)
        self._watches.append(watch)
        return watch

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        QTimer.singleShot(round(seconds * 1000), guarded(call))

    def watch_displays(self, changed: Callable[[list[Display]], None]) -> None:
        self._displays = DisplayWatch(changed)

    def pointer(self) -> tuple[int, int]:
        return pointer()

    def set_theme(self, theme: Theme) -> None:
        if self._partition is not None:
            set_theme(theme, self._partition.profile)

    def open(
        self, origin: str, native: Native, listener: WindowListener, *, parent: Window | None, debug: bool
    ) -> QtWindow:
        del debug  # the developer tools are refused before they come here
        from jupyterwin.host.engines.qt.window import QtWindow

        if self._partition is None:
            raise EngineProblem("a window before the loop runs")
        return QtWindow(self._gui, self._partition, origin, native, listener, cast("QtWindow | None", parent))


__all__ = ["QObject", "QtEngine"]
