"""Content: one object as a page can draw it; and Place: where it is drawn. It knows no window, no channel and no library."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from jupyterwin.main.document import Policy
    from jupyterwin.main.window.life import Life
    from jupyterwin.panels.panel import Panel


class Place(Protocol):
    """A panel in a page, where a content is drawn. Its methods may be called from any thread."""

    @property
    def panel(self) -> Panel:
        """The panel; `busy`, `error` and `stale` are set there."""

    @property
    def window(self) -> Life:
        """The window."""

    def changed(self) -> None:
        """There is something new to pull. Cheap: many calls become one message, and the page pulls when it is ready."""

    def push(self, message: Any, *, policy: Policy = "lossless") -> None:
        """Send a message of the content's own to its renderer (``push(message)``), in order, none left out.

        ``policy="latest"``: those sent so give way to newer ones while they wait, and keep no order with the others.

        What was pushed before the renderer's first `snapshot` was asked for is not told to it: it is in the snapshot. What
        is pushed while a snapshot is made is told after it, though the snapshot may hold it already. Raises as
        `Window.send`.
        """


class Content:
    """One object as a page can draw it. A new one is made whenever an object is assigned.

    `snapshot` and what is in `asks` are called on worker threads, several at a time; `heard` on one after another.
    """

    kind: ClassVar[str] = ""
    """Names the renderer in the page (``js/src/panels/kinds/index.ts``). An instance may have its own."""

    asks: ClassVar[frozenset[str]] = frozenset()
    """Names of the methods that the page may call; ``async def`` ones run on the handlers' loop."""

    def __init__(self, obj: Any) -> None:
        self.obj = obj
        self._lock = threading.Lock()
        self._places: tuple[Place, ...] = ()

    # -------------------------------------------------- for a kind to define

    @property
    def title(self) -> str:
        """A few words for a window that was given no title."""
        return type(self.obj).__name__

    def snapshot(self) -> Any:
        """What the renderer draws, of the value table in docs/protocol.md. Called whenever the page pulls."""
        raise NotImplementedError

    def heard(self, event: str, detail: Any) -> Any:
        """The page told something. What is returned is what listeners of `Panel.on` get; raise to refuse it."""
        del event
        return detail

    selectable: ClassVar[bool] = False
    """Whether `choose` shows something: the renderer has a `choose` then, and asks for ``chosen``."""

    def choose(self, detail: Any) -> bool:
        """Select this, in the form that `heard` returns for "select"; None: nothing. Whether it was not selected already.

        The panel tells the page. Raises `UsageError` for what is no selection.
        """
        del detail
        return False

    def follow_on(self, old: Content) -> None:
        """It takes the place of `old` in a panel: what the person did there stays, as far as it fits."""

    def refresh(self) -> None:
        """The object was changed in place: take it anew. The pages pull afterwards."""

    def begin(self) -> None:
        """It is drawn somewhere: subscribe to what it follows."""

    def end(self) -> None:
        """It is drawn nowhere any more: let go of all that `begin` took."""

    @property
    def drawn(self) -> Content:
        """What is drawn for it now: itself, or what it holds, which may be another one the next time."""
        return self

    # -------------------------------------------------- where it is drawn

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is drawn now."""
        return self._places

    def opened(self, place: Place) -> None:
        """It is drawn there too, from now on. Called by the scene; for the first place `begin` is called."""
        with self._lock:
            if place in self._places:
                return
            first, self._places = not self._places, (*self._places, place)
        if first:
            self.begin()

    def closed(self, place: Place) -> None:
        """It is not drawn there any more. Called by the scene; after the last place `end` is called."""
        with self._lock:
            if place not in self._places:
                return
            self._places = tuple(one for one in self._places if one is not place)
            last = not self._places
        if last:
            self.end()

    def changed(self) -> None:
        """There is something new to pull, everywhere."""
        for place in self._places:
            place.changed()

    def push(self, message: Any, *, policy: Policy = "lossless") -> None:
        """Send a message to the renderers, everywhere."""
        for place in self._places:
            place.push(message, policy=policy)
