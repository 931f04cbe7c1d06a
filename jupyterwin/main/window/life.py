"""Life: what `main/` needs of a window: its documents, its beginning and end, its commands to the host.

It sends commands and frames through its `HostLink` and `Document`; it starts nothing and reads nothing itself.
"""

from __future__ import annotations

import contextvars
import secrets
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import HostGone, JupyterWinError, SandboxUnavailable, WindowClosed
from jupyterwin.main.document import Document, window_closed
from jupyterwin.main.emitter import Emitter
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ipc import Ipc
from jupyterwin.main.pending import Pending, pass_on
from jupyterwin.main.ports.of_document import DocumentPorts
from jupyterwin.main.tracing.tap import Tap
from jupyterwin.main.window.crash import Crashes
from jupyterwin.main.window.events import NAMES, WindowEvents
from jupyterwin.main.window.log import Log
from jupyterwin.main.window.preloading import Preloading
from jupyterwin.main.window.reach import Reach
from jupyterwin.security.policy import NOTHING
from jupyterwin.security.sandbox import at_least
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.app import App
    from jupyterwin.main.hostlink import HostLink
    from jupyterwin.main.window.options import WindowOptions
    from jupyterwin.security.policy import Policy
    from jupyterwin.security.sandbox import Level

_LEAVING = 2.0
"""Seconds after `close` in which the window is taken to be on its way; a page that would rather stay has said so by then."""


class Life(Reach):
    """The state of a window and what the rest of `main/` does with it. Users see `Window`."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._changing = threading.Lock()
        self._ended = False
        self._told_to_close = float("-inf")
        self.crashes = Crashes(self, app)
        self._asks = False
        """Somebody wants to hear where the page goes before it does."""
        self._link: HostLink
        self.id = f"w{secrets.token_hex(16)}"
        self.name = ""
        self.pid: int | None = None
        self.dropped = 0
        self.permitted = NOTHING
        """What the page may do besides showing itself."""
        self._permitted_for_good = False
        self.ipc = Ipc(Tap(app.later, over=app.ipc.tap))
        self.log = Log()
        self._first_ready: Pending[Any] = Pending("the window's first page")
        self.preloading = Preloading(self, app.preload_scripts)
        self._events = WindowEvents(self)  # type: ignore[arg-type]  # a Window is all there is
        self._emitter = Emitter(NAMES, self._run_listener, self.report, last="closed")
        self._app = app

    # -------------------------------------------------- what the page may reach

    def permit(self, policy: Policy, *, lasting: bool = False) -> None:
        """The page may do this from now on. `lasting`: what the window's options say does not matter any more."""
        if self._permitted_for_good and not lasting:
            return
        self._permitted_for_good = self._permitted_for_good or lasting
        changed, self.permitted = policy != self.permitted, policy
        if changed and hasattr(self, "_link") and not self._ended:
            self._command("allow", lambda number: control.SetPolicy(number, self.id, policy.plain()))

    # -------------------------------------------------- the beginning

    def open_in(self, link: HostLink, options: WindowOptions) -> None:
        """Make the native window in `link`'s host. Called once, by the app."""
        self._link, self._options = link, options
        self._document = self._new_document()
        with self.following("title"):
            self.title = options.title or self.name
        with self.following("visible"):
            self.visible = options.show
        self._make(lambda born: born)

    def _make(self, alter: Callable[[control.CreateWindow], control.CreateWindow]) -> None:
        self._link.register(self)
        allow, scripts = self.permitted.plain(), self.preloading.read(self._options.preload)
        make = lambda n: alter(self._options.create(n, self.id, self.name, scripts, allow))  # noqa: E731 -- one line
        self._command("open", make).add_done_callback(self._check_created)
        if self._asks:
            self._link.tell(control.AskNavigation(0, self.id))

    def replace(self, options: WindowOptions) -> Pending[None]:
        """Take new content and exposures: same native window, bounds kept. Settles when the page is read."""
        self._options = options
        self.permit(options.allow)
        self._begin_document()
        scripts = self.preloading.read(options.preload)
        loaded = self._command("load", lambda number: options.load(number, self.id, self.name, scripts))
        if options.title:
            self.title = options.title
        return loaded

    def _check_created(self, created: Pending[Any]) -> None:
        error = created.exception(0)
        if isinstance(error, Exception):
            self.log.add("error", f"the window could not be made: {error}", "jupyterwin")
            self.ended(error)

    def real_pid(self, inner: int) -> int | None:
        """The kernel's number for a process that the host knows as `inner` in its own pid namespace."""
        return self._link.process.outer_pid(inner)

    def check_sandbox(self, reached: Level) -> None:
        """End the window if its renderer is confined less than was asked for."""
        asked = self._options.min_sandbox
        if not at_least(reached, asked):
            error = SandboxUnavailable(
                f"min_sandbox: {asked!r} was asked for, the renderer reached {reached!r}: see doctor"
            )
            self._link.tell(control.CloseWindow(0, self.id, force=True))
            self.log.add("error", str(error), "jupyterwin")
            self.ended(error)

    # -------------------------------------------------- documents

    def _new_document(self) -> Document:
        return Document(self.name, self._app.later, self._ports_of, debug=self._options.debug, tap=self.ipc.tap)

    def _ports_of(self, document: Document) -> DocumentPorts:
        return DocumentPorts(self._app.exchange, document, self.report, self._log_port)

    def _log_port(self, message: str) -> None:
        self.log.add("error", message, "jupyterwin")

    def next_document(self) -> tuple[Document, list[Job]]:
        """The document to connect to a page that has just said hello, and what is to be done about the last one."""
        with self._changing:
            old = self._document
            if self._ended or not (old.comm_id or old.closed):
                return old, []
            self._document = self._new_document()
            return self._document, [Job(lambda: self._left(old), (self.id, "events"))]

    def document_connected(self, document: Document) -> list[Job]:
        """The page is connected."""
        return [Job(lambda: self._events.connected(document), (self.id, "events"))]

    def connected_once(self) -> None:
        """The first page is there."""
        self._first_ready.settle(self)

    def document_ended(self, document: Document) -> list[Job]:
        """The page is gone; what runs for it is cancelled."""
        return [Job(lambda: self._end_document(document), (self.id, "events"))]

    def _begin_document(self) -> None:
        with self._changing:
            if self._ended:
                return
            old, self._document = self._document, self._new_document()
        self._left(old)

    def _left(self, old: Document) -> None:
        """Another document is there, or on its way."""
        self._end_document(old)
        if not self._ended:
            self.set_trait("status", "starting")

    def _end_document(self, document: Document, error: Exception | None = None) -> None:
        document.close(error or WindowClosed(f"the page of window {self.name!r} was reloaded or left"))

    # -------------------------------------------------- the end

    @property
    def leaving(self) -> bool:
        """Whether it was told to close just now, so that its name is free for another."""
        return self._ended or time.monotonic() - self._told_to_close < _LEAVING

    def host_lost(self, error: Exception) -> None:
        """The host is gone, and the native window with it."""
        self.log.add("error", str(error), "jupyterwin")
        ended = error if isinstance(error, JupyterWinError) else HostGone(str(error))
        if not self.crashes.of_host(ended):
            self.ended(ended)

    def open_again(self, link: HostLink) -> None:
        """Make the native window once more, in another host: where it was, as it was, with a new document."""
        if self._ended:
            return
        self._link = link
        self._begin_document()
        self._make(self.crashes.born_again)
        self._tell_native(self.crashes.as_it_was())

    def show_again(self) -> None:
        """Load the content again, by itself: nobody waits for the outcome."""
        scripts = self.preloading.read(self._options.preload)
        self._begin_document()
        self.tell(control.Reload(0, self.id, scripts))

    def lose_document(self, error: Exception) -> None:
        """The page is gone with its host."""
        self.pid = None
        self._end_document(self._document, error)

    def ended(self, error: Exception) -> None:
        """The native window is gone: everything that waits ends in `error`."""
        with self._changing:
            if self._ended:
                return
            self._ended = True
        self._app.windows.drop(self)  # before anybody is told: who is may open another by this name
        self._end_document(self._document, error)
        self.set_trait("status", "closed")
        if self._first_ready.fail(error):
            self._first_ready.exception(0)
        self._app.forget(self)
        self.emit("closed")
        self._emitter.clear(error)
        self.ipc.clear()

    def forget_in_child(self) -> None:
        """In a forked child: the window is the parent's. A lock here may be held by a thread that the child has not."""
        self._ended = True
        self._changing = threading.Lock()
        self.log = Log()
        self._document = self._new_document()
        self._document.close(window_closed(self.name))

    # -------------------------------------------------- events, listeners, commands

    def happened(self, event: Any) -> None:
        """An event of the host, on a worker, in order."""
        self._events.handle(event)

    def when_closed(self, call: Callable[[], object]) -> None:
        """Call once it is gone, or now if it is."""
        self._emitter.on("closed", call, once=True)
        if self._ended:
            call()

    def emit(self, event: str, *details: object) -> None:
        """Tell the listeners of an event."""
        self._emitter.emit(event, *details)

    def report(self, what: str, error: BaseException, context: contextvars.Context, *, quiet: bool = False) -> None:
        """Code of the user's raised: the whole in `log`, one line under the cell that registered it.

        `quiet`: a call was refused before the code ran; that is the page's mistake, and only logged.
        """
        if quiet:
            self.log.add("warning", f"{what} refused a call: {error}", "jupyterwin")
        else:
            entry = self.log.add("error", f"{what} raised {type(error).__name__}: {error}", "jupyterwin", trace=error)
            context.copy().run(print, f"jupyterwin: window {self.name!r}: {entry.message}", file=sys.stderr)

    def count_dropped(self, what: str) -> None:
        """Something for a page that is gone was dropped: counted, and logged the first time."""
        self.dropped += 1
        if self.dropped == 1:
            self.log.add(
                "warning", f"{what!r} was dropped: the window is closed (later ones are only counted)", "jupyterwin"
            )

    def after_listeners(self, run: Callable[[], None]) -> None:
        """Run this once the listeners that were told before have returned."""
        self._run_listener(run)

    def tell(self, command: control.Command) -> None:
        """Send a command whose outcome nobody waits for."""
        self._link.tell(command)

    def run_on_worker(self, run: Callable[[], object]) -> None:
        """Run a piece of a handler of this window on a worker thread."""
        self._link.submit(Job(run, group=self.id))

    def _run_listener(self, run: Callable[[], None]) -> None:
        self._link.submit(Job(run, (self.id, "listeners")))

    def _command(self, what: str, make: Callable[[int], control.Command], read: Any = None) -> Pending[Any]:
        """Send a command; `read` makes the result of the reply's value and buffers. One to a closed window fails."""
        pending: Pending[Any] = Pending(f"{what} of window {self.name!r}")
        if self._ended:
            pending.fail(window_closed(self.name))
            return pending
        reply = self._link.command(what, make)
        reply.add_done_callback(lambda done: pass_on(done, pending, read))
        return pending

    def _tell_native(self, native: control.Native) -> None:
        if not self._ended:
            self._command(", ".join(native.said()), lambda number: control.SetWindow(number, self.id, native))
