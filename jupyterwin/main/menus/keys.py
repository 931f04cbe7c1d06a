"""Accelerators: from Electron's way to write them ("CmdOrCtrl+Shift+S") to Qt's. Pure."""

from __future__ import annotations

from jupyterwin.errors import UsageError

_MODIFIERS = {
    **dict.fromkeys(("cmdorctrl", "commandorcontrol", "cmd", "command", "ctrl", "control"), "Ctrl"),
    **dict.fromkeys(("alt", "option"), "Alt"),
    "shift": "Shift",
    **dict.fromkeys(("super", "meta"), "Meta"),
}
_KEYS = {
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
    **{name.lower(): name for name in ("Space", "Tab", "Backspace", "Return", "Enter", "Up", "Down", "Left", "Right")},
    **{name.lower(): name for name in ("Home", "End", "Esc", "Del", "Ins", "PgUp", "PgDown")},
    "plus": "+",
    "escape": "Esc",
    "delete": "Del",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDown",
}
_BARE = frozenset(_KEYS) - {"space", "tab", "backspace", "return", "enter", "plus"}


def sequence(accelerator: str) -> str:
    """The key sequence as Qt writes it. Raises `UsageError`."""
    parts = accelerator.split("+") if isinstance(accelerator, str) else [""]
    *modifiers, key = [part.strip().lower() for part in parts]
    name = _KEYS.get(key) or (key.upper() if len(key) == 1 and key.isprintable() and key != " " else "")
    known = [_MODIFIERS[one] for one in modifiers if one in _MODIFIERS]
    if not name or len(known) != len(modifiers):
        msg = f"accelerator: keys such as 'CmdOrCtrl+S' or 'F5' are needed, got {accelerator!r}"
        raise UsageError(msg)
    if not set(known) - {"Shift"} and key not in _BARE:
        msg = f"accelerator: {accelerator!r} would take a letter from whoever types; put Ctrl or Alt before it"
        raise UsageError(msg)
    return "+".join([*dict.fromkeys(known), name])
