"""App: the application's life: its windows, its window host, its global ipc. `open` and `ipc` are here for the user."""

from __future__ import annotations

import atexit
import contextvars
import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Broken, SandboxUnavailable, UsageError
from jupyterwin.main import card
from jupyterwin.main.emitter import Emitter
from jupyterwin.main.handlers.dispatch import Dispatch
from jupyterwin.main.handlers.loop import HandlersLoop
from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.handlers.pace import Pace
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.hostlink import HostLink
from jupyterwin.main.ipc import Ipc
from jupyterwin.main.launch.host_process import HostProcess
from jupyterwin.main.launch.launcher import LaunchOptions, launch
from jupyterwin.main.options import checked
from jupyterwin.main.ownership import cells
from jupyterwin.main.pending import Pending
from jupyterwin.main.window import Window
from jupyterwin.main.window_base import WindowBase
from jupyterwin.security.sandbox import at_least

if TYPE_CHECKING:
    from jupyterwin.security.sandbox import Level

StartHost = Callable[[LaunchOptions, Callable[[Broken], None]], HostProcess]

QUIT_SECONDS = 2.0
"""How long the host may take to end by itself when the kernel ends."""


class Windows:
    """The open windows, by name, in the order they were opened. Iterating gives windows."""

    def __init__(self) -> None:
        self._by_name: dict[str, Window] = {}
        self._lock = threading.Lock()

    def claim(self, name: str, window: Window) -> None:
        """Give `window` its name. Raises `UsageError` when an open window has it."""
        with self._lock:
            if name in self._by_name:
                msg = f"a window named {name!r} is open: jw.open({name!r}, …) updates it, or close it first"
                raise UsageError(msg)
            self._by_name[name] = window

    def drop(self, window: WindowBase) -> None:
        """The window is closed; its name is free."""
        with self._lock:
            if self._by_name.get(window.name) is window:
                del self._by_name[window.name]

    def get(self, name: str | None) -> Window | None:
        """The open window of that name, or None."""
        return self._by_name.get(name) if name else None

    def __getitem__(self, name: str) -> Window:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __iter__(self) -> Any:
        return iter(list(self._by_name.values()))

    def __len__(self) -> int:
        return len(self._by_name)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no windows are open"

    def _repr_html_(self) -> str:
        return card.of_windows(self)


class App:
    """The application of this kernel. Windows are kept alive by it, not by variables."""

    def __init__(self, start_host: StartHost = launch) -> None:
        self._start_host = start_host
        self.ipc = Ipc()
        self.windows = Windows()
        self._loop = HandlersLoop()
        self._dispatch = Dispatch(self.ipc, self._loop)
        self._pace = Pace()
        self._lock = threading.RLock()
        self._opening = threading.RLock()
        """Held while a name is looked up and given: who asks for it meanwhile gets the same window."""
        self._link: HostLink | None = None
        self._at_exit = False
        self._emitter = Emitter(("window-created", "window-all-closed", "quit"), self._run_listener, _report)

    # -------------------------------------------------- windows

    def open(self, name: str | None = None, **options: Any) -> Window:
        """The window of that name: opened if there is none, else given this content and these exposures.

        Options as for `Window`. Without a name, the window is named by its cell: running the cell again updates it.
        """
        name = name or self._name_by_cell()
        with self._opening:
            window = self.windows.get(name)
            if window is None or window.leaving:
                return Window(name, app=self, **options)
            window.replace(checked(**options))
            return window

    def adopt(self, window: Window, name: str | None, options: dict[str, Any]) -> None:
        """Name a new window and open it in the host. Called by `Window`."""
        chosen = checked(**options)
        with self._opening:
            window.name = name or self._name_by_cell()
            old = self.windows.get(window.name)
            if old is not None and (name is None or old.leaving):
                old.destroy()
                self.windows.drop(old)
            self.windows.claim(window.name, window)
            self._pace.enter()
            try:
                window.open_in(self._running_host(chosen.min_sandbox), chosen)
            except BaseException:
                self.windows.drop(window)
                self._pace.leave()
                raise
        self._emitter.emit("window-created", window)

    def forget(self, window: WindowBase) -> None:
        """A window is gone. Called by `Window`, once."""
        self.windows.drop(window)
        if window.name not in self.windows:
            cells.forget_window(window.name)
        self._pace.leave()
        if not len(self.windows):
            self._emitter.emit("window-all-closed")

    def _name_by_cell(self) -> str:
        run = cells.current
        if run is None:
            return next(name for n in range(1, 10**9) if (name := f"window {n}") not in self.windows)
        run.calls += 1
        name = f"cell {run.key[-8:]}.{run.calls}"
        if name not in run.reclaimed:
            run.reclaimed.add(name)
            cells.own_window(name, lambda: self._close_unclaimed(name))
        return name

    def _close_unclaimed(self, name: str) -> None:
        window = self.windows.get(name)
        if window is not None:
            window.destroy()

    # -------------------------------------------------- life

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """``window-created`` (window), ``window-all-closed``, ``quit``: on a worker thread. Returns the disposer."""
        return self._emitter.on(event, fn)

    def wait(self, timeout: float | None = None) -> None:
        """Block until the last window is closed: the end of a plain script. ``thread="main"`` handlers run here."""
        closed: Pending[None] = Pending("the last window")
        dispose = self._emitter.on("window-all-closed", lambda: closed.settle(None))
        if len(self.windows):
            closed.result(timeout)
        dispose()

    def later(self, seconds: float, fn: Callable[[], object]) -> None:
        """Call `fn` after `seconds`, on the thread of the handlers' loop; never if the app is quit before."""
        self._loop.call_later(seconds, fn)

    def quit(self) -> None:
        """Close all windows and end the window host; a later `open` starts another."""
        with self._lock:
            link, self._link = self._link, None
        if link is not None:
            self._emitter.emit("quit")
            link.close(QUIT_SECONDS)
        self._loop.stop()

    @property
    def host(self) -> HostLink | None:
        """The running window host, if there is one."""
        return self._link

    def _running_host(self, min_sandbox: Level) -> HostLink:
        with self._lock:
            if self._link is not None and self._link.alive:
                # Whether bubblewrap around it becomes "full" is up to the engine: each window looks at its renderer.
                reached = "full" if self._link.process.level == "outer" else self._link.process.level
                if not at_least(reached, min_sandbox):
                    msg = f"min_sandbox: the running window host has only {reached!r}; jw.app.quit() first, then open again"
                    raise SandboxUnavailable(msg)
                return self._link
            if not self._at_exit:
                atexit.register(self.quit)
                os.register_at_fork(after_in_child=self._forget_in_child)
                self._at_exit = True
            # The launcher may report an exit before the link is made: it then finds it here.
            made: Pending[HostLink] = Pending("link")
            process = self._start_host(LaunchOptions(min_sandbox=min_sandbox), lambda error: made.result().lost(error))
            self._link = HostLink(process, self._dispatch)
            made.settle(self._link)
            return self._link

    def _forget_in_child(self) -> None:
        """A forked child owns no window, and no lock that a thread of its parent's held."""
        for window in self.windows:
            window.forget_in_child()
        self._link = None
        self.windows = Windows()
        self._loop = HandlersLoop()
        self._dispatch = Dispatch(self.ipc, self._loop)
        self._lock = threading.RLock()
        self._opening = threading.RLock()

    def _run_listener(self, run: Callable[[], None]) -> None:
        if self._link is not None:
            self._link.submit(Job(run, "app"))
        else:
            main_thread.submit(run)


def _report(what: str, error: Exception, context: contextvars.Context) -> None:
    context.copy().run(print, f"jupyterwin: {what} of the app raised {type(error).__name__}: {error}", file=sys.stderr)


app = App()
"""The application of this process."""

ipc = app.ipc
"""The global ipc: a window may use its channels only if its ``grant=`` names them."""


def open(name: str | None = None, **options: Any) -> Window:
    """The window of that name, opened if needed, else given this content and these exposures. See `Window`."""
    return app.open(name, **options)
