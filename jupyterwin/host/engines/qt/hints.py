"""What the window manager is told of a native window: its buttons, its frame, its layer. In Qt: window flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from jupyterwin.wire.control import Native

_Flag = Qt.WindowType

_BUTTONS = {
    "minimizable": _Flag.WindowMinimizeButtonHint,
    "maximizable": _Flag.WindowMaximizeButtonHint,
    "closable": _Flag.WindowCloseButtonHint,
}

FIELDS = ("frame", "always_on_top", "focusable", *_BUTTONS)
"""The fields of `Native` that are told so."""


class Hints:
    """The hints of one window."""

    def __init__(self, born: Native) -> None:
        self._said: dict[str, Any] = {name: getattr(born, name) for name in FIELDS}
        # Only a dialog is kept above its parent by all window managers.
        self._kind = _Flag.Window if born.parent is None else _Flag.Dialog

    def say(self, name: str, *, on: bool) -> None:
        """This field is now so."""
        self._said[name] = on

    def flags(self) -> Qt.WindowType:
        """As Qt's flags."""
        flags = self._kind
        if self._said["frame"] is False:
            flags |= _Flag.FramelessWindowHint
        else:
            flags |= _Flag.CustomizeWindowHint | _Flag.WindowTitleHint | _Flag.WindowSystemMenuHint
            for name, flag in _BUTTONS.items():
                if self._said[name] is not False:
                    flags |= flag
        if self._said["always_on_top"]:
            flags |= _Flag.WindowStaysOnTopHint
        if self._said["focusable"] is False:
            flags |= _Flag.WindowDoesNotAcceptFocus
        return flags
