"""Theming: whether the windows of an application are light or dark: as the desktop is, or as the user says.

It tells the hosts, and pages hear of it as ``prefers-color-scheme``.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, get_args

from jupyterwin.errors import UsageError
from jupyterwin.main.desktop import appearance
from jupyterwin.wire.control import SetTheme, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.main.hostlink import HostLink

PAUSE = 2.0
"""Seconds between looks at the desktop."""


class Theming:
    """Of one application. The desktop is looked at when a window opens and when one gets the keyboard."""

    def __init__(self, hosts: Callable[[], Iterable[HostLink]], run: Callable[[Callable[[], object]], None]) -> None:
        self._hosts = hosts
        self._run = run
        self._looked = float("-inf")
        self._desktop: Theme = "system"
        self._wanted: Theme = "system"

    @property
    def wanted(self) -> Theme:
        """What the user said; "system" for what the desktop is."""
        return self._wanted

    @wanted.setter
    def wanted(self, theme: Theme) -> None:
        if theme not in get_args(Theme):
            msg = f"theme: one of {', '.join(get_args(Theme))} is needed, got {theme!r}"
            raise UsageError(msg)
        self._wanted = theme
        self._tell()

    @property
    def now(self) -> Theme:
        """What the hosts are told."""
        return self._desktop if self._wanted == "system" else self._wanted

    def look(self) -> None:
        """Perhaps the person has changed the desktop: find out, soon, on another thread."""
        if appearance.can_be_asked() and time.monotonic() - self._looked >= PAUSE:
            self._looked = time.monotonic()
            self._run(self._look)

    def greet(self, host: HostLink) -> None:
        """A host that may not know yet."""
        if self.now != "system":
            host.tell(SetTheme(0, self.now))

    def _look(self) -> None:
        desktop = appearance.of_desktop()
        if desktop != self._desktop:
            self._desktop = desktop
            self._tell()

    def _tell(self) -> None:
        for host in self._hosts():
            host.tell(SetTheme(0, self.now))
