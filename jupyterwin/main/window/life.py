"""Life: what `main/` needs of a window: its documents, its beginning and end, its commands to the host.

It sends commands and frames through its `HostLink` and `Document`; it starts nothing and reads nothing itself.
"""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import HostGone, JupyterWinError, SandboxUnavailable
from jupyterwin.main.document import window_closed
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ipc import Ipc
from jupyterwin.main.pending import Pending, pass_on
from jupyterwin.main.tracing.tap import Tap
from jupyterwin.main.window.crash import Crashes
from jupyterwin.main.window.documents import Documents
from jupyterwin.main.window.events import WindowEvents
from jupyterwin.main.window.log import Log
from jupyterwin.main.window.preloading import Preloading
from jupyterwin.main.window.server import Server
from jupyterwin.main.window.traits import TOLD
from jupyterwin.security.origins import lasting_origin
from jupyterwin.security.policy import NOTHING
from jupyterwin.security.profile import DEFAULT
from jupyterwin.security.sandbox import at_least
from jupyterwin.wire import control
from jupyterwin.wire.records import to_exception

if TYPE_CHECKING:
    import contextvars
    from collections.abc import Callable

    from jupyterwin.main.app import App
    from jupyterwin.main.document import Document
    from jupyterwin.main.front_end import RunningHost
    from jupyterwin.main.hostlink import HostLink
    from jupyterwin.main.window.options import WindowOptions
    from jupyterwin.security.policy import Policy
    from jupyterwin.security.sandbox import Level

_LEAVING = 2.0
"""Seconds after `close` in which the window is taken to be on its way; a page that would rather stay has said so by then."""


class Life(Documents):
    """The state of a window and what the rest of `main/` does with it. Users see `Window`."""

    def __init__(self, app: App) -> None:
        super().__init__(lambda: self._document.waiting)
        self._changing = threading.Lock()
        self._ended = False
        self._told_to_close = float("-inf")
        self.crashes = Crashes(self, app)
        self.server = Server(self)
        self._link: HostLink
        self.id = f"w{secrets.token_hex(16)}"
        self.pid: int | None = None
        self.profile = DEFAULT
        self.permitted = NOTHING
        """What the page may do besides showing itself."""
        self.origin = self.id
        """The host part of its address: unguessable, and its own."""
        self._permitted_for_good = False
        self.ipc = Ipc(Tap(app.later, over=app.ipc.tap))
        self._first_ready: Pending[Any] = Pending("the window's first page")
        self.preloading = Preloading(self, app.preload_scripts)
        self._events = WindowEvents(self)  # type: ignore[arg-type]  # a Window is all there is
        self._app = app
        self._opened = False
        self.last_place: control.Place | None = None

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

    @property
    def opened(self) -> bool:
        """Whether its host was told of it: before that, nothing can be asked of it."""
        return self._opened

    def open_in(self, link: HostLink, options: WindowOptions) -> None:
        """Make the native window in `link`'s host. Called once, by the app."""
        self.take_content(options)
        self._link, self._options = link, options
        self.profile = link.profile
        if link.secret:
            self.origin = lasting_origin(link.secret, self.name)
        self._document = self._new_document()
        native = options.native(self.name)
        if self.profile.where == "native":
            native = self._app.places.put_in_place(self, options, native)
        for name in TOLD:
            if (value := getattr(native, name)) is not None and name != "bounds":
                self.set_silently(name, value)
        self._make(native)

    def _make(self, native: control.Native) -> None:
        link = self._link
        link.register(self)
        options, asks = self._options, self._asks
        parts = {"native": native, "preloads": self.preloading.read(options.preload), "allow": self.permitted.plain()}
        created = self._command(
            "open", lambda n: options.create(n, self.id, self.origin, self.name, self._ours, asks=sorted(asks), **parts)
        )
        self._opened = True
        if asks is not self._asks:  # somebody began to listen meanwhile
            self._tell_asks()
        created.add_done_callback(lambda done: self._check_created(link, done))

    def replace(self, options: WindowOptions) -> Pending[None]:
        """Take new content and exposures: same native window, bounds kept. Settles when the page is read.

        An option that is given, and is another than last time, changes the window; else it stays as the person left it.
        """
        changes = options.changed_since(self._options, options.given)
        for name in options.fixed_since(self._options, options.given):
            self.log.add("info", f"{name}= takes effect when the window is opened anew: close it first", "jupyterwin")
        in_place = self.take_content(options)
        self._options = options
        self.permit(options.allow)
        loaded = self._nothing_to_load() if in_place else self._load()
        if changes:
            for name, value in changes.items():
                self.set_silently(name, value.known() if name == "bounds" else value)
            self._command("change", lambda number: control.SetWindow(number, self.id, control.Native(**changes)))
        return loaded

    def _load(self) -> Pending[None]:
        options = self._options
        self._begin_document()
        scripts = self.preloading.read(options.preload)
        return self._command("load", lambda n: options.load(n, self.id, self.name, scripts, self._ours))

    def _nothing_to_load(self) -> Pending[None]:
        """The page is there, and shows the content in place."""
        pending: Pending[None] = Pending(f"load of window {self.name!r}")
        pending.settle(None)
        return pending

    def _check_created(self, link: HostLink, created: Pending[Any]) -> None:
        error = created.exception(0)
        if isinstance(error, Exception) and link.alive:  # else `host_lost` says what becomes of the window
            self.log.add("error", f"the window could not be made: {error}", "jupyterwin")
            self.ended(error)

    @property
    def host(self) -> RunningHost:
        """The host that it lives in."""
        return self._link.process

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

    def document_connected(self, document: Document) -> list[Job]:
        """The page is connected."""
        return [Job(lambda: self._events.connected(document), (self.id, "events"))]

    def connected_once(self) -> None:
        """The first page is there."""
        if not self._first_ready.settle(self) and self._first_ready.exception(0) is not None:
            self._first_ready = Pending("the window's page")  # nobody drew it at first
            self._first_ready.settle(self)

    def undrawn(self, event: control.Undrawn) -> Callable[[], None]:
        """There is no place for the page. What tells its document so, and who waits for it."""
        document, error = self._document, to_exception(event.error)

        def tell() -> None:
            self._end_document(document, error)
            if self._first_ready.fail(error):
                self._first_ready.exception(0)
            self.log.add("warning", str(error), "jupyterwin")
            if not self._ended:
                self.set_trait("status", "starting")

        return tell

    def interrupt(self) -> None:
        """The kernel was interrupted: calls of the page that run, or wait to, end; nothing else does."""
        self._link.submit(Job(self._document.interrupt))

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
        self._make(self.as_native())

    def show_again(self) -> None:
        """Load the content again, by itself: nobody waits for the outcome."""
        scripts = self.preloading.read(self._options.preload)
        self._begin_document()
        self.tell(control.Reload(0, self.id, scripts, self.boot()))

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
        self.ipc.clear()
        self.server.clear()
        self.leave_scene()
        self.emit("closed")  # last: who hears it finds nothing of the window left
        self._emitter.clear(error)

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

    def tell(self, command: control.Command, body: bytes = b"") -> None:
        """Send a command whose outcome nobody waits for."""
        self._link.tell(command, [body] if body else [])

    def submit(self, job: Job) -> None:
        """Run a job on a worker thread."""
        self._link.submit(job)

    def start_task(self, make: Callable[[], Any], context: contextvars.Context) -> None:
        """Start a coroutine on the handlers' loop."""
        self._app.start_task(make, context)

    def placed(self) -> None:
        """It is somewhere else, perhaps: its place is remembered."""
        self._app.places.saw(self, self._options)

    def run_on_worker(self, run: Callable[[], object]) -> None:
        """Run a piece of a handler of this window on a worker thread."""
        self._link.submit(Job(run, group=self.id))

    def _run_listener(self, run: Callable[[], object]) -> None:
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

    def _tell_native(self, changes: dict[str, Any]) -> None:
        if not self._ended:
            native = control.Native(**changes)
            self._command(", ".join(changes), lambda number: control.SetWindow(number, self.id, native))
        elif self._options.on_closed == "raise":
            raise window_closed(self.name)
        else:
            self.count_dropped(", ".join(changes))

    def _tell_asks(self) -> None:
        if self._opened and not self._ended:
            self._command("listen", lambda number: control.Ask(number, self.id, sorted(self._asks)))
