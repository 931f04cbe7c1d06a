"""Seat: one panel in one window's page: what the page pulls, asks and tells there, and what is pushed to it.

It knows the panel and the window, and not what else the page shows.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Cancelled, NoHandler
from jupyterwin.main.handlers import beside
from jupyterwin.panels.panel import short

if TYPE_CHECKING:
    from jupyterwin.main.document import Policy
    from jupyterwin.main.window import Window
    from jupyterwin.panels.panel import Panel
    from jupyterwin.panels.scene import PageScene

PUSH = "jw:push"
LATEST = "jw:latest:"


class Seat:
    """A `Place`."""

    def __init__(self, scene: PageScene, panel: Panel, window: Window) -> None:
        self.scene = scene
        self.panel = panel
        self.window = window
        self._order = threading.Lock()
        self._pushed = 0
        self._pulled = False

    def changed(self) -> None:
        """There is something new to pull."""
        self.panel.changed()

    def push(self, message: Any, *, policy: Policy = "lossless") -> None:
        """Send a message to the renderer."""
        with self._order:
            if not self._pulled:
                return
            if policy == "latest":  # a channel of its own, where it gives way to none but its own
                self.window.send(f"{LATEST}{self.panel.id}", message, policy="latest")
            else:
                self._pushed += 1
                self.window.send(PUSH, self.panel.id, self._pushed, message)

    def pull(self) -> dict[str, Any]:
        """What the page draws."""
        shown = self.panel.now
        with self._order:
            self._pulled = True
            pushed = self._pushed
        told = {"content": shown.number, "version": shown.version, "pushed": pushed}
        content = None if shown.content is None else shown.content.drawn
        try:
            value = None if content is None else beside.run(shown.context, self.window.log, content.snapshot)
        except Exception as error:  # noqa: BLE001 -- reported, and shown in place
            self.panel.drawn(error)
            return {**told, "failed": short(error)}
        self.panel.drawn(None)
        return {**told, "kind": content.kind if content else "", "value": value}

    def ask(self, number: int, method: str, args: list[Any]) -> Any:
        """The page calls a method of the content that it draws. Raises `Cancelled` if that is not there any more."""
        shown = self.panel.now
        if shown.content is None or shown.number != number:
            msg = f"panel {self.panel.name!r} shows something else now"
            raise Cancelled(msg)
        content = shown.content.drawn
        if method not in content.asks:
            msg = f"a page may not ask {method!r} of a {content.kind!r}"
            raise NoHandler(msg)
        return beside.run(shown.context, self.window.log, getattr(content, method), *args)

    def told(self, number: int, event: str, detail: Any, seen: int | None) -> None:
        """The page tells something about the content that it draws, having seen so many selections of the kernel's."""
        if self.panel.now.number == number:
            self.panel.heard(event, detail, seen)
