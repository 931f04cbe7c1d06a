"""Live: a card in a notebook is one display that is brought up to date while the kernel lives. It draws nothing itself.

What the notebook saves is the card as it was last drawn.
"""

from __future__ import annotations

import contextvars
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from IPython.display import display

from jupyterwin.main.handlers.mainthread import main_thread
from jupyterwin.main.ownership import cells
from jupyterwin.main.window.card import PICTURE_DEADLINE
from jupyterwin.notebook.cards import CARDS, GROUP, Card

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

AT_ONCE = 0.5
"""Seconds that a cell waits for a picture where a front end is there, to which it can be brought later."""

UNATTENDED = 10.0
"""The same where perhaps nobody brings late output to the notebook: a picture that is missing there stays missing."""

TRIES = 5
"""Pictures that are asked for, one after another, of a page that does not come to it."""

_unattended: list[LiveDisplay] = []
"""Displays whose client may hear of the running cell's messages alone, as nbclient does."""


def attach(ip: InteractiveShell) -> None:
    """Let cards be live where they are shown, if the shell has a front end that can change what it shows."""
    formatter = ip.display_formatter
    if formatter is None:
        return
    if getattr(ip, "kernel", None) is not None:
        for kind, made in CARDS.items():
            formatter.ipython_display_formatter.for_type(kind, partial(show, made, formatter))
        ip.events.register("post_run_cell", _cell_ended)
    else:  # a terminal, which draws nothing and need not wait for a picture
        for kind in CARDS:
            formatter.mimebundle_formatter.for_type(kind, lambda obj, **_kinds: {"text/plain": repr(obj)})


def detach(ip: InteractiveShell) -> None:
    """Show them as they are."""
    formatter = ip.display_formatter
    if formatter is None:
        return
    for kind in CARDS:
        formatter.ipython_display_formatter.pop(kind, None)
        formatter.mimebundle_formatter.pop(kind, None)
    if _cell_ended in ip.events.callbacks["post_run_cell"]:
        ip.events.unregister("post_run_cell", _cell_ended)


def show(made: type[Card], formatter: Any, obj: Any) -> None:
    """Show its card here, under the running cell."""
    card = made(obj, formatter)
    if card.shows_itself():
        return
    changed = threading.Event()
    stop = card.follow(changed.set)  # before it is drawn: nothing is missed
    goes_on = card.active()  # asked before, too: what ends while it is drawn is drawn once more
    unattended = main_thread.is_current() and not cells.identified
    handle = display(card.draw(UNATTENDED if unattended else AT_ONCE), raw=True, display_id=True)
    if handle is not None and goes_on:
        if card.lacks_picture:
            changed.set()
        LiveDisplay(card, handle, changed, stop).start()
    else:
        stop()


def _cell_ended(_result: Any) -> None:
    for one in tuple(_unattended):
        one.catch_up()


class LiveDisplay:
    """Updates one display from a thread of its own, until its card is final or the cell that shows it runs again."""

    def __init__(self, card: Card, handle: Any, changed: threading.Event, stop: Any) -> None:
        self._card = card
        self._handle = handle
        self._changed = changed
        self._stop = stop
        self._replaced = threading.Event()
        self._updating = threading.Lock()
        self._attended = cells.identified
        self._drawing = threading.Lock()
        self._unseen = self._over = False

    def start(self) -> None:
        """Begin; the updates belong to the running cell's output."""
        forget = cells.own(self._replace)
        silence = self._hear_buttons()
        context = contextvars.copy_context()
        if not self._attended:
            _unattended.append(self)

        def run() -> None:
            context.run(self._follow)
            self._over = True
            silence()
            self._stop()
            forget()

        threading.Thread(target=run, name="jupyterwin-card", daemon=True).start()

    def catch_up(self) -> None:
        """Say what has changed as part of the cell that ends, whoever was told already."""
        if not self._drawing.acquire(timeout=AT_ONCE):
            return  # at the end of the next one
        try:
            if self._unseen or self._changed.is_set():
                self._show(AT_ONCE)
            self._unseen = False
            if self._over:
                _unattended.remove(self)
        finally:
            self._drawing.release()

    def _hear_buttons(self) -> Any:
        if self._card.buttons() is None:
            return lambda: None
        from jupyterwin.notebook.buttons import of_kernel  # imports widgets, once the card is there

        return of_kernel(GROUP).serve(self._card.name, self._clicked)

    def _clicked(self, name: str) -> None:
        _act, do = self._card.acts().get(name, (None, None))
        if do is not None and self._card.active() and not self._replaced.is_set():
            do()
            self._changed.set()

    def _replace(self) -> None:
        with self._updating:  # what comes after is not of the old output any more
            self._replaced.set()
        self._changed.set()

    def _follow(self) -> None:
        goes_on, tries = True, 0
        while goes_on:
            self._changed.wait()
            self._changed.clear()
            goes_on = self._card.active()
            if self._replaced.is_set():
                return
            with self._drawing:
                self._show(PICTURE_DEADLINE)
                self._unseen = True
            tries = tries + 1 if self._card.lacks_picture else 0
            if 0 < tries < TRIES:
                self._changed.set()  # a busy page has one in a moment
            self._replaced.wait(self._card.interval)

    def _show(self, seconds: float) -> None:
        drawn = self._card.draw(seconds)
        with self._updating:
            if not self._replaced.is_set():
                self._handle.update(drawn, raw=True)
