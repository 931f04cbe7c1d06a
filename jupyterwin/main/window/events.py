"""WindowEvents: what the host reports about a window, as traits, log lines and Electron's events. Knows no transport.

An event that the host only names (`Happened`) is a row in `TOLD_BY_HOST`; one that means more has a handler here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.main.document import window_closed
from jupyterwin.main.window import changes
from jupyterwin.wire import control

if TYPE_CHECKING:
    from jupyterwin.main.document import Document
    from jupyterwin.main.window.window import Window

OF_LIFE = frozenset(("ready", "closed", "render-process-gone", "preload-error"))
OF_CONTENTS = frozenset(("did-finish-load", "did-fail-load", "console-message"))
OF_POLICY = frozenset(("refused", "window-open", "open-external", "will-download"))
PREVENTABLE = frozenset(("close", "page-title-updated", "will-navigate"))
"""Events that have not happened yet when their listeners hear of them."""

TOLD_BY_HOST = frozenset(
    (
        *"did-start-loading did-stop-loading dom-ready did-navigate did-navigate-in-page context-menu".split(),
        *"unresponsive responsive ready-to-show moved resized".split(),
    )
)
"""Events that are passed on as the host tells them, with its details."""

NAMES = OF_LIFE | OF_CONTENTS | OF_POLICY | changes.NAMES | PREVENTABLE | TOLD_BY_HOST
"""Every event of a window."""


class WindowEvents:
    """Handles the events of one window, one after another."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._handlers: dict[type, Any] = {
            control.Changed: self._changed,
            control.Happened: self._happened,
            control.DownloadStarted: self._window.download_started,
            control.DownloadChanged: self._window.download_changed,
            control.MenuClicked: self._window.clicked,
            control.Refused: self._window.was_refused,
            control.Asked: self._asked,
            control.Loaded: self._loaded,
            control.Console: self._console,
            control.RendererReady: self._renderer_ready,
            control.RendererGone: self._renderer_gone,
            control.Closed: self._closed,
        }

    def handle(self, event: Any) -> None:
        """One event of the host."""
        self._handlers[type(event)](event)

    def connected(self, document: Document) -> None:
        """A document of the window is connected; nothing is said of one that is gone by now."""
        if document.closed:
            return
        self._window.set_trait("status", "ready")
        self._window.preloading.connected()
        # In this order: who waited for `ready` and then asks for the next "ready" must not be given this one.
        self._window.emit("ready")
        self._window.connected_once()

    def _changed(self, event: control.Changed) -> None:
        for emitted in self._window.follow(event.native):
            self._window.emit(*emitted)
        self._window.placed()

    def _happened(self, event: control.Happened) -> None:
        if event.event in TOLD_BY_HOST:
            self._window.emit(event.event, *event.details)
        elif event.event == "open-external":
            self._window.goes_outside(*event.details)
        elif event.event == "window-open":
            self._window.opens_window(*event.details)

    def _asked(self, asked: control.Asked) -> None:
        if asked.event in PREVENTABLE:
            self._window.ask_listeners(asked.event, asked.details, lambda event: self._decide(asked, event.prevented))
        else:
            self._decide(asked, prevented=False)

    def _decide(self, asked: control.Asked, prevented: bool) -> None:  # noqa: FBT001 -- an answer
        self._window.tell(control.Decide(0, asked.window, asked.number, prevented))

    def _loaded(self, event: control.Loaded) -> None:
        if event.ok:
            self._window.emit("did-finish-load", event.url)
            return
        self._window.log.add("error", event.message, "jupyterwin")
        self._window.emit("did-fail-load", event.number, event.error, event.url)

    def _console(self, event: control.Console) -> None:
        entry = self._window.log.add(event.level, event.message, event.source, event.line)
        self._window.emit("console-message", entry)

    def _renderer_ready(self, event: control.RendererReady) -> None:
        self._window.pid = self._window.real_pid(event.pid)
        self._window.set_trait("sandbox", event.sandbox)
        self._window.check_sandbox(event.sandbox.effective)

    def _renderer_gone(self, event: control.RendererGone) -> None:
        self._window.crashes.of_renderer(event.reason, event.exit_code)

    def _closed(self, _event: control.Closed) -> None:
        self._window.ended(window_closed(self._window.name))
