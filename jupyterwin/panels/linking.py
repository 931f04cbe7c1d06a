"""Linking: what a person does in a panel becomes a trait of a store, and what the trait is becomes what the panel shows as selected.

It knows contents by `Content.choose`, and no page.
"""

from __future__ import annotations

import contextvars
import threading
import weakref
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers import beside
from jupyterwin.main.ownership import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.emitter import Emitter
    from jupyterwin.main.handlers.lane import Lane
    from jupyterwin.main.store import Store
    from jupyterwin.main.window.log import Log
    from jupyterwin.panels.panel import Shown

EVENTS = ("select", "click", "edit")
"""What a person does in a panel, as `Panel.on` hears it."""
SELECT = "select"


class Linking:
    """What of a panel is selected, and which stores hear of it."""

    _lane: Lane
    _emitter: Emitter
    report: Callable[..., None]
    _tell: Callable[[], None]
    _log_of_window: Callable[[], Log | None]

    def __init__(self) -> None:
        self._links: tuple[Link, ...] = ()
        self._linking = threading.Lock()
        self._under_way = 0
        """Selections of the person's that not all who listen have heard of."""
        self._chosen = 0
        """How often something else than the page changed what is selected: it asks when there is a newer number."""

    @property
    def now(self) -> Shown:
        """What it shows."""
        raise NotImplementedError

    def select(self, detail: Any) -> None:
        """Show this as selected, in the form that listeners of "select" get; None: nothing. They are not told of it.

        Tables take ``{"rows": numbers}``, charts ``{"x": (low, high)}``, or names, or ``{"rows": numbers}``. Raises `UsageError` for
        kinds that only a person can select in, and for what is no selection.
        """
        content = self.now.content
        if content is None or not content.drawn.selectable:
            raise UsageError(f"select: {'an empty panel' if content is None else content.title} takes no selection")
        self.show_selected(detail)

    def link(self, event: str, store: Store, name: str, key: str | None = None) -> Callable[[], None]:
        """Set a trait to what the person selects here: ``board["chart"].link("select", store, "picked", "x")``.

        `event`: "select", "click" or "edit"; `key`: the part of its detail that counts (of a brush over a chart ``"x"``, of a
        table ``"rows"``), None for all of it. "select" goes both ways: whoever sets the trait (Python, another panel or window)
        selects here too, in tables and charts. With `live` in another panel or window that is a cross-filter: ``jw.live(lambda
        picked: cars[cars.mpg.between(*picked)] if picked else cars, store)``. Belongs to its cell; returns the disposer.
        """
        self._emitter.check(event)
        if name not in store.trait_names():
            raise UsageError(
                f"link: {type(store).__name__} has no trait {name!r}; it has {', '.join(store.trait_names())}"
            )
        link = Link(self, event, store, name, key)
        with self._linking:
            old = [one for one in self._links if one.same_as(link)]
            self._links = (*(one for one in self._links if one not in old), link)
        for one in old:
            one.end()
        if event == SELECT:
            store.latest().follow(link)
            link.show()
        link.forget = cells.own(link.end)
        return link.end

    def unlink(self, link: Link) -> None:
        """That one is over."""
        with self._linking:
            self._links = tuple(one for one in self._links if one is not link)

    # -------------------------------------------------- from the page

    def heard(self, event: str, detail: Any, seen: int | None = None) -> None:
        """The page told something, having seen that number of `_chosen`. Called by the seat."""
        with self._linking:
            self._under_way += event == SELECT
        try:
            if (content := self.now.content) is not None:
                detail = content.drawn.heard(event, detail)
            if event == SELECT and seen is not None and seen != self._chosen:
                self.chosen_anew()  # the page is still to hear of what was before this
            if event in EVENTS:
                self._emitter.emit(event, detail)
                for link in self._links:
                    if link.event == event:
                        self._lane.submit(lambda link=link: link.take(detail))  # type: ignore[misc]
        finally:
            if event == SELECT:
                self._lane.submit(self._passed)

    def _passed(self) -> None:
        with self._linking:
            self._under_way -= 1
        self.show_linked()

    # -------------------------------------------------- to the page

    def show_linked(self, *, anew: bool = False) -> None:
        """Select what the linked traits say, unless the person selects something just now. `anew`: in another content."""
        for link in self._links:
            link.show(anew=anew)

    @property
    def is_selecting(self) -> bool:
        """Whether listeners are still to hear what the person selected."""
        return self._under_way > 0

    def show_selected(self, detail: Any) -> None:
        """Select this, where it is not. Raises `UsageError`."""
        content = self.now.content
        if content is not None and content.drawn.selectable and content.drawn.choose(detail):
            self.chosen_anew()

    def chosen_anew(self) -> None:
        """The page is to ask what is selected."""
        with self._linking:
            self._chosen += 1
        self._tell()


class Link:
    """One trait of a store and one event of a panel. Of the store it is a `Follower`, for as long as the panel lives."""

    def __init__(self, panel: Linking, event: str, store: Store, name: str, key: str | None) -> None:
        self._panel = weakref.ref(panel)
        self.event = event
        self._store = store
        self._name = name
        self._key = key
        self._context = contextvars.copy_context()
        self._lock = threading.Lock()
        self._shown: int | None = None
        """The version of the trait that the panel was given last."""
        self.forget: Callable[[], None] = lambda: None

    def same_as(self, other: Link) -> bool:
        """Whether one of them takes the place of the other."""
        return (self.event, self._name, self._store.latest()) == (other.event, other._name, other._store.latest())

    def take(self, detail: Any) -> None:
        """The person did this: the trait is set, after whatever was done before."""
        key = self._key
        value = detail.get(key) if key is not None and isinstance(detail, dict) else detail
        panel = self._panel()
        if panel is None or self not in panel._links:  # noqa: SLF001
            return
        try:
            beside.run(self._context, panel._log_of_window(), self._store.latest().set, {self._name: value})  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 -- a trait that refuses it: said where the link was made
            self._shown = None  # then the panel shows what the trait still is
            panel.report(f"the link to {self._name!r}", error, self._context)

    def changed(self, store: Store) -> bool:
        """The store has a newer version. On the thread that committed it."""
        del store
        self.show()
        return self._panel() is not None

    def show(self, *, anew: bool = False) -> None:
        """Select what the trait says, if it changed since the last time."""
        panel = self._panel()
        if panel is None or self.event != SELECT or panel.is_selecting:
            return
        with self._lock:  # of two commits at once the later one is shown
            snapshot = self._store.latest().snapshot
            version = snapshot.versions.get(self._name, 0)
            if version == self._shown and not anew:
                return
            self._shown = version
            value = snapshot[self._name]
            try:
                panel.show_selected(value if self._key is None or value is None else {self._key: value})
            except UsageError as error:
                panel.report(f"the link to {self._name!r}", error, self._context)

    def end(self) -> None:
        """Link no more. What is selected stays."""
        self.forget()
        self._store.latest().unfollow(self)
        if (panel := self._panel()) is not None:
            panel.unlink(self)
