"""Menus: what a window's menu bar and right click show, and what a click there does, from the kernel's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers.workers import Job
from jupyterwin.main.menus import Menu
from jupyterwin.main.window.life import Life
from jupyterwin.wire import control

if TYPE_CHECKING:
    from jupyterwin.main.app import App
    from jupyterwin.main.pending import Pending

_POPUPS = 8

_OWN: Final = "own"
"""Stands for “the application's menu” and for “the host's few items for text”."""


class Menus(Life):
    """The menus, from the kernel's side. A menu belongs to its window as the title does: a cell that runs again keeps it."""

    _bar: Menu | Literal["own"] | None = _OWN
    _context: Menu | Literal["own"] | None = _OWN
    _popups: tuple[Menu, ...] = ()

    def set_menu(self, menu: Menu | None) -> Pending[None]:
        """Show this menu as the window's bar, in the place of the application's; None: no bar."""
        self._bar = _checked("menu", menu)
        return self._send_menu("bar")

    @property
    def context_menu(self) -> Menu | None:
        """What a right click opens. Without one set: Cut, Copy and Paste where there is text; None: nothing."""
        return self._context if isinstance(self._context, Menu) else None

    @context_menu.setter
    def context_menu(self, menu: Menu | None) -> None:
        self._context = _checked("context_menu", menu)
        self._send_menu("context")

    def popup_menu(self, menu: Menu, x: int | None, y: int | None) -> Pending[None]:
        """See `Menu.popup`."""
        items = _checked("menu", menu).plain()
        # A choice may be told after the menu is closed: the last few are kept.
        self._popups = (*(one for one in self._popups if one is not menu), menu)[-_POPUPS:]
        return self._command("menu", lambda number: control.PopupMenu(number, self.id, items, x, y))

    def _make(self, native: control.Native) -> None:
        super()._make(native)
        if self._bar_now() is not None:
            self._send_menu("bar")
        if self._context != _OWN:  # it is made once more, in another host
            self._send_menu("context")

    def menu_changed(self, menu: Menu) -> None:
        """A menu that it shows, or showed, is another now."""
        if self._ended:
            return
        if menu is self._bar_now():
            self._send_menu("bar")
        if menu is self._context:
            self._send_menu("context")

    def application_menu_changed(self) -> None:
        """Show it, unless the window has one of its own."""
        if self._bar == _OWN:
            self._send_menu("bar")

    def clicked(self, event: control.MenuClicked) -> None:
        """The person chose an item: its function runs like a listener."""
        menus = [menu for menu in (self._bar_now(), self._context, *self._popups) if isinstance(menu, Menu)]
        item = next((one for menu in menus for one in menu.all() if one.number == event.item), None)
        if item is None:
            return  # of a menu that was replaced meanwhile
        if item.type in {"checkbox", "radio"}:
            item.checked = event.checked
        self._link.submit(Job(lambda: self._run_item(item), (self.id, "listeners")))

    def _run_item(self, item: Any) -> None:
        try:
            item.run(self)
        except Exception as error:  # noqa: BLE001 -- reported, as a listener's
            self.report(f"the menu item {item.label!r}", error, item.context)

    def app_of(self) -> App:
        """The application it belongs to."""
        return self._app

    def _bar_now(self) -> Menu | None:
        return self._app.application_menu if self._bar == _OWN else self._bar

    def _send_menu(self, where: Literal["bar", "context"]) -> Pending[None]:
        menu = self._bar_now() if where == "bar" else self._context
        items = menu.plain() if isinstance(menu, Menu) else [] if where == "context" and menu is None else None
        if isinstance(menu, Menu):
            menu.shown_by(self)
        return self._command("menu", lambda number: control.SetMenu(number, self.id, where, items))


def _checked(name: str, menu: Any) -> Any:
    if menu is not None and not isinstance(menu, Menu):
        msg = f"{name}: a jupyterwin.Menu is needed, got {menu!r}"
        raise UsageError(msg)
    return menu
