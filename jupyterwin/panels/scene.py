"""Scene: the page of one window, full of panels: it answers the channels between that page and the kernel.

It knows no kind of content. How the panels lie is for `Single` and `Dashboard` to say.
"""

from __future__ import annotations

import contextvars
import threading
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from jupyterwin.errors import Cancelled, UsageError
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.ipc import Handler
from jupyterwin.main.pending import Pending
from jupyterwin.panels.followers import Followers
from jupyterwin.panels.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jupyterwin.main.ipc import IpcEvent
    from jupyterwin.main.window import Window
    from jupyterwin.panels.panel import Panel

CHANGED = "jw:changed"

SETTLE = 10.0
"""Seconds that a picture waits for panels that are still being drawn."""


class PageScene:
    """The panels of one page. Its page asks for the whole first (``jw:board``), and is told of each change after that."""

    channels: tuple[str, ...] = ("jw:board", "jw:content", "jw:ask", "jw:chunk")

    theme: Literal["light", "dark"] | None = None
    """What the page looks like whatever the system says; None: as the system does."""

    def __init__(self) -> None:
        self.window: Window | None = None
        self._seats: dict[str, Seat] = {}
        self._lock = threading.RLock()
        self._page_asked = False
        self._telling = False
        self._held = 0
        self._batch = 0
        self._revision = 0
        self.followers = Followers()
        self._missed = False
        context = contextvars.copy_context()
        answers: dict[str, Callable[..., Any]] = {
            "jw:board": self._board,
            "jw:content": self._content,
            "jw:ask": self._ask,
            "jw:chunk": self._chunk,
            "jw:tell": self._told,
        }
        self._handlers = {
            channel: Handler(fn, context, None, concurrent=channel != "jw:tell") for channel, fn in answers.items()
        }

    # -------------------------------------------------- for a scene to define

    @property
    def content(self) -> Any:
        """What it was made of."""
        raise NotImplementedError

    def take(self, content: Any) -> bool:
        """Show this instead, in place; False, if that needs another scene."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """All that the page is told, but for the contents."""
        revision = self._revision  # before all else: what changes meanwhile is told again
        panels = [seat.panel.state() for seat in list(self._seats.values())]
        return {"panels": panels, "batch": self._batch, "theme": self.theme, "revision": revision}

    def arranged(self, event: str, detail: Any) -> None:
        """The person did something to the page itself."""

    # -------------------------------------------------- its window

    def handler(self, channel: str) -> Handler | None:
        """Who answers this channel."""
        return self._handlers.get(channel)

    def attach(self, window: Window) -> None:
        """This window shows it."""
        with self._lock:
            self.seat([])
            self.window, self._page_asked = window, False

    def detach(self, window: Window) -> None:
        """That window does not show it any more."""
        with self._lock:
            if self.window is window:
                self.seat([])
                self.window, self._page_asked = None, False

    @property
    def panels(self) -> list[Panel]:
        """Those that are drawn in the page."""
        return [seat.panel for seat in list(self._seats.values())]

    def seat(self, panels: Iterable[Panel]) -> None:
        """These panels, in this order, are drawn in the page from now on; others that were leave it."""
        with self._lock:
            window, old = self.window, self._seats
            if window is None:
                return
            self._seats = {one.id: old.get(one.id) or Seat(self, one, window) for one in panels}
            came = [seat for id_, seat in self._seats.items() if id_ not in old]
            left = [seat for id_, seat in old.items() if id_ not in self._seats]
        for seat in came:
            seat.panel.sit(seat)
        for seat in left:
            if seat.panel.seat is seat:
                seat.panel.sit(None)

    # -------------------------------------------------- to the page

    def changed(self) -> None:
        """Something the page is told of is another now. Many changes become one message."""
        self.followers.tell()
        with self._lock:
            self._revision += 1
            window = self.window
            if window is None or not self._page_asked:
                return  # it asks for everything when it is there
            if self._held or self._telling:
                self._missed = True
                return
            self._telling = True
        window.submit(Job(lambda: self._tell(window), (window.id, CHANGED)))

    def _tell(self, window: Window) -> None:
        while True:
            self._missed = False
            window.send(CHANGED, self.state(), policy="latest")
            with self._lock:
                if self._held or not self._missed or self.window is not window:
                    self._telling = False
                    return

    def settled(self) -> Pending[Any]:
        """Ends when the page has drawn all that it was told of until now; its value is where each panel is."""
        if self.window is None:
            pending: Pending[Any] = Pending("the page of panels")
            pending.settle(None)
            return pending
        return self.window.invoke("jw:settled", self._revision, timeout=SETTLE)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Tell the page of all changes that are made inside at once, at the end."""
        with self._lock:
            self._held += 1
        try:
            yield
        finally:
            with self._lock:
                self._held -= 1
                self._batch += 1
                missed = self._missed
            if missed:
                self.changed()

    # -------------------------------------------------- from the page

    def _board(self, event: IpcEvent) -> dict[str, Any]:
        del event
        with self._lock:
            self._page_asked = True
        return self.state()

    def _content(self, event: IpcEvent, panel: str) -> dict[str, Any]:
        del event
        return self._seat_of(panel).pull()

    def _ask(self, event: IpcEvent, panel: str, number: int, method: str, args: list[Any]) -> Any:
        del event
        return self._seat_of(panel).ask(number, method, args)

    def _told(
        self, event: IpcEvent, panel: str, number: int, what: str, detail: Any = None, seen: int | None = None
    ) -> None:
        del event
        if not panel:
            self.arranged(what, detail)
        elif (seat := self._seats.get(panel)) is not None:
            seat.told(number, what, detail, seen)

    def _chunk(self, event: IpcEvent, name: str) -> str:
        """A script of the page's that is loaded when it is needed: where there is no URL to load it from."""
        del event
        return chunk(name)

    def _seat_of(self, panel: str) -> Seat:
        seat = self._seats.get(panel)
        if seat is None:
            msg = "that panel is not in this window any more"
            raise Cancelled(msg)
        return seat


@cache
def chunk(name: str) -> str:
    """The text of the built file ``static/panel-<name>.js``. Raises `UsageError`."""
    file = files("jupyterwin") / "static" / f"panel-{name}.js"
    if not name.replace("-", "").isalnum() or not file.is_file():
        msg = f"chunk: there is no {name!r}"
        raise UsageError(msg)
    return file.read_text(encoding="utf-8")
