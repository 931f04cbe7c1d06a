"""Listening: the events of a window: who hears them, what is asked before it happens, what is logged.

It knows no link and no host: `Life` says how a listener is run, and how the host is told what to ask.
"""

from __future__ import annotations

import contextvars
import sys
from typing import TYPE_CHECKING, Any

from jupyterwin.main.emitter import Emitter
from jupyterwin.main.preventable import Preventable
from jupyterwin.main.window.events import NAMES, PREVENTABLE
from jupyterwin.main.window.log import Log
from jupyterwin.main.window.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Listening(Reach):
    """The events of one window."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.named = False
        """Whether its name was given by the user."""
        self.dropped = 0
        self.log = Log()
        self._asks: frozenset[str] = frozenset()
        """Events that the host asks about, because somebody once listened."""
        self._emitter = Emitter(NAMES, self._run_listener, self.report, last="closed")

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
        """Something for a window that is gone was dropped: counted, and logged the first time."""
        self.dropped += 1
        if self.dropped == 1:
            self.log.add(
                "warning", f"{what!r} was dropped: the window is closed (later ones are only counted)", "jupyterwin"
            )

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
