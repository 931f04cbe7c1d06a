"""An option of `Window`: declared once, as a field of a dataclass. Checks are here too: what a value must be, and what it becomes.

A check takes the option's name and what the user gave, returns what the window works with, or raises `UsageError`
naming the field and the cure. It knows no single option.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field
from typing import TYPE_CHECKING, Any, TypeVar

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[str, Any], Any]

T = TypeVar("T")


def option(default: Any, check: Check, doc: str, *, trait: bool = False) -> Any:
    """Declare an option: its default (or what makes one), its check, what it is for.

    `trait`: there is a trait of this name on `Window`, which may be set later. Checks run on what is given, not on defaults.
    """
    metadata = {"check": check, "doc": doc, "trait": trait}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


def derived() -> Any:
    """Declare what is made of several options, and is none itself."""
    return field(init=False)


def check_of(option: Field[Any]) -> Check:
    """How values of an option are checked."""
    check: Check = option.metadata["check"]
    return check


def default_of(option: Field[Any]) -> Any:
    """What an option is when it is not given."""
    if option.default_factory is not MISSING:
        return option.default_factory()
    return option.default


# ---------------------------------------------------------------- checks


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
