"""Electron's events of a native window, made of what it was and what it is now. Pure: it knows no window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Event = tuple[Any, ...]
    State = Mapping[str, Any]

ENTERED = {"maximized": "maximize", "fullscreen": "enter-full-screen"}
LEFT = {"maximized": "unmaximize", "fullscreen": "leave-full-screen"}

NAMES = frozenset(
    ("move", "resize", "show", "hide", "focus", "blur", "minimize", "restore", "always-on-top-changed")
) | {*ENTERED.values(), *LEFT.values()}
"""Every event that is made here."""


def events_of(before: State, after: State) -> list[Event]:
    """The events of a change, each with its details. A window that has not said yet what it is was hidden, and nowhere."""
    return [
        *_of_visibility(before, after),
        *_of_mode(before, after),
        *_of_bounds(before.get("bounds"), after.get("bounds")),
        *_of_focus(before, after),
        *_of_layer(before, after),
    ]


def _of_visibility(before: State, after: State) -> list[Event]:
    was, is_now = before.get("visible", False), after.get("visible", False)
    return [("show",) if is_now else ("hide",)] if was != is_now else []


def _of_focus(before: State, after: State) -> list[Event]:
    was, is_now = before.get("focused", False), after.get("focused", False)
    return [("focus",) if is_now else ("blur",)] if was != is_now else []


def _of_bounds(before: Any, after: Any) -> list[Event]:
    if not before or not after:
        return []
    moved = [("move",)] if any(before.get(side) != after.get(side) for side in "xy") else []
    resized = [("resize",)] if any(before.get(side) != after.get(side) for side in ("width", "height")) else []
    return [*moved, *resized]


def _of_mode(before: State, after: State) -> list[Event]:
    """What a window is under its minimising does not change by it: it is left and entered when it shows again."""
    was, is_now = before.get("mode", "normal"), after.get("mode", "normal")
    if was == is_now:
        return []
    if is_now == "minimized":
        return [("minimize",)]
    if was == "minimized":
        return [("restore",)]
    left = [(LEFT[was],)] if was in LEFT else []
    entered = [(ENTERED[is_now],)] if is_now in ENTERED else []
    return [*left, *entered]


def _of_layer(before: State, after: State) -> list[Event]:
    was, is_now = before.get("always_on_top"), after.get("always_on_top")
    return [("always-on-top-changed", is_now)] if is_now is not None and was != is_now else []
