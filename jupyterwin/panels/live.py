"""Live: a function of a store's traits, drawn again when they change. `jw.live(draw, store, "symbol")` as a panel's object.

It knows panels as places, and runs nothing itself: `Latest` does.
"""

from __future__ import annotations

import inspect
import threading
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.ownership import cells
from jupyterwin.main.progress import Throttle
from jupyterwin.main.store import Store
from jupyterwin.panels.content import Content
from jupyterwin.panels.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.window.life import Life
    from jupyterwin.panels.content import Place
    from jupyterwin.panels.latest import Run


class Live(Content):
    """What `live` returns: the content of every panel that it is assigned to."""

    def __init__(self, fn: Callable[..., Any], store: Store, names: tuple[str, ...], *, by_name: bool) -> None:
        super().__init__(self)
        self._fn = fn
        self._store = store
        self._names = names
        self._by_name = by_name
        self._inner: Content = _nothing()
        self._empty = True
        self._seen: tuple[Any, ...] | None = None
        self._follower = _Follower(self)
        self._latest = Latest(fn, self, self._window)
        self._state = threading.RLock()
        self._telling = threading.RLock()
        self._over = False
        cells.own(self.dispose, fn, f"live:{id(store)}:{names}")

    # -------------------------------------------------- as a content

    @property
    def title(self) -> str:
        """The function's name."""
        return getattr(self._fn, "__name__", "live")

    @property
    def drawn(self) -> Content:
        """The newest result."""
        return self._inner

    def refresh(self) -> None:
        """Call the function again, with the values as they are."""
        self._seen = None
        self.look()

    def begin(self) -> None:
        """Somebody looks."""
        if not self._over:
            self._store.latest().follow(self._follower)
            self.refresh()

    def end(self) -> None:
        """Nobody looks any more: nothing is called until somebody does."""
        self._store.latest().unfollow(self._follower)
        self._latest.stop()

    def opened(self, place: Place) -> None:
        """It is drawn there too."""
        with self._state:
            self._inner.opened(place)
            super().opened(place)

    def closed(self, place: Place) -> None:
        """It is not drawn there any more."""
        with self._state:
            super().closed(place)
            self._inner.closed(place)

    def dispose(self) -> None:
        """Follow the store no more; what is shown stays. When its cell runs again, this is done."""
        self._over = True
        self.end()
        self._tell(busy=False, stale=False)

    # -------------------------------------------------- as a follower of the store

    def look(self) -> None:
        """Call the function if its values are others than last time."""
        snapshot = self._store.latest().snapshot
        values = tuple(snapshot.get(name) for name in self._names)
        versions = tuple(snapshot.versions.get(name, 0) for name in self._names)
        with self._state:
            if self._over or versions == self._seen:
                return
            self._seen = versions
        self._tell(busy=True, stale=not self._empty)
        args, keywords = ((), dict(zip(self._names, values, strict=True))) if self._by_name else (values, {})
        self._latest.call(args, keywords, Throttle(self._progress, self._later))

    def _window(self) -> Life | None:
        places = self.places
        return places[0].window if places else None

    def _later(self, seconds: float, call: Callable[[], object]) -> None:
        if (window := self._window()) is not None:
            window.later(seconds, call)

    def _progress(self, done: Any) -> None:
        so_far, total, text = done
        with self._telling:  # progress that was on its way must not come over the end
            for place in self.places:
                if place.panel.busy is not False:
                    place.panel.busy = min(1.0, so_far / total) if total else True
                    place.panel.doing = text

    # -------------------------------------------------- how its calls go

    def begun(self) -> None:
        """A call begins."""
        self._tell(busy=True)

    def gave(self, run: Run, value: Any) -> None:
        """A result: drawn wherever this is."""
        from jupyterwin.panels.kinds import content_of  # a cycle at import

        inner = _nothing() if value is None else content_of(value)
        with self._state:
            if run.cancelled:
                return
            old, self._inner, self._empty = self._inner, inner, False
            inner.follow_on(old)
            places = self.places
            for place in places:
                inner.opened(place)
            for place in places:
                old.closed(place)
        for place in places:
            place.panel.error = None
            place.panel.changed(other=True)

    def raised(self, run: Run, error: BaseException) -> None:
        """It failed: said in place, over the last result."""
        del run
        for place in self.places:
            place.panel.error = error

    def ended(self) -> None:
        """Nothing runs any more."""
        self._tell(busy=False, stale=False)

    def _tell(self, *, busy: bool, stale: bool | None = None) -> None:
        with self._telling:
            for place in self.places:
                place.panel.busy = busy
                if stale is not None:
                    place.panel.stale = stale

    def __repr__(self) -> str:
        return f"<live {self.title}({', '.join(self._names)})>"


class _Follower:
    """Hears of the store's commits."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def changed(self, store: Store) -> bool:
        """There is a newer version."""
        del store
        self._live.look()
        return True


def live(fn: Callable[..., Any], store: Store, *names: str) -> Live:
    """What ``fn`` makes of traits of a store, drawn again when they change: ``board["chart"] = jw.live(draw, store, "symbol")``.

    `fn` gets the values of `names`, in that order; without names, of the traits that its parameters are named after. What it
    returns is drawn like any object; a generator draws each item. It runs only while somebody looks, in a copy of the
    context of this call: a plain function on a thread, ``async def`` on the handlers' loop. One call at a time: of values
    that change meanwhile the newest is next, an ``async`` call is cancelled, and what a plain one still returns is dropped. A
    parameter named ``event`` gets ``event.cancelled`` and ``event.progress(done, total)``. The panels show by
    themselves that it is busy, how far it is, that what they show is stale, and what it raised. Raises `UsageError`.
    """
    if not callable(fn):
        raise UsageError(f"live: fn: a function is needed, got {fn!r}")
    if not isinstance(store, Store):
        raise UsageError(f"live: store: a jupyterwin.Store is needed, got {store!r}")
    by_name = not names
    names = names or tuple(name for name in inspect.signature(fn).parameters if name != "event")
    for name in names:
        if not store.has_trait(name):
            there = ", ".join(sorted(store.trait_names()))
            raise UsageError(f"live: {type(store).__name__} has no trait {name!r}; it has {there}")
    return Live(fn, store, names, by_name=by_name)


def _nothing() -> Content:
    from jupyterwin.panels.kinds.text import Text  # a cycle at import

    return Text("")
