"""Listening: the events of a window: who hears them, and what is asked before it happens.

It knows no link and no host: `Life` says how a listener is run, and how the host is told what to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.main.emitter import Emitter
from jupyterwin.main.preventable import Preventable
from jupyterwin.main.window.events import NAMES, PREVENTABLE
from jupyterwin.main.window.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Listening(Reports):
    """The events of one window."""

    def __init__(self, waiting: Callable[[], int]) -> None:
        super().__init__(waiting)
        self.named = False
        """Whether its name was given by the user."""
        self._asks: frozenset[str] = frozenset()
        """Events that the host asks about, because somebody once listened."""
        self._emitter = Emitter(NAMES, self._run_listener, self.report, last="closed", log=lambda: self.log)

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call `fn` at each event, on a worker thread, in order. Returns the disposer; as a decorator, the function.

        The events are Electron's, and ``ready``: `jupyterwin.main.window.events` lists them. ``close``,
        ``page-title-updated`` (``event.title``) and ``will-navigate`` (``event.url``) have not happened yet: `fn` gets an
        event whose ``prevent_default()`` keeps them from happening. They wait for their listeners; a person who clicks
        the close button again after 5 s does not.
        """
        self._want(event)
        return self._emitter.on(event, fn)

    def once(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """As `on`, for the next such event alone."""
        self._want(event)
        return self._emitter.on(event, fn, once=True)

    def next(self, event: str) -> Any:
        """The next such event, as its detail: a `Pending`."""
        self._want(event)
        return self._emitter.next(event)

    def when_closed(self, call: Callable[[], object]) -> None:
        """Call once it is gone, or now if it is."""
        self._emitter.on("closed", call, once=True)
        if self.status == "closed":
            call()

    def emit(self, event: str, *details: object) -> None:
        """Tell the listeners of an event."""
        self._emitter.emit(event, *details)

    def ask_listeners(self, name: str, details: Mapping[str, Any], decided: Callable[[Preventable], object]) -> None:
        """Tell the listeners of something that they may prevent; `decided` is called when they have all returned."""
        event = Preventable(name, self, details)
        self._emitter.emit(name, event)
        self._run_listener(lambda: decided(event))

    def _want(self, event: str) -> None:
        """Somebody listens: from now on the host asks before this happens."""
        if event in PREVENTABLE and event not in self._asks:
            self._asks |= {event}
            self._tell_asks()

    def _tell_asks(self) -> None:
        """Tell the host what to ask."""
        raise NotImplementedError

    def _run_listener(self, run: Callable[[], object]) -> None:
        """Run it after the listeners that were told before."""
        raise NotImplementedError
