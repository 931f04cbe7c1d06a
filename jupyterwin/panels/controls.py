"""Controls: sliders, choices, switches, dates, text and numbers for a store's traits, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.store import Store
from jupyterwin.main.store.shared import SharedTraits, crossing
from jupyterwin.panels.content import Content
from jupyterwin.panels.fields import field_of

if TYPE_CHECKING:
    from jupyterwin.panels.fields import Field


class Controls(Content):
    """What `controls` returns: the content of every panel that it is assigned to."""

    kind = "controls"
    asks = frozenset({"write"})

    def __init__(self, store: Store, fields: list[Field]) -> None:
        super().__init__(self)
        self._shared = SharedTraits(store)
        self._fields = fields
        self._follower = _Follower(self)

    @property
    def title(self) -> str:
        """The store's class."""
        return type(self._shared.store).__name__

    def snapshot(self) -> dict[str, Any]:
        """``{"fields": […], "state": {name: (version, value)}}``."""
        return {"fields": self._fields, "state": self.state()}

    def state(self) -> dict[str, Any]:
        """The values of the traits that it has controls for, each with its version."""
        return crossing(self._shared.state_of([field["name"] for field in self._fields]), lambda _name, _problem: None)

    def write(self, entries: list[Any]) -> list[Any]:
        """What a person has set, in order; for each: what these traits are now, and the error if it was refused."""
        names = {field["name"] for field in self._fields}
        return [self._shared.written(values, expected, names) for values, expected in entries]

    def begin(self) -> None:
        """Somebody looks."""
        self._shared.store.follow(self._follower)

    def end(self) -> None:
        """Nobody looks any more."""
        self._shared.store.unfollow(self._follower)

    def __repr__(self) -> str:
        return f"<controls of {self.title}>"


class _Follower:
    """Hears of the store's commits."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def changed(self, store: Store) -> bool:
        """There is a newer version: of those that a page has not taken, it gets the newest."""
        del store
        self._controls.push(self._controls.state(), policy="latest")
        return True


def controls(store: Store, *names: str) -> Controls:
    """Controls for the traits of a store: ``board["settings"] = jw.controls(store)``. Those of `names`, in that order, or all.

    By the trait types: ``Int`` and ``Float`` with ``min`` and ``max`` are sliders, without them numbers; ``Enum`` and
    ``UseEnum`` choices, a ``List`` of them several; ``Bool`` a switch, ``Unicode`` text, ``Instance(date)`` and ``Instance(datetime)`` dates; a
    ``Tuple`` of two numbers with ``.tag(min=…, max=…)`` a range. ``help`` is the hint, tags say more: ``label``, ``step``, ``options``
    (a list, or a dict of labels). What a trait refuses is said at its control, and the old value comes back. They work
    both ways and in several windows at once. Raises `UsageError`.
    """
    if not isinstance(store, Store):
        raise UsageError(f"controls: a jupyterwin.Store is needed, got {store!r}")
    shapes = SharedTraits(store).shapes
    fields = []
    for name in names or [name for name in declared(store) if name in shapes]:
        if name not in shapes:
            raise UsageError(
                f"controls: {type(store).__name__} has no trait {name!r} for pages; it has {', '.join(shapes)}"
            )
        field = field_of(name, store.traits()[name])
        if field is not None:
            fields.append(field)
        elif names:
            raise UsageError(f"controls: there is no control for {name!r}, a {type(store.traits()[name]).__name__}")
    return Controls(store, fields)


def declared(store: Store) -> list[str]:
    """The names of its traits, in the order in which its classes declare them."""
    order = {name: None for cls in reversed(type(store).__mro__) for name in vars(cls)}
    return [name for name in order if store.has_trait(name)]
