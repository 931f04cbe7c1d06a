"""Interact: a store made of a function's parameters: their defaults and hints say which controls they get.

The abbreviations are those of ipywidgets' ``interact``: a table. It knows no page.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import typing
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import traitlets

from jupyterwin.errors import UsageError
from jupyterwin.main.store import Store
from jupyterwin.panels.controls import controls as controls_of
from jupyterwin.panels.live import live


class Interacting:
    """What of a dashboard makes controls of signatures."""

    batch: Callable[[], AbstractContextManager[None]]
    __setitem__: Callable[[str, Any], None]

    def interact(
        self, fn: Callable[..., Any], *, panel: str | None = None, controls: str = "controls", **abbreviations: Any
    ) -> Store:
        """Controls for the parameters of `fn` in one panel, and what it makes of them, live, in another. Returns the store.

        `panel`: the function's name, if it is not given. Defaults, type hints and `abbreviations` say which controls, as with
        ipywidgets: ``days=(1, 90)`` or ``(low, high, step)`` is a slider, a list or dict of choices a choice, ``True`` a switch, text,
        a date; or a trait. Parameters named ``event`` are as for `live`. Raises `UsageError`.
        """
        store = store_of(fn, abbreviations)
        with self.batch():
            self[controls] = controls_of(store)
            self[panel or fn.__name__] = live(fn, store)
        return store


def store_of(fn: Callable[..., Any], abbreviations: dict[str, Any]) -> Store:
    """A store with a trait for each parameter of `fn` but ``event``. Raises `UsageError`."""
    parameters = {
        name: one for name, one in inspect.signature(fn).parameters.items() if name != "event" and one.kind not in _MANY
    }
    for name in abbreviations:
        if name not in parameters:
            raise UsageError(f"interact: {fn.__name__} has no parameter {name!r}; it has {', '.join(parameters)}")
    hints = _hints(fn)
    traits = {
        name: trait_of(name, abbreviations.get(name, one.default), hints.get(name)) for name, one in parameters.items()
    }
    made: type[Store] = type(fn.__name__.title().replace("_", ""), (Store,), {**traits, "__module__": fn.__module__})
    return made()


def trait_of(name: str, given: Any, hint: Any) -> traitlets.TraitType[Any, Any]:
    """The trait for one parameter. `given`: its abbreviation or default, ``inspect.Parameter.empty`` for none."""
    if isinstance(given, traitlets.TraitType):
        return given
    if given is inspect.Parameter.empty:
        return _of_hint(name, hint)
    if typing.get_origin(hint) is typing.Literal and given in typing.get_args(hint):
        return traitlets.Enum(typing.get_args(hint), default_value=given)
    make = next((make for kind, make in _TABLE if isinstance(given, kind)), None)
    trait = None if make is None else make(given)
    if trait is None:
        raise UsageError(
            f"interact: {name}: there is no control for {given!r}: give a trait, a range or a list of choices"
        )
    return trait


def _hints(fn: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(fn)
    except Exception:  # noqa: BLE001 -- a name that is not there: no hints
        return {}


def _of_hint(name: str, hint: Any) -> traitlets.TraitType[Any, Any]:
    if typing.get_origin(hint) is typing.Literal:
        values = typing.get_args(hint)
        return traitlets.Enum(values, default_value=values[0])
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return traitlets.UseEnum(hint)
    start = {bool: False, int: 0, float: 0.0, str: ""}.get(hint)
    if start is None:
        raise UsageError(f"interact: {name}: give it a default, or {name}= a range or a list of choices")
    return trait_of(name, start, None)


def _number(value: float) -> traitlets.TraitType[Any, Any]:
    """From minus the value to three times it, as ipywidgets do."""
    ends = sorted((-value, 3 * value)) if value else (0, 1 if isinstance(value, float) else 10)
    return _between(ends[0], ends[1], value)


def _between(low: float, high: float, value: float) -> traitlets.TraitType[Any, Any]:
    kind: Any = traitlets.Int if all(isinstance(one, int) for one in (low, high, value)) else traitlets.Float
    return kind(value, min=low, max=high)  # type: ignore[no-any-return]  # one of the two


def _tuple(given: tuple[Any, ...]) -> traitlets.TraitType[Any, Any] | None:
    """``(low, high)``, ``(low, high, step)``: a slider that begins in the middle."""
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in given)
    if len(given) not in (2, 3) or not numbers or given[0] >= given[1]:
        return _choice(given)
    low, high, *step = given
    whole = all(isinstance(one, int) for one in given)
    middle = low + (high - low) // 2 if whole else (low + high) / 2
    trait = _between(low, high, middle)
    return trait.tag(step=step[0]) if step else trait


def _choice(given: Any) -> traitlets.TraitType[Any, Any] | None:
    """One of these values; a dict says by what label."""
    options = given if isinstance(given, dict) else list(given)
    values = list(options.values()) if isinstance(options, dict) else options
    return traitlets.Enum(values, default_value=values[0]).tag(options=options) if values else None


_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_TABLE: tuple[tuple[Any, Callable[[Any], traitlets.TraitType[Any, Any] | None]], ...] = (
    (bool, traitlets.Bool),
    (enum.Enum, lambda member: traitlets.UseEnum(type(member), default_value=member)),
    ((int, float), _number),
    (str, traitlets.Unicode),
    (dt.datetime, lambda when: traitlets.Instance(dt.datetime, default_value=when)),
    (dt.date, lambda day: traitlets.Instance(dt.date, default_value=day)),
    (tuple, _tuple),
    ((list, dict), _choice),
)
