"""Menu: items in order, shown by as many windows as you like. It knows of them only that they want to hear of changes."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.menus.item import MenuItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jupyterwin.main.pending import Pending
    from jupyterwin.wire import control

Template = "MenuItem | Mapping[str, Any]"


class Menu:
    """A menu from a list of items: `MenuItem`, or dicts of its arguments. Iterating gives its items.

    ``app.set_application_menu(menu)`` shows it in every window, ``win.set_menu(menu)`` in one, ``win.context_menu = menu``
    at a right click, ``menu.popup(win)`` now.
    """

    def __init__(self, items: Iterable[MenuItem | Mapping[str, Any]] = ()) -> None:
        self.items: list[MenuItem] = []
        self._shown_by: weakref.WeakSet[Any] = weakref.WeakSet()
        self.parent: weakref.ref[Menu] | None = None
        for item in items:
            self._add(len(self.items), item)

    def append(self, item: MenuItem | Mapping[str, Any]) -> MenuItem:
        """Add an item at the end, and return it."""
        return self.insert(len(self.items), item)

    def insert(self, position: int, item: MenuItem | Mapping[str, Any]) -> MenuItem:
        """Add an item before the one at `position`, and return it."""
        added = self._add(position, item)
        self.changed()
        return added

    def _add(self, position: int, item: MenuItem | Mapping[str, Any]) -> MenuItem:
        if isinstance(item, Mapping):
            item = _made_of(item)
        if not isinstance(item, MenuItem):
            msg = f"items: menu items, or dicts that make them, are needed, got {item!r}"
            raise UsageError(msg)
        if item.menu is not None:
            msg = f"items: {item.label!r} is in a menu already"
            raise UsageError(msg)
        item.menu = self
        if item.submenu is not None:
            item.submenu.parent = weakref.ref(self)
        self.items.insert(position, item)
        return item

    def get(self, id: str) -> MenuItem | None:  # noqa: A002 -- Electron's name
        """The item of that ``id``, here or in a submenu; None when there is none."""
        return next((item for item in self.all() if item.id == id), None)

    def popup(self, window: Any, x: int | None = None, y: int | None = None) -> Pending[None]:
        """Open it now, at a point of the window's page in pixels, or at the pointer. Done when it is closed again."""
        pending: Pending[None] = window.popup_menu(self, x, y)
        return pending

    def all(self) -> Iterator[MenuItem]:
        """The items, and those of submenus."""
        for item in self.items:
            yield item
            if item.submenu is not None:
                yield from item.submenu.all()

    def group_of(self, radio: MenuItem) -> list[MenuItem]:
        """The radio items next to this one, itself included: one of them is checked."""
        at = self.items.index(radio)
        first = next((i + 1 for i in range(at, -1, -1) if self.items[i].type != "radio"), 0)
        last = next((i for i in range(at, len(self.items)) if self.items[i].type != "radio"), len(self.items))
        return self.items[first:last]

    def shown_by(self, window: Any) -> None:
        """`window` wants to hear of changes: its `menu_changed` is called."""
        self._shown_by.add(window)

    def changed(self) -> None:
        """Tell who shows it."""
        above = self.parent() if self.parent is not None else None
        if above is not None:
            above.changed()
        for window in list(self._shown_by):
            window.menu_changed(self)

    def plain(self) -> list[control.MenuItem]:
        """As it travels."""
        return [item.plain() for item in self.items]

    def __iter__(self) -> Iterator[MenuItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        return f"<Menu {', '.join(item.label or '—' for item in self.items)}>"


def _made_of(template: Mapping[str, Any]) -> MenuItem:
    try:
        return MenuItem(**template)
    except TypeError as problem:
        msg = f"items: {template!r} is no menu item: {problem}"
        raise UsageError(msg) from problem
