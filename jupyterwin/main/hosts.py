"""Hosts: the running window hosts of an application, one for each profile. It knows no window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jupyterwin.errors import SandboxUnavailable, UsageError
from jupyterwin.main.front_end import StartHost
from jupyterwin.main.hostlink import HostLink
from jupyterwin.main.launch.launcher import LaunchOptions
from jupyterwin.main.partitions import Partitions
from jupyterwin.main.pending import Pending
from jupyterwin.main.settings import settings
from jupyterwin.security.profile import DEFAULT, Profile
from jupyterwin.security.sandbox import at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyterwin.main.handlers.dispatch import Dispatch
    from jupyterwin.security.sandbox import Level
    from jupyterwin.wire.control import Display

_LAST_WORDS = 2.0
"""Seconds that a host which is ending may take to write down what its pages stored."""


class Hosts:
    """By profile. Iterating gives the links of those that run."""

    def __init__(self, start: StartHost, dispatch: Dispatch, displays_are: Callable[[Sequence[Display]], None]) -> None:
        self._displays_are = displays_are
        self._start = start
        self.start_in_notebook: StartHost | None = None
        """For profiles of windows under cells."""
        self._dispatch = dispatch
        self._links: dict[Profile, HostLink] = {}
        self._partitions = Partitions()
        self._lock = threading.Lock()

    def running(self, profile: Profile, min_sandbox: Level) -> HostLink:
        """The host of this profile, started if there is none. Raises `SandboxUnavailable`, or what the start raises."""
        with self._lock:
            link = self._links.get(profile)
            if link is None or not link.alive:
                if link is not None:
                    self._end(link)
                link = self._links[profile] = self._started(profile, min_sandbox)
                return link
            if profile.where == "notebook":
                return link
            # Whether bubblewrap around it becomes "full" is up to the engine: each window looks at its renderer.
            reached = "full" if link.process.level == "outer" else link.process.level
            if not at_least(reached, min_sandbox):
                msg = f"min_sandbox: the running window host has only {reached!r}; jw.app.quit() first, then open again"
                raise SandboxUnavailable(msg)
            return link

    def _started(self, profile: Profile, min_sandbox: Level) -> HostLink:
        # The launcher may report an exit before the link is made: it then finds it here.
        made: Pending[HostLink] = Pending("link")
        partition = self._partitions.hold(profile)
        options = LaunchOptions(min_sandbox=min_sandbox, deadline=settings["start_timeout"], network=profile.network)
        if partition is not None:
            options = replace(options, storage=str(partition.storage), lock=partition.lock)
        try:
            start = self._start if profile.where == "native" else self.start_in_notebook
            if start is None:
                msg = "where: 'notebook' needs a notebook: run this in a cell of JupyterLab"
                raise UsageError(msg)
            process = start(options, lambda error: made.result().lost(error))
        except BaseException:
            self._partitions.release(profile)
            raise
        link = HostLink(process, self._dispatch, profile, self._displays_are, partition.secret if partition else b"")
        made.settle(link)
        return link

    def _end(self, link: HostLink) -> None:
        """Two engines on one storage would each lose what the other writes: the last one is gone before another starts."""
        if link.profile.lasting and not link.process.wait(_LAST_WORDS):
            link.process.kill()
            link.process.wait(_LAST_WORDS)
        self._partitions.release(link.profile)

    def retire(self, profile: Profile, timeout: float) -> None:
        """End the host of a profile of its own, if it has no window any more. Nobody opens one there meanwhile."""
        with self._lock:
            link = self._links.get(profile)
            if link is None or profile == DEFAULT or link.has_windows:
                return
            del self._links[profile]
            link.close(timeout)
            self._end(link)

    def clear(self, profile: Profile) -> None:
        """Forget what a lasting partition holds. Raises `UsageError` when it is in use."""
        with self._lock:
            self._partitions.clear(profile)

    def forget_in_child(self) -> None:
        """A forked child has no host, and holds no partition."""
        self._partitions.forget_in_child()

    def get(self, profile: Profile = DEFAULT) -> HostLink | None:
        """The host of this profile, if it runs."""
        link = self._links.get(profile)
        return link if link is not None and link.alive else None

    def close(self, timeout: float) -> None:
        """End all of them, side by side: ask, wait up to `timeout` seconds in all, then kill."""
        with self._lock:
            links, self._links = list(self._links.values()), {}
        end = time.monotonic() + timeout
        for link in links:
            link.ask_to_end()
        for link in links:
            link.close(max(0.0, end - time.monotonic()))
            self._end(link)

    def __iter__(self) -> Iterator[HostLink]:
        return iter([link for link in list(self._links.values()) if link.alive])

    def __len__(self) -> int:
        return sum(link.alive for link in list(self._links.values()))

    def __repr__(self) -> str:
        lines = [f"<host {link.process.pid} of {profile}>" for profile, link in list(self._links.items()) if link.alive]
        return "\n".join(lines) or "no window host runs"
