"""Shared: a store as a page has it: which traits, their values as they cross, and what a page writes, checked.

It knows no window and no document: who carries it, does.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import BadArguments, Unserializable, UsageError
from jupyterwin.main.store.hints import is_shared, shape_of
from jupyterwin.main.types.convert import convert
from jupyterwin.main.types.stores import TypedStore, TypedTrait
from jupyterwin.main.types.typescript import own_doc
from jupyterwin.wire import values
from jupyterwin.wire.frames import SharedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from typing import TypeAlias

    from jupyterwin.main.store.state import Snapshot
    from jupyterwin.main.store.store import Store
    from jupyterwin.main.types.shapes import Shape

    State: TypeAlias = "dict[str, tuple[int, Any]]"

RESERVED = frozenset("set update subscribe on then".split())
"""What ``kernel.store`` has besides the traits."""

MOST_AT_BIRTH = 64 * 1024
"""Characters of values that a document is born with; further ones come when it asks."""


class SharedTraits:
    """What pages have of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        taken = sorted(RESERVED & {name for name, trait in store.traits().items() if is_shared(name, trait)})
        if taken:
            raise UsageError(
                f"store: kernel.store.{taken[0]} is a method: rename the trait, or keep it from pages by .tag(page=False)"
            )

    @property
    def store(self) -> Store:
        """The store, or what took its place."""
        return self._store.latest()

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """What each shared trait takes."""
        return {name: shape_of(trait) for name, trait in self._store.traits().items() if is_shared(name, trait)}

    def typed(self) -> TypedStore:
        """What a ``kernel.d.ts`` says of it."""
        traits = self.store.traits()
        shared = {
            name: TypedTrait(shape, traits[name].help or "", bool(traits[name].read_only))
            for name, shape in self.shapes.items()
            if name in traits
        }
        return TypedStore(type(self.store).__name__, own_doc(type(self.store)), shared)

    def state(self, snapshot: Snapshot, since: int = 0) -> State:
        """What changed after a version: each value with its own."""
        return {
            name: (snapshot.versions[name], value)
            for name, value in snapshot.newer_than(since).items()
            if name in self.shapes
        }

    def at_birth(self, name: str) -> SharedStore:
        """What a document is born with: the names, and the values that are small and plain."""
        state, room = {}, MOST_AT_BIRTH
        for trait, (version, value) in self.state(self.store.snapshot).items():
            encoded, buffers = encoded_or_none((version, value)) or (None, [0])
            size = len(str(encoded))
            if not buffers and size <= room:
                state[trait], room = encoded, room - size
        return SharedStore(name, list(self.shapes), state)

    def state_of(self, names: Iterable[Any]) -> State:
        """What these traits are now."""
        snapshot = self.store.snapshot
        return {
            name: (snapshot.versions[name], snapshot[name])
            for name in names
            if name in self.shapes and name in snapshot
        }

    def write(self, given: Any, expected: Any) -> None:
        """Commit what a page writes: all or nothing. Raises `UsageError`, `TraitError`, `Conflict`."""
        if not isinstance(given, dict) or not isinstance(expected, dict | None):
            raise BadArguments("store: values by the names of traits are needed", "args[0]")
        checked = {name: convert(value, self._shape(name), name) for name, value in given.items()}
        store = self.store
        for name in checked:
            store.may_be_set(name)
        versions = {name: version for name, version in (expected or {}).items() if name in checked}
        store.commit(checked, versions)

    def written(self, given: Any, expected: Any, names: Container[Any] | None = None) -> tuple[State, Exception | None]:
        """As `write`, of traits among `names` if they are given: what those are now, and the error."""
        wanted = given if isinstance(given, dict) else {}
        try:
            if names is not None and not all(name in names for name in wanted):
                raise UsageError(f"store: only {names} can be set here")
            self.write(given, expected)
        except Exception as error:  # noqa: BLE001 -- validators are code of the user; the page is told
            return self.state_of(wanted), error
        return self.state_of(wanted), None

    def _shape(self, name: Any) -> Shape:
        if name not in self.shapes:
            there = ", ".join(self.shapes)
            raise UsageError(f"store: there is no {str(name)[:100]!r}; there are: {there}")
        return self.shapes[name]


def encoded_or_none(value: Any) -> tuple[Any, list[Any]] | None:
    """As it crosses; None for what cannot."""
    try:
        return values.encode(value)
    except Unserializable:
        return None


def crossing(state: State, refused: Callable[[str, Unserializable], object]) -> State:
    """What of a state can cross; the rest is told by `refused`."""
    if encoded_or_none(state) is not None:
        return state
    taken = {}
    for name, each in state.items():
        try:
            values.encode(each, f"store.{name}")
        except Unserializable as problem:
            refused(name, problem)
        else:
            taken[name] = each
    return taken


def named(given: Any) -> Mapping[str, Store]:
    """The stores of ``store=``: one (under the name ""), or several by name. Raises `UsageError`."""
    from jupyterwin.main.store.store import Store  # a cycle at import

    if given is None:
        return {}
    if isinstance(given, Store):
        return {"": given}
    if isinstance(given, dict) and given and all(isinstance(store, Store) for store in given.values()):
        for name in given:
            if not isinstance(name, str) or not name.isidentifier() or name == "then":
                raise UsageError(f"store: a name as in kernel.store.name is needed, got {name!r}")
        return dict(given)
    raise UsageError(f"store: a jupyterwin.Store, or a dict of them by name, is needed, got {given!r}")
