"""Hosts: the running window hosts of an application, one for each profile. It knows no window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from jupyterwin.errors import Broken, Overflow, SandboxUnavailable
from jupyterwin.main.hostlink import HostLink
from jupyterwin.main.launch.host_process import HostProcess
from jupyterwin.main.launch.launcher import LaunchOptions
from jupyterwin.main.pending import Pending
from jupyterwin.main.storage import storage_of
from jupyterwin.security.profile import DEFAULT, Profile
from jupyterwin.security.sandbox import at_least
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from jupyterwin.main.handlers.dispatch import Dispatch
    from jupyterwin.security.sandbox import Level
    from jupyterwin.wire.control import Display

LEAVE = 5.0
"""Seconds a host that nobody uses any more may take to store what its pages left."""

StartHost = Callable[[LaunchOptions, Callable[[Broken], None]], HostProcess]


class Hosts:
    """By profile. Iterating gives the links of those that run."""

    def __init__(self, start: StartHost, dispatch: Dispatch, displays_are: Callable[[Sequence[Display]], None]) -> None:
        self._displays_are = displays_are
        self._start = start
        self._dispatch = dispatch
        self._links: dict[Profile, HostLink] = {}
        self._lock = threading.Lock()

    def running(self, profile: Profile, min_sandbox: Level) -> HostLink:
        """The host of this profile, started if there is none. Raises `SandboxUnavailable`, or what the start raises."""
        with self._lock:
            link = self._links.get(profile)
            if link is None or not link.alive:
                link = self._links[profile] = self._started(profile, min_sandbox)
                return link
            # Whether bubblewrap around it becomes "full" is up to the engine: each window looks at its renderer.
            reached = "full" if link.process.level == "outer" else link.process.level
            if not at_least(reached, min_sandbox):
                msg = f"min_sandbox: the running window host has only {reached!r}; jw.app.quit() first, then open again"
                raise SandboxUnavailable(msg)
            return link

    def _started(self, profile: Profile, min_sandbox: Level) -> HostLink:
        storage = storage_of(profile)
        # The launcher may report an exit before the link is made: it then finds it here.
        made: Pending[HostLink] = Pending("link")
        process = self._start(
            LaunchOptions(min_sandbox=min_sandbox, storage=str(storage.folder) if storage else ""),
            lambda error: made.result().lost(error),
        )
        link = HostLink(process, self._dispatch, profile, self._displays_are, storage)
        made.settle(link)
        return link

    def get(self, profile: Profile = DEFAULT) -> HostLink | None:
        """The host of this profile, if it runs."""
        link = self._links.get(profile)
        return link if link is not None and link.alive else None

    def leave_idle(self, used: Collection[Profile]) -> None:
        """Let the hosts go whose profile no window uses; that of windows without a profile stays for the next one."""
        with self._lock:
            idle = [profile for profile in self._links if profile != DEFAULT and profile not in used]
            links = [self._links.pop(profile) for profile in idle]
        for link in links:
            threading.Thread(target=link.close, args=(LEAVE,), name="jupyterwin-host-leaves", daemon=True).start()

    def close(self, timeout: float) -> None:
        """End all of them, side by side: ask, wait up to `timeout` seconds in all, then kill."""
        with self._lock:
            links, self._links = list(self._links.values()), {}
        end = time.monotonic() + timeout
        for link in links:
            with suppress(Overflow):  # it takes nothing any more: it is killed below
                link.tell(control.Quit())
        for link in links:
            link.close(max(0.0, end - time.monotonic()))

    def __iter__(self) -> Iterator[HostLink]:
        return iter([link for link in list(self._links.values()) if link.alive])

    def __len__(self) -> int:
        return sum(link.alive for link in list(self._links.values()))

    def __repr__(self) -> str:
        lines = [f"<host {link.process.pid} of {profile}>" for profile, link in list(self._links.items()) if link.alive]
        return "\n".join(lines) or "no window host runs"
