"""What of a native window a place under a cell can be: its title, its size, its colour, seen or not, closable. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from jupyterwin.errors import UsageError
from jupyterwin.wire.control import Bounds, Native
from jupyterwin.wire.place import Look

if TYPE_CHECKING:
    from collections.abc import Callable

POSSIBLE = frozenset(("title", "background", "bounds", "visible", "closable"))
_SIDES = ("width", "height")
_USUAL: dict[str, Any] = {
    "mode": "normal",
    "opacity": 1.0,
    "zoom": 1.0,
    "frame": True,
    "resizable": True,
    "minimizable": True,
    "maximizable": True,
    "focusable": True,
}
"""What a window is that says nothing; all else is false, zero or not said."""


def impossible(what: str) -> UsageError:
    """The error for what only a native window has."""
    return UsageError(f"{what}: a window under a cell has none; where='native' has it, on a machine with a screen")


def born(native: Native, tell: Callable[[str], None]) -> Native:
    """What it is born as. What it cannot be is told once, and left out: the same notebook runs on a desktop too."""
    left_out = _unusual(native)
    if left_out:
        tell(f"left out, as a window under a cell has none: {', '.join(left_out)}")
    return structs.replace(Native(), **{name: getattr(native, name) for name in POSSIBLE})


def check(native: Native) -> None:
    """Raise `UsageError` for what it cannot become."""
    for name in _unusual(native):
        raise impossible(name)


def merged(now: Native, change: Native) -> Native:
    """What it is after a change."""
    changes = {name: value for name, value in change.known().items() if name in POSSIBLE}
    if isinstance(bounds := changes.get("bounds"), Bounds):
        old = now.bounds or Bounds()
        changes["bounds"] = Bounds(width=bounds.width or old.width, height=bounds.height or old.height)
    return structs.replace(now, **changes)


def told(native: Native) -> dict[str, Any]:
    """As fields of `Native`: what the kernel is told that it is now."""
    changes = {name: value for name, value in native.known().items() if name in POSSIBLE}
    if isinstance(bounds := changes.get("bounds"), Bounds):
        changes["bounds"] = Bounds(width=bounds.width, height=bounds.height)
    return changes


def of(native: Native) -> Look:
    """As the place draws it."""
    bounds = native.bounds or Bounds()
    return Look(
        native.title or "",
        bounds.width or 900,
        bounds.height or 600,
        native.background or "#ffffff",
        visible=native.visible is not False,
        closable=native.closable is not False,
    )


def _unusual(native: Native) -> list[str]:
    """The names of what is asked for and impossible."""
    found = [
        name
        for name, value in native.known().items()
        if name not in POSSIBLE and value != _USUAL.get(name) and value not in (False, 0, "")
    ]
    bounds = native.bounds or Bounds()
    return sorted(found) + [side for side in ("x", "y") if getattr(bounds, side) is not None]
