"""Checks: what a value that the user gives must be, and what it becomes.

A check takes the name of the option or setting and what the user gave, returns what is worked with, or raises `UsageError`
naming the field and the cure. It knows no single one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jupyterwin.errors import UsageError

Check = Callable[[str, Any], Any]


def refuse(name: str, needed: str, value: object) -> UsageError:
    """The error for a value that does not fit."""
    return UsageError(f"{name}: {needed} is needed, got {value!r}")


def anything(_name: str, value: Any) -> Any:
    """No check of its own: what is made of it checks it."""
    return value


def flag(name: str, value: Any) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise refuse(name, "True or False", value)
    return value


def text(name: str, value: Any) -> str:
    """A string."""
    if not isinstance(value, str):
        raise refuse(name, "a string", value)
    return value


def pixels(low: int, high: int = 32767) -> Check:
    """A whole number of pixels within bounds."""

    def check(name: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise refuse(name, f"a whole number of pixels from {low} to {high}", value)
        return value

    return check


def number(low: float, high: float) -> Check:
    """A number within bounds."""

    def check(name: str, value: Any) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise refuse(name, f"a number from {low:g} to {high:g}", value)
        return float(value)

    return check


def one_of(*allowed: str) -> Check:
    """One of some words."""

    def check(name: str, value: Any) -> str:
        if value not in allowed:
            raise refuse(name, f"one of {', '.join(allowed)}", value)
        return str(value)

    return check


def optional(check: Check) -> Check:
    """None, or what `check` takes."""
    return lambda name, value: None if value is None else check(name, value)
