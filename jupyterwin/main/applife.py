"""AppLife: the life of an application: its events, its end, its hosts, timers and metrics. It opens no window."""

from __future__ import annotations

import atexit
import contextvars
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from jupyterwin.main.emitter import Emitter
from jupyterwin.main.front_end import StartHost
from jupyterwin.main.handlers.dispatch import Dispatch
from jupyterwin.main.handlers.lane import Lane
from jupyterwin.main.handlers.loop import HandlersLoop
from jupyterwin.main.handlers.pace import Pace
from jupyterwin.main.hosts import Hosts
from jupyterwin.main.hot_reload import HotReload
from jupyterwin.main.ipc import Ipc
from jupyterwin.main.launch.launcher import launch
from jupyterwin.main.menus import Menu
from jupyterwin.main.metrics import Meter, Metrics
from jupyterwin.main.notices import notices
from jupyterwin.main.pending import Pending
from jupyterwin.main.places.places import Places
from jupyterwin.main.policies import Policies
from jupyterwin.main.ports.exchange import Exchange
from jupyterwin.main.preloads import PreloadScripts
from jupyterwin.main.screen import Screen
from jupyterwin.main.theme import Theming
from jupyterwin.main.timers import Timers
from jupyterwin.main.tracing.tap import Tap
from jupyterwin.main.window import Window
from jupyterwin.main.windows import Windows
from jupyterwin.security.profile import DEFAULT, Profile
from jupyterwin.wire.records import traceback_of

if TYPE_CHECKING:
    from jupyterwin.main.front_end import FrontEnd
    from jupyterwin.main.handlers.workers import Job
    from jupyterwin.main.hostlink import HostLink
    from jupyterwin.security.sandbox import Level
    from jupyterwin.wire.control import Display, Theme

QUIT_SECONDS = 2.0
"""How long the hosts may take to end by themselves when the kernel ends."""

NOTICE = 2.0
"""Seconds that listeners of ``before-quit`` have, all together, before the application goes on without them."""

_EVENTS = ("window-created", "window-all-closed", "before-quit", "will-quit", "quit")


class QuitEvent:
    """What ``before-quit`` listeners get. `reason`: ``"quit"`` (somebody called `App.quit`) or ``"shutdown"``."""

    def __init__(self, reason: Literal["quit", "shutdown"]) -> None:
        self.reason = reason
        self.prevented = False

    def prevent_default(self) -> None:
        """Keep the application going. Without effect when the kernel itself ends or restarts."""
        self.prevented = self.reason == "quit"

    def __repr__(self) -> str:
        return f"<QuitEvent {self.reason}>"


class AppLife:
    """What of an application does not depend on how windows are opened."""

    def __init__(self, start_host: StartHost = launch) -> None:
        self.ipc = Ipc(Tap(self.later))
        self.windows = Windows()
        self.preload_scripts = PreloadScripts()
        self.register_preload_script = self.preload_scripts.register
        self.unregister_preload_script = self.preload_scripts.unregister
        self.get_preload_scripts = self.preload_scripts.list
        self.application_menu: Menu | None = None
        """What windows show as their bar that have no menu of their own; `set_application_menu` sets it."""
        self._loop = HandlersLoop()
        self._dispatch = Dispatch(self.ipc, self._loop)
        self._pace = Pace()
        self._opening = threading.RLock()
        """Held while a name is looked up and given: who asks for it meanwhile gets the same window."""
        self._start_host = start_host
        self._hosts = Hosts(start_host, self._dispatch, self._displays_are)
        self._front_end: FrontEnd | None = None
        self._timers = Timers(_report)
        self._policies = Policies()
        self._meter = Meter()
        self._lane = Lane("jupyterwin-app")
        self.exchange = Exchange(self.run, self._loop)
        self._at_exit = False
        self._emitter = Emitter(_EVENTS, self._lane.submit, _report)
        self.screen = Screen(self._default_host, self._lane.submit, _report)
        self.places = Places(self.screen)
        self.theming = Theming(lambda: self._hosts, self._lane.submit)
        self.hot_reload = HotReload(lambda: self.windows)
        self.before_window: Callable[[], object] = lambda: None
        """Called when a window is about to be opened, on that thread: what is needed only then is started by it."""

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` at each event, on a thread of the application's own, in order. Returns the disposer.

        As a decorator it returns the function. Events, in the order of a life:

        * ``window-created`` (window)
        * ``window-all-closed``: the last one is gone. The kernel lives on, and so does the application
        * ``before-quit`` (`QuitEvent`): ``event.prevent_default()`` keeps `quit` from happening. Also told when the kernel
          ends or restarts; that cannot be prevented, and waits at most 2 s for the listeners
        * ``will-quit``: nobody prevented it, all windows are gone
        * ``quit``: the hosts are gone too
        """
        return self._emitter.on(event, fn)

    def once(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """As `on`, for the next such event alone."""
        return self._emitter.on(event, fn, once=True)

    def next(self, event: str) -> Pending[Any]:
        """The next such event, as its detail."""
        return self._emitter.next(event)

    def every(self, seconds: float, fn: Callable[[], object] | None = None, *, window: Window | None = None) -> Any:
        """Call `fn` every so many seconds until it is disposed of, its cell runs again, or `window` is closed.

        The first call is `seconds` from now. Calls never overlap; those that a slow one misses are left out, and the next
        is where it would have been. A plain function runs on a thread of the timer's own, an ``async def`` on the handlers'
        loop. What it raises is shown under the cell, once for each different error, and is in the window's log. Returns the disposer; without
        `fn`, a decorator that returns the function. A kernel interrupt does not end timers.
        """
        if fn is None:
            return lambda decorated: (self.every(seconds, decorated, window=window), decorated)[1]
        self._loop.revive()
        stop = self._timers.start(seconds, fn, self._loop, window)
        if window is not None:
            window.when_closed(stop)
        return stop

    def metrics(self) -> Metrics:
        """CPU, memory and pids of the kernel, the hosts and every renderer, with the windows it serves.

        CPU is measured since the last call; the first call says 0. A table in a notebook, a list of `Process` to count with.
        """
        return self._meter.read({link.process.pid: link.profile for link in self._native_hosts()}, self.windows)

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

    def start_task(self, make: Callable[[], Any], context: contextvars.Context) -> None:
        """Start a coroutine on the handlers' loop."""
        self._loop.start_task(make, context, lambda _task: None)

    def run(self, job: Job) -> None:
        """Run a job on a worker thread; without a window host on the application's own."""
        link = next(iter(self._hosts), None)
        if link is None:
            self._lane.submit(job.run)
        else:
            link.submit(job)

    def quit(self) -> bool:
        """Close all windows without asking their pages, and end the hosts; a later `open` starts again.

        False when a listener of ``before-quit`` prevented it: nothing has happened then.
        """
        return self._quit(QuitEvent("quit"))

    def _shut_down(self) -> None:
        """The kernel ends, and nobody can prevent that."""
        self._quit(QuitEvent("shutdown"))

    def _quit(self, event: QuitEvent) -> bool:
        self._lane.finish(NOTICE)  # windows that are just coming back belong to it
        if len(self._hosts):
            self._emitter.emit("before-quit", event)
            self._lane.finish(NOTICE)
            if event.prevented:
                return False
            self._timers.clear()
            self.places.flush(QUIT_SECONDS)
            self._hosts.close(QUIT_SECONDS)
            self.hot_reload.end()
            self._emitter.emit("will-quit")
            self._emitter.emit("quit")
            self._lane.finish(NOTICE)
        self._timers.clear()
        self._loop.stop()
        return True

    @property
    def theme(self) -> Theme:
        """Whether all windows are "light" or "dark"; "system" (the default): as the desktop is, also when that changes.

        Pages hear it as ``prefers-color-scheme``; their own choice wins.
        """
        return self.theming.wanted

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self.theming.wanted = theme

    @property
    def host(self) -> HostLink | None:
        """The running window host of windows without a profile of their own, if there is one."""
        return self._hosts.get()

    def _default_host(self) -> HostLink:
        return next(self._native_hosts(), None) or self._running_host("outer")

    def _native_hosts(self) -> Iterator[HostLink]:
        return (link for link in self._hosts if link.profile.where == "native")

    @property
    def front_end(self) -> FrontEnd | None:
        """What draws windows under cells, if this process is a notebook's kernel. Set by the notebook."""
        return self._front_end

    @front_end.setter
    def front_end(self, front_end: FrontEnd | None) -> None:
        self._front_end = front_end
        self._hosts.start_in_notebook = front_end.start if front_end else None

    def _displays_are(self, displays: Sequence[Display]) -> None:
        self.screen.are(displays)

    def _running_host(self, min_sandbox: Level, profile: Profile = DEFAULT) -> HostLink:
        if not self._at_exit:
            atexit.register(self._shut_down)
            os.register_at_fork(after_in_child=self._forget_in_child)
            self._at_exit = True
        self._loop.revive()
        link = self._hosts.running(profile, min_sandbox)
        self.theming.greet(link)
        self.theming.look()
        return link

    def _forget_in_child(self) -> None:
        """A forked child owns no window, and no lock that a thread of its parent's held."""
        for window in self.windows:
            window.forget_in_child()
        self.windows = Windows()
        self._loop = HandlersLoop()
        self._dispatch = Dispatch(self.ipc, self._loop)
        self._hosts.forget_in_child()
        self._hosts = Hosts(self._start_host, self._dispatch, self._displays_are)
        self._timers = Timers(_report)
        self.hot_reload = HotReload(lambda: self.windows)
        self._lane = Lane("jupyterwin-app")
        self._emitter = Emitter(_EVENTS, self._lane.submit, _report)
        self._opening = threading.RLock()
        self.exchange.forget_in_child(self._loop)


def _report(what: str, error: Exception, context: contextvars.Context) -> None:
    notices.tell(f"{what} of the app raised {type(error).__name__}: {error}", context, traceback_of(error))
