"""Allowed: what a window's page may do besides showing itself, what it was refused, and what it did outside the window.

The host enforces; the table of switches is `jupyterwin.security.policy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jupyterwin.main.desktop.external import open_external
from jupyterwin.main.window.life import Life
from jupyterwin.security import policy
from jupyterwin.security.origins import SCHEME, clean_path, origin_of
from jupyterwin.wire import control

if TYPE_CHECKING:
    from jupyterwin.main.pending import Pending


@dataclass(frozen=True, slots=True)
class Refusal:
    """What listeners of ``refused`` get: the switch, the address (who asked, or for what), and the line of `win.log`."""

    switch: str
    url: str
    origin: str
    detail: str
    message: str


class Allowed(Life):
    """What the page may do, from the kernel's side."""

    _asked_outside: Pending[Any] | None = None

    @property
    def allow(self) -> dict[str, list[str]]:
        """The switches that are on, each with its origins ("self": the window's own page). Set it to change them.

        Setting takes what the option ``allow=`` takes, and holds until it is set again: opening the window again by its
        name, with other options, does not change it any more. The host refuses by it as soon as it has heard of it.
        """
        return self.permitted.plain()

    @allow.setter
    def allow(self, allow: policy.Allow | policy.Policy | None) -> None:
        self.permit(policy.parse(allow), lasting=True)

    def was_refused(self, event: control.Refused) -> None:
        """The page asked for something that is not allowed: one line in the log, and the event ``refused``."""
        if event.switch not in policy.SWITCHES:
            return
        message = policy.refusal(event.switch, event.url, self.origin, event.detail)
        self.log.add("warning", message, "jupyterwin")
        self.emit("refused", Refusal(event.switch, event.url, origin_of(event.url), event.detail, message))

    def goes_outside(self, url: str) -> None:
        """The person followed a link that may be opened outside: the event ``open-external``, unless a listener prevents it."""
        if self.permitted.allows("external_links", url, self.origin):  # still: it was when the page was left
            decided = lambda event: None if event.prevented else self._open_outside(url)  # noqa: E731 -- one line
            self.ask_listeners("open-external", {"url": url}, decided)

    def _open_outside(self, url: str) -> None:
        """One link at a time, and the person is asked."""
        if self._asked_outside is not None and not self._asked_outside.done():
            said = f"{url[:200]!r} was not opened: the person is still asked about another link"
            self.log.add("warning", said, "jupyterwin")
            return
        self._asked_outside = open_external(url, parent=self)  # type: ignore[arg-type]  # a Window is all there is

    def opens_window(self, url: str) -> None:
        """The page opens a window, which it may: the event ``window-open``, unless a listener prevents it."""
        if self.permitted.allows("popups", url, self.origin):
            decided = lambda event: None if event.prevented else self._open_child(url)  # noqa: E731 -- one line
            self.ask_listeners("window-open", {"url": url}, decided)

    def _open_child(self, url: str) -> None:
        """A window for a page of the window's own. It is given nothing: no function, channel, preload or switch.

        It closes with this one. What to do with an address of another origin is for a listener to say.
        """
        if origin_of(url) != f"{SCHEME}://{self.origin}" or self._ended:
            return
        path = clean_path(urlsplit(url).path) or ""
        folder = self._options.source.folder
        shown: dict[str, Any] = {"html": self._options.html}
        if folder is not None:
            shown = {"path": folder.root / PurePosixPath(path or folder.entry)}
        child = self._app.open(f"{self.name}: {path or '/'}", **shown)
        self.when_closed(child.destroy)
