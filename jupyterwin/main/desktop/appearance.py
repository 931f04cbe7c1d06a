"""Appearance: whether the desktop is light or dark, as its settings portal says. It knows no window and no host.

The window host cannot ask: it reaches no bus. The kernel does, by a program that every desktop with a portal has.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyterwin.wire.control import Theme

_PORTAL = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings")
_SETTING = ("org.freedesktop.appearance", "color-scheme")
_SECONDS = 2.0
"""For an answer: a portal that has to be started takes its time."""

_SCHEMES: Mapping[str, Theme] = {"1": "dark", "2": "light"}
"""What the portal's numbers stand for; 0 is no preference."""


def can_be_asked() -> bool:
    """Whether there is a desktop's bus at all."""
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def of_desktop() -> Theme:
    """What the person chose; "system" where nobody can tell. Blocks, for 2 s at most."""
    program = shutil.which("busctl")
    if program is None or not can_be_asked():
        return "system"
    bus, path, interface = _PORTAL
    command = [program, "--user", "--timeout=2", "call", bus, path, interface, "Read", "ss", *_SETTING]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "system"
    found = re.search(r"\bu (\d)\s*$", said)
    return _SCHEMES.get(found[1], "system") if found else "system"
