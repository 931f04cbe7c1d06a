"""MenuItem: one item of a menu: what it says, and the Python function that a click calls. It knows no window."""

from __future__ import annotations

import contextvars
import inspect
import itertools
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main.handlers import beside
from jupyterwin.main.menus import keys
from jupyterwin.main.menus.roles import ROLES
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jupyterwin.main.menus.menu import Menu

_TYPES = ("normal", "separator", "submenu", "checkbox", "radio")
_numbers = itertools.count(1)


class MenuItem:
    """One item. ``label``, ``enabled``, ``visible`` and ``checked`` may be set at any time: menus that show it follow.

    ``click``: a function that is called with the item and the window, or with nothing if it takes nothing; on a worker
    thread, in the context of the cell that made the item, as listeners are. ``accelerator``: "CmdOrCtrl+S". ``role``:
    one of `jupyterwin.main.menus.roles`, instead of a click. An ampersand in ``label`` is before the letter for Alt.
    """

    def __init__(
        self,
        label: str = "",
        *,
        click: Callable[..., object] | None = None,
        type: str = "",  # noqa: A002 -- Electron's name
        submenu: Menu | Iterable[Any] | None = None,
        accelerator: str = "",
        enabled: bool = True,
        visible: bool = True,
        checked: bool = False,
        role: str = "",
        id: str = "",  # noqa: A002 -- Electron's name
    ) -> None:
        from jupyterwin.main.menus.menu import Menu

        if role and role not in ROLES:
            msg = f"role: one of {', '.join(ROLES)} is needed, got {role!r}"
            raise UsageError(msg)
        self.type = type or ("submenu" if submenu is not None else "normal")
        if self.type not in _TYPES or (self.type == "submenu") != (submenu is not None):
            msg = f"type: one of {', '.join(_TYPES)} is needed, and 'submenu' with a submenu, got {self.type!r}"
            raise UsageError(msg)
        if click is not None and not callable(click):
            msg = f"click: a function is needed, got {click!r}"
            raise UsageError(msg)
        if not (label or role or self.type == "separator"):
            raise UsageError("label: an item needs one, unless it has a role or is a separator")
        self.id = id
        self.number = next(_numbers)
        self.role = role
        self.click = click
        self.context = contextvars.copy_context()
        self.submenu = submenu if submenu is None or isinstance(submenu, Menu) else Menu(submenu)
        self.menu: Menu | None = None
        """The menu that it is in."""
        self.accelerator = accelerator
        self._keys = keys.sequence(accelerator) if accelerator else ROLES[role].keys if role else ""
        self.said = {"label": label or (ROLES[role].label if role else ""), "enabled": enabled} | {
            "visible": visible,
            "checked": checked,
        }

    label = property(lambda self: self.said["label"], lambda self, value: self._say("label", value))
    enabled = property(lambda self: self.said["enabled"], lambda self, value: self._say("enabled", value))
    visible = property(lambda self: self.said["visible"], lambda self, value: self._say("visible", value))
    checked = property(lambda self: self.said["checked"], lambda self, value: self._say("checked", value))

    def _say(self, name: str, value: Any) -> None:
        if not isinstance(value, type(self.said[name])):
            msg = f"{name}: {'a string' if name == 'label' else 'True or False'} is needed, got {value!r}"
            raise UsageError(msg)
        self.said[name] = value
        if name == "checked" and value and self.type == "radio" and self.menu is not None:
            for other in self.menu.group_of(self):
                other.said["checked"] = other is self
        if self.menu is not None:
            self.menu.changed()

    def run(self, window: Any) -> None:
        """A click: the role, or the function."""
        if self.role:
            do = ROLES[self.role].do
            if do is not None:
                do(window)
        elif self.click is not None:
            arguments = (self, window) if _takes_two(self.click) else ()
            beside.run(self.context, window.log, self.click, *arguments)

    def plain(self) -> control.MenuItem:
        """As it travels."""
        edits = bool(self.role) and ROLES[self.role].do is None
        return control.MenuItem(
            self.number,
            self.type,  # type: ignore[arg-type]  # checked above
            keys=self._keys,
            role=self.role if edits else "",
            items=self.submenu.plain() if self.submenu is not None else [],
            **self.said,  # type: ignore[arg-type]  # a dict of several types
        )

    def __dir__(self) -> list[str]:
        return "label type click submenu accelerator enabled visible checked role id".split()

    def __repr__(self) -> str:
        return f"<MenuItem {self.label or self.type!r}>"


def _takes_two(click: Callable[..., object]) -> bool:
    try:
        inspect.signature(click).bind(None, None)
    except TypeError:
        return False
    except ValueError:  # a function that does not say what it takes
        return True
    return True
