"""Live: a card in a notebook is one display that is brought up to date while the kernel lives. It draws nothing itself.

What the notebook saves is the card as it was last drawn.
"""

from __future__ import annotations

import contextvars
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from IPython.display import display

from jupyterwin.main.ownership import cells
from jupyterwin.notebook.cards import CARDS, Card

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def attach(ip: InteractiveShell) -> None:
    """Let cards be live where they are shown, if the shell has a front end that can change what it shows."""
    if ip.display_formatter is not None and getattr(ip, "kernel", None) is not None:
        for kind, made in CARDS.items():
            shows = partial(show, made, ip.display_formatter)
            ip.display_formatter.ipython_display_formatter.for_type(kind, shows)


def detach(ip: InteractiveShell) -> None:
    """Show them as they are."""
    if ip.display_formatter is not None:
        for kind in CARDS:
            ip.display_formatter.ipython_display_formatter.pop(kind, None)


def show(made: type[Card], formatter: Any, obj: Any) -> None:
    """Show its card here, under the running cell."""
    card = made(obj, formatter)
    changed = threading.Event()
    stop = card.follow(changed.set)  # before it is drawn: nothing is missed
    goes_on = card.active()  # asked before, too: what ends while it is drawn is drawn once more
    handle = display(card.draw(), raw=True, display_id=True)
    if handle is not None and goes_on:
        LiveDisplay(card, handle, changed, stop).start()
    else:
        stop()


class LiveDisplay:
    """Updates one display from a thread of its own, until its card is final or the cell that shows it runs again."""

    def __init__(self, card: Card, handle: Any, changed: threading.Event, stop: Any) -> None:
        self._card = card
        self._handle = handle
        self._changed = changed
        self._stop = stop
        self._replaced = threading.Event()
        self._updating = threading.Lock()

    def start(self) -> None:
        """Begin; the updates belong to the running cell's output."""
        forget = cells.own(self._replace)
        context = contextvars.copy_context()

        def run() -> None:
            context.run(self._follow)
            self._stop()
            forget()

        threading.Thread(target=run, name="jupyterwin-card", daemon=True).start()

    def _replace(self) -> None:
        with self._updating:  # what comes after is not of the old output any more
            self._replaced.set()
        self._changed.set()

    def _follow(self) -> None:
        goes_on = True
        while goes_on:
            self._changed.wait()
            self._changed.clear()
            goes_on = self._card.active()
            if self._replaced.is_set():
                return
            drawn = self._card.draw()
            with self._updating:
                if self._replaced.is_set():
                    return
                self._handle.update(drawn, raw=True)
            self._replaced.wait(self._card.interval)
