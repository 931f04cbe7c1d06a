"""Linking: what a person does in a panel becomes a trait of a store, which whatever follows that store hears of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.main.store import Store


class Linking:
    """What of a panel is linked to stores."""

    on: Callable[..., Any]

    def link(self, event: str, store: Store, name: str, key: str | None = None) -> Callable[[], None]:
        """Set a trait to what the person selects here: ``board["chart"].link("select", store, "picked", "x")``.

        `event`: "select", "click" or "edit"; `key`: the part of its detail that counts (of a brush over a chart ``"x"``, of a
        table ``"rows"``), None for all of it. With `live` in another panel or window that is a cross-filter: ``jw.live(lambda
        picked: cars[cars.mpg.between(*picked)] if picked else cars, store)``. Belongs to its cell; returns the disposer.
        """
        if name not in store.trait_names():
            raise UsageError(
                f"link: {type(store).__name__} has no trait {name!r}; it has {', '.join(store.trait_names())}"
            )

        def take(detail: Any) -> None:
            value = detail.get(key) if key is not None and isinstance(detail, dict) else detail
            store.latest().set({name: value})

        dispose: Callable[[], None] = self.on(event, take)
        return dispose
