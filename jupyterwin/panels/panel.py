"""Panel: a named place for one object, as the user drives it: its object, its title, whether it is busy, and its events.

It knows its seat in a page by the protocol `Place`, and no channel.
"""

from __future__ import annotations

import contextvars
import logging
import secrets
import threading
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from jupyterwin.main.emitter import Emitter
from jupyterwin.main.handlers.lane import Lane
from jupyterwin.panels.capture import Capture
from jupyterwin.panels.followers import Followers
from jupyterwin.panels.kinds import content_of
from jupyterwin.panels.linking import EVENTS, Linking

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.window.log import Log
    from jupyterwin.panels.content import Content
    from jupyterwin.panels.seat import Seat

_LONGEST = 300
"""Characters of an error that are shown in place."""

_log = logging.getLogger(__name__)


class Shown(NamedTuple):
    """What a panel shows at one moment."""

    content: Content | None
    number: int
    """Of the content: another object has another."""
    version: int
    context: contextvars.Context
    """In which the object was assigned."""


class Panel(Linking):
    """One object in a window: ``board["name"]``, or ``win.panel`` of a window that `jw.show` opened.

    Everything may be called from any thread and returns at once; the page follows when it is ready, without flicker:
    scroll, zoom and selection stay where the new object is of the same kind.
    """

    _public: ClassVar[tuple[str, ...]] = tuple(
        "name id obj title busy doing error stale on select link refresh clear output".split()
    )

    def __init__(self, name: str, title: str | None = None) -> None:
        super().__init__()
        self.name = name
        """Its name in the board; see `Dashboard.rename`."""
        self.id = f"p{secrets.token_hex(8)}"
        """Stays the same for the panel's life."""
        self._title = title
        self._busy: bool | float = False
        self._doing = ""
        self._error: str | None = None
        self._broken: str | None = None
        self._stale = False
        self._lock = threading.RLock()
        self._seat: Seat | None = None
        self.followers = Followers()
        self._shown = Shown(None, 0, 0, contextvars.copy_context())
        self._lane = Lane("jupyterwin-panel")
        self._emitter = Emitter(EVENTS, self._lane.submit, self.report, log=self._log_of_window)

    # -------------------------------------------------- what it shows

    @property
    def obj(self) -> Any:
        """The object; None while there is none. Set, it is drawn in place. Raises what the object's own library raises."""
        return None if self._shown.content is None else self._shown.content.obj

    @obj.setter
    def obj(self, obj: Any) -> None:
        self._put(content_of(obj))

    def clear(self) -> None:
        """Show nothing, and no error; the object is let go."""
        self._put(None)

    def refresh(self) -> None:
        """The object was changed in place: draw it anew."""
        if (content := self._shown.content) is not None:
            content.refresh()
        self.changed()

    def _put(self, content: Content | None) -> None:
        with self._lock:
            old, seat = self._shown, self._seat
            self._shown = Shown(content, old.number + 1, old.version + 1, contextvars.copy_context())
            self._error = self._broken = None
            self._stale = False
            if old.content is not None and content is not None:
                content.drawn.follow_on(old.content.drawn)
            if seat is not None and content is not None:
                content.opened(seat)  # before the old one is let go: what both subscribe to stays
            if seat is not None and old.content is not None:
                old.content.closed(seat)
        self._tell()
        self.show_linked(anew=True)

    def changed(self, *, other: bool = False) -> None:
        """There is something new to pull. `other`: what the page still asks of it is about what is gone."""
        with self._lock:
            shown = self._shown
            self._shown = shown._replace(number=shown.number + other, version=shown.version + 1)
        self._tell()
        if other:
            self.show_linked(anew=True)

    def output(self) -> Capture:
        """``with panel.output():`` show here what is printed, displayed and raised inside; in a notebook alone.

        One object that is displayed, and nothing else, is then `obj`. ``%%panel`` is that for a whole cell.
        """
        return Capture(self)

    # -------------------------------------------------- how it is

    @property
    def title(self) -> str:
        """What stands above it; its name, until it is set. Set to ``""``, nothing stands there."""
        return self.name if self._title is None else self._title

    @title.setter
    def title(self, title: str | None) -> None:
        self._title = title
        self._tell()

    @property
    def busy(self) -> bool | float:
        """Whether something is under way; a number from 0 to 1 is how far it has come."""
        return self._busy

    @busy.setter
    def busy(self, busy: bool | float) -> None:
        self._busy = busy if isinstance(busy, bool) else min(1.0, max(0.0, float(busy)))
        self._doing = self._doing if busy is not False else ""
        self._tell()

    @property
    def doing(self) -> str:
        """What it is busy with, in a few words, shown while it is."""
        return self._doing

    @doing.setter
    def doing(self, text: str) -> None:
        self._doing = str(text)[:_LONGEST]
        self._tell()

    @property
    def error(self) -> str | None:
        """What went wrong, shown in place, in short; None for nothing. An exception may be set. Another object clears it."""
        return self._error or self._broken

    @error.setter
    def error(self, error: str | BaseException | None) -> None:
        self._error = None if error is None else short(error)
        self._broken = None
        if isinstance(error, BaseException):
            self.report("it", error, self._shown.context)
        self._tell()

    @property
    def stale(self) -> bool:
        """Whether what it shows is no longer true, and newer is on its way. Another object clears it."""
        return self._stale

    @stale.setter
    def stale(self, stale: bool) -> None:
        self._stale = bool(stale)
        self._tell()

    # -------------------------------------------------- what the person does

    def on(self, event: str, fn: Callable[..., object] | None = None) -> Any:
        """Call ``fn(detail)`` at each "select", "click" or "edit", one after another, on a thread of the panel's.

        What the detail is, the kind of object says. Belongs to its cell; returns the disposer; as a decorator, `fn`.
        """
        return self._emitter.on(event, fn)

    # -------------------------------------------------- where it is drawn

    @property
    def now(self) -> Shown:
        """What it shows."""
        return self._shown

    @property
    def seat(self) -> Seat | None:
        """Where it is drawn, if a window shows it."""
        return self._seat

    def sit(self, seat: Seat | None) -> None:
        """It is drawn here from now on, and nowhere else. Called by the scene."""
        with self._lock:
            old, self._seat = self._seat, seat
            content = self._shown.content
            if content is not None and seat is not None:
                content.opened(seat)
            if content is not None and old is not None:
                content.closed(old)
        self.followers.tell()

    def state(self) -> dict[str, Any]:
        """What the page is told of it."""
        shown = self._shown
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "kind": shown.content.drawn.kind if shown.content else "",
            "content": shown.number,
            "version": shown.version,
            "busy": self._busy,
            "doing": self._doing if self._busy is not False else "",
            "error": self.error,
            "stale": self._stale,
            "chosen": self._chosen,
        }

    def drawn(self, error: Exception | None) -> None:
        """A page has pulled it, or could not."""
        broken = None if error is None else short(error)
        if error is not None:
            self.report("drawing it", error, self._shown.context)
        if broken != self._broken:
            self._broken = broken
            self._tell()

    def report(self, what: str, error: BaseException, context: contextvars.Context) -> None:
        """Code of the user's raised: the whole in the window's log, one line under the cell."""
        what = f"panel {self.name!r}: {what}"
        if self._seat is not None:
            self._seat.window.report(what, error, context)
        else:
            _log.error("%s raised %s: %s", what, type(error).__name__, error, exc_info=error)

    def _log_of_window(self) -> Log | None:
        return None if self._seat is None else self._seat.window.log

    def _tell(self) -> None:
        self.followers.tell()
        if self._seat is not None:
            self._seat.scene.changed()

    def __dir__(self) -> list[str]:
        return list(self._public)

    def __repr__(self) -> str:
        content = self._shown.content
        shows = "nothing" if content is None else content.title
        return f"<Panel {self.name!r} {shows}{' error' if self.error else ''}{' busy' if self.busy else ''}>"


def short(error: str | BaseException) -> str:
    """An error as it is shown in place: the class and the first words, and no traceback."""
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
