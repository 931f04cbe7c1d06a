"""An option of `Window`: declared once, as a field of a dataclass. It knows no single option."""

from __future__ import annotations

from dataclasses import MISSING, Field, field
from typing import Any

from jupyterwin.main.checks import Check


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
