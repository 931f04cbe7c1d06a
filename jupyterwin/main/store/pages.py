"""Pages: the stores that a window's pages were given, and what its documents are told of them.

A document asks once what it lacks (`follow`), and is told of each later version; what it writes, it invokes (`write`). Of
a store that changes faster than a page reads, the page gets the newest values: what is under way to it is bounded.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import Overflow, UsageError
from jupyterwin.main.store.shared import SharedTraits, crossing, named
from jupyterwin.wire import values
from jupyterwin.wire.frames import Send

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyterwin.errors import Unserializable
    from jupyterwin.main.document import Document
    from jupyterwin.main.ipc import IpcEvent
    from jupyterwin.main.store.store import Store
    from jupyterwin.main.types.stores import TypedStore
    from jupyterwin.wire.frames import SharedStore

    Refused = Callable[[str, Unserializable], object]

FOLLOW, WRITE, STATE = "jw:store-follow", "jw:store-write", "jw:store"
"""Channels: two that a page invokes, one that it hears."""

UNDER_WAY = 4
"""Versions that one document may have been sent and not taken."""

MOST_WRITES = 1000
"""Writes in one message of a page."""


class StorePages:
    """The stores of one window, as its pages have them."""

    def __init__(self, given: Any) -> None:
        self.stores = {name: SharedTraits(store) for name, store in named(given).items()}

    def __bool__(self) -> bool:
        return bool(self.stores)

    def at_birth(self) -> list[SharedStore]:
        """What documents are born with."""
        return [shared.at_birth(name) for name, shared in self.stores.items()]

    def typed(self) -> dict[str, TypedStore]:
        """What a ``kernel.d.ts`` says of them."""
        return {name: shared.typed() for name, shared in self.stores.items()}

    @property
    def services(self) -> Mapping[str, Callable[..., Any]]:
        """What answers a page, by channel: called with the document, the event, and what the page gave."""
        return {FOLLOW: self.follow, WRITE: self.write} if self.stores else {}

    def follow(self, document: Document, event: IpcEvent, known: Any = None) -> None:
        """Tell a document from now on what is newer than the versions that it knows."""
        known = known if isinstance(known, dict) else {}
        for name, shared in self.stores.items():
            versions = known.get(name)
            follower = DocumentFollower(document, name, shared, _reporter(event, name))
            follower.begin(versions if isinstance(versions, dict) else {})

    def write(
        self, document: Document, event: IpcEvent, name: Any = "", entries: Any = ()
    ) -> list[tuple[Any, Exception | None]]:
        """Commit what a page writes, in order. For each: what these traits are now, and the error if it was refused."""
        del document
        shared = self.stores.get(name) if isinstance(name, str) else None
        if shared is None:
            raise UsageError(f"store: this window was not given a store {str(name)[:100]!r}")
        if not isinstance(entries, list) or len(entries) > MOST_WRITES:
            raise UsageError(f"store: a list of at most {MOST_WRITES} writes is needed")
        return [_written(shared, entry, event) for entry in entries]


def _written(shared: SharedTraits, entry: Any, event: IpcEvent) -> tuple[Any, Exception | None]:
    given, expected = entry if isinstance(entry, list) and len(entry) == 2 else (None, None)
    state, problem = shared.written(given, expected)
    if problem is not None:
        event.window.log.add("warning", f"store: a write of the page was refused: {problem}", "jupyterwin")
    return state, problem


class DocumentFollower:
    """Tells one document of a store's versions, at most so many at a time."""

    def __init__(self, document: Document, name: str, shared: SharedTraits, refused: Refused) -> None:
        self._document = document
        self._name = name
        self._shared = shared
        self._refused = refused
        self._lock = threading.Lock()
        self._sent = 0
        self._under_way = 0

    def begin(self, known: dict[str, int]) -> None:
        """The document knows these traits, each at that version: send what is newer."""
        snapshot = self._shared.store.snapshot
        self._sent = snapshot.version
        self._shared.store.follow(self)
        state = self._shared.state(snapshot)
        if not self._send({name: each for name, each in state.items() if each[0] > known.get(name, 0)}):
            self._sent = 0
        self.changed(self._shared.store)  # meanwhile

    def changed(self, store: Store) -> bool:
        """There may be a newer version: send it, unless enough is under way. False when the document is gone."""
        if self._document.closed:
            return False
        snapshot = store.snapshot
        with self._lock:
            since = self._sent
            if snapshot.version <= since or self._under_way >= UNDER_WAY:
                return True
            self._sent = snapshot.version
            self._under_way += 1
        state = self._shared.state(snapshot, since)
        if not self._send(state):
            with self._lock:
                self._sent = since
        self._document.drained().add_done_callback(self._taken)
        return True

    def _send(self, state: dict[str, Any]) -> bool:
        if not state:
            return True
        encoded, buffers = values.encode(crossing(state, self._refused), "store")
        try:
            self._document.push(Send(STATE, [self._name, encoded], buffers=len(buffers)), buffers)
        except Overflow:
            return False  # again, when the page has taken what is there
        return True

    def _taken(self, done: Any) -> None:
        gone = done.exception(0) is not None
        with self._lock:
            self._under_way -= 1
        if not gone:
            self.changed(self._shared.store)


def _reporter(event: IpcEvent, name: str) -> Refused:
    told: set[str] = set()
    window = event.window

    def report(trait: str, error: Unserializable) -> None:
        if trait not in told:
            told.add(trait)
            where = f"kernel.store{'.' + name if name else ''}.{trait}"
            window.log.add("warning", f"{where} stays as it was in pages: {error}", "jupyterwin")

    return report
