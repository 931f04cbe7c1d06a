"""Store: traits that the kernel owns and several windows share. It knows no window: who follows it is told of changes.

One thread at a time commits. What is read, from whatever thread, is the last committed snapshot; a commit that fails, or
is interrupted, has not happened.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol

from traitlets import All, Bunch, EventHandler, HasTraits, TraitError, Undefined

from jupyterwin.errors import Conflict, UsageError
from jupyterwin.main.store.batches import Batch, batch_of
from jupyterwin.main.store.observers import Observers
from jupyterwin.main.store.state import Snapshot
from jupyterwin.main.store.succession import succession

if TYPE_CHECKING:
    from jupyterwin.main.pending import Pending


class Follower(Protocol):
    """Somebody outside the kernel's Python who shows a store: a page's document, a panel."""

    def changed(self, store: Store) -> bool:
        """The store has a newer snapshot; on the thread that committed it, which must not be kept. False: it is gone."""


class Store(HasTraits):
    """State for several windows: ``class Params(jw.Store): symbol = Unicode("MSFT")``, then ``jw.open(…, store=Params())``.

    Its traits are there in pages as ``kernel.store.symbol``, both ways, checked by the trait types. It may be used from any
    thread. Each commit, of one trait or of a `batch`, is one version, in one order for everybody: of two writes to one
    trait the later one stays, writes to different traits never undo each other. `set` and `update` write only what
    nobody changed meanwhile.

    ``@validate``, ``@default`` and ``@observe`` of the class are part of a commit, and run on the thread that writes; what they
    raise undoes it. Functions given to `observe` run later, one at a time, in the context they were registered in; they
    belong to their cell. Values are shared, not copied: assign a new list instead of changing one.

    A store that its cell makes again takes the place of the old one in all windows, panels and observers.
    """

    def setup_instance(self, /, *args: Any, **kwargs: Any) -> None:
        """Called by traitlets before ``__init__``."""
        self._lock = threading.RLock()
        self._owner: int | None = None
        self._working: dict[str, Any] = {}
        self._snapshot: Snapshot | None = None
        """None while it is being made: there is one thread then."""
        self._heard: dict[str, None] = {}
        self._followers: list[Follower] = []
        self._successor: Store | None = None
        self._observers = Observers(type(self).__name__)
        super().setup_instance(*args, **kwargs)

    def __init__(self, **values: Any) -> None:
        for name in values:
            if not self.has_trait(name):
                there = ", ".join(sorted(self.trait_names()))
                raise UsageError(f"{name}: {type(self).__name__} has no such trait; it has {there}")
        super().__init__(**values)
        self._begin()
        if (old := succession.claim(self)) is not None:
            self._take_over(old)

    def _begin(self) -> None:
        for name in self.trait_names():
            with suppress(TraitError):  # it has no default: it is there once it is set
                getattr(self, name)  # also of dynamic defaults
        self._snapshot = (self._snapshot or Snapshot({}, 0, {})).changed_to(self._working)
        self._working = {}

    # -------------------------------------------------- reading

    @property
    def snapshot(self) -> Snapshot:
        """All values of the last commit, as one that stays as it is: ``store.snapshot["symbol"]``, ``.version``."""
        return self._snapshot or Snapshot(self._working.copy(), 0, {})

    @property
    def _trait_values(self) -> dict[str, Any]:
        """Where traitlets looks: the values that are being committed, on that thread; else what there is to read."""
        if self._snapshot is None or self._owner == threading.get_ident():
            return self._working
        batch = batch_of(self)
        return batch.values if batch is not None else self._snapshot.shared

    @_trait_values.setter
    def _trait_values(self, values: dict[str, Any]) -> None:
        self._working = values

    # -------------------------------------------------- writing

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or self._is_being_set() or not self.has_trait(name):
            super().__setattr__(name, value)
        else:
            self.may_be_set(name)
            self.set_trait(name, value)

    def set_trait(self, name: str, value: Any) -> None:
        """Set a trait, also one that is ``read_only``. Raises `TraitError`."""
        if self._is_being_set():
            super().set_trait(name, value)
        elif (batch := batch_of(self)) is not None:
            trait = self._trait(name)
            batch.write(name, trait._validate(_Unchecked(self), value))  # noqa: SLF001 -- type alone: the rest at the end
        else:
            self.commit({name: value})

    def set(self, values: Mapping[str, Any] | None = None, /, *, if_version: int | None = None, **more: Any) -> int:
        """Set several traits as one version, all or none; the version is returned. Raises `TraitError`.

        ``if_version=snapshot.version``: only if none of them has changed since then, else `Conflict`.
        """
        values = {**(values or {}), **more}
        for name in values:
            self.may_be_set(name)
        expected = None if if_version is None else dict.fromkeys(values, if_version)
        return self.commit(values, expected).version

    def update(self, name: str, fn: Callable[[Any], Any]) -> Any:
        """Set a trait to ``fn(what it is)``, with nobody in between; the new value. `fn` should be quick."""
        with self._lock:
            self.commit({name: fn(getattr(self, name))})
            return getattr(self, name)

    def batch(self) -> Batch:
        """``with store.batch(): …``: what the block sets becomes one version at its end, or nothing of it if it raises."""
        return Batch(self, self.snapshot.copy(), self.commit)

    @contextmanager
    def hold_trait_notifications(self) -> Iterator[Any]:
        """`batch`, as traitlets calls it."""
        if self._is_being_set():
            with super().hold_trait_notifications():
                yield
        else:
            with self.batch():
                yield

    def _is_being_set(self) -> bool:
        return self._snapshot is None or self._owner == threading.get_ident()

    def may_be_set(self, name: str) -> None:
        """Raises `TraitError` for a trait that is ``read_only``, or none."""
        if self._trait(name).read_only:
            raise TraitError(f'The "{name}" trait is read-only.')

    def _trait(self, name: str) -> Any:
        if not self.has_trait(name):
            raise TraitError(f"Class {type(self).__name__} does not have a trait named {name}")
        return self.traits()[name]

    def commit(self, values: Mapping[str, Any], expected: Mapping[str, int] | None = None) -> Snapshot:
        """Set these, all or none, as one version. Raises `TraitError`; `Conflict` if one is newer than `expected`."""
        with self._lock:
            before = self.snapshot
            for name, version in (expected or {}).items():
                if (changed := before.versions.get(name, 0)) > version:
                    raise Conflict(f"{name!r} changed in version {changed}, after {version}")
            self._working, self._heard, self._owner = before.copy(), {}, threading.get_ident()
            try:
                self._apply(values)
                now = before.changed_to(self._working)
            finally:
                self._owner, self._working = None, {}
            self._snapshot = now  # here it has happened
            self._observers.tell(self._changes(before, now))
        if now is not before:
            self._tell_followers()
        return now

    def _apply(self, values: Mapping[str, Any]) -> None:
        if len(values) == 1:
            [(name, value)] = values.items()
            super().set_trait(name, value)
            return
        with super().hold_trait_notifications():
            for name, value in values.items():
                super().set_trait(name, value)

    def _changes(self, before: Snapshot, now: Snapshot) -> list[Bunch]:
        return [
            Bunch(name=name, old=before.get(name, Undefined), new=now[name], owner=self, type="change")
            for name in self._heard
            if before.get(name, Undefined) is not now[name]
        ]

    def notify_change(self, change: Bunch) -> None:
        """Called by traitlets for each change: the class's own observers are part of the commit."""
        self._heard[change.name] = None
        super().notify_change(change)

    def add_traits(self, **traits: Any) -> None:
        """Not for stores: what windows know of a store is its class."""
        raise UsageError(f"add_traits: declare {', '.join(traits)} in a class: class Wider({type(self).__name__}): …")

    # -------------------------------------------------- who hears of it

    def observe(  # type: ignore[override]  # traitlets' returns None
        self,
        handler: Callable[[Any], object],
        names: Any = All,
        type: Any = "change",  # noqa: A002 -- traitlets' name
    ) -> Callable[[], None]:
        """Call ``handler(change)`` at each change of these traits: ``change.name``, ``.old``, ``.new``. Returns the disposer.

        Handlers run one at a time, after the commit, on a thread of the store's own, in a copy of the context in which they
        were registered: what they print appears under that cell. While more than 1,000 changes wait for slow ones, they
        hear only the newest of each trait. What they raise is printed there.
        """
        if isinstance(handler, EventHandler) or self._snapshot is None:
            super().observe(handler, names, type)
            return lambda: self.unobserve(handler, names, type)
        return self._observers.add(handler, _names(names), type)

    def unobserve(
        self,
        handler: Callable[..., Any],
        names: Any = All,
        type: Any = "change",  # noqa: A002 -- traitlets' name
    ) -> None:
        """Call it no more."""
        if isinstance(handler, EventHandler):
            super().unobserve(handler, names, type)
        else:
            self._observers.remove(handler, _names(names), type)

    def unobserve_all(self, name: Any = All) -> None:
        """Call nobody any more."""
        self._observers.remove(None, _names(name), All)

    def drained(self) -> Pending[None]:
        """Ends when observers have heard of all that has changed until now."""
        return self._observers.drained()

    # -------------------------------------------------- who shows it

    def follow(self, follower: Follower) -> None:
        """Tell `follower` of each commit from now on, until it says that it is gone."""
        with self._lock:
            self._followers = [*self._followers, follower]
            moved = self._successor
        if moved is not None:
            moved.follow(follower)

    def unfollow(self, follower: Follower) -> None:
        """Tell it no more."""
        with self._lock:
            self._followers = [one for one in self._followers if one is not follower]
        if self._successor is not None:
            self._successor.unfollow(follower)

    def latest(self) -> Store:
        """This store, or what took its place."""
        return self if self._successor is None else self._successor.latest()

    def _tell_followers(self) -> None:
        for follower in self._followers:
            if not follower.changed(self):
                self.unfollow(follower)

    def _take_over(self, old: Store) -> None:
        with old._lock, self._lock:
            self._snapshot = self.snapshot.as_after(old.snapshot.version)
            followers, old._followers = old._followers, []
            self._followers = [*self._followers, *followers]
            old._successor = self
            old._observers.move_to(self._observers)
        self._tell_followers()


class _Unchecked:
    """Stands for a store where a value is to be checked by its type alone, not against other traits."""

    _cross_validation_lock = True

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def _names(names: Any) -> Collection[Any]:
    return names if isinstance(names, list | tuple | set | frozenset) else [names]
