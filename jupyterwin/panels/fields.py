"""Fields: which control a trait gets: slider, choice, switch, date, text, number. A table; it knows no page and no store.

A trait says more by tags: ``.tag(label="Days", step=5, options=[…], control="text")``; its ``help`` is the hint.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Callable
from typing import Any

import traitlets

Field = dict[str, Any]


def field_of(name: str, trait: Any) -> Field | None:
    """What a page draws for a trait; None for one that no control fits."""
    tags = trait.metadata
    made = None
    if "options" in tags:
        made = _choice(_options(tags["options"]), many=isinstance(trait, traitlets.List))
    else:
        makers = (make for kind, make in _TABLE if isinstance(trait, kind))
        made = next((found for found in (make(trait) for make in makers) if found is not None), None)
    if made is None:
        return None
    label = str(tags.get("label") or name.replace("_", " ").capitalize())
    common: Field = {"name": name, "label": label, "hint": trait.help or "", "fixed": bool(trait.read_only)}
    step = {"step": tags["step"]} if "step" in tags else {}
    kind = {"control": tags["control"]} if "control" in tags else {}
    return {**common, **made, **step, **kind}


def _bounds(trait: Any) -> tuple[float, float] | None:
    low, high = getattr(trait, "min", None), getattr(trait, "max", None)
    ends = [low, high]
    if any(end is None or not math.isfinite(end) for end in ends):
        return None
    return low, high  # type: ignore[return-value]  # both are numbers


def _int(trait: Any) -> Field:
    bounds = _bounds(trait)
    if bounds is None:
        return {"control": "number", "step": 1, **_ends(trait)}
    return {"control": "slider", "min": bounds[0], "max": bounds[1], "step": 1}


def _float(trait: Any) -> Field:
    bounds = _bounds(trait)
    if bounds is None:
        return {"control": "number", "step": 0, **_ends(trait)}
    low, high = bounds
    return {"control": "slider", "min": low, "max": high, "step": nice_step(low, high)}


def _ends(trait: Any) -> Field:
    ends = {"min": getattr(trait, "min", None), "max": getattr(trait, "max", None)}
    return {name: end for name, end in ends.items() if end is not None and math.isfinite(end)}


def nice_step(low: float, high: float) -> float:
    """About a hundred steps, of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return 1.0
    rough = (high - low) / 100
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= rough * 0.999)


def _enum(trait: Any) -> Field | None:
    return _choice(_options(trait.values)) if trait.values else None


def _members(trait: Any) -> Field:
    return _choice([[each.value, each.name.replace("_", " ").capitalize()] for each in trait.enum_class])


def _tuple(trait: Any) -> Field | None:
    each = trait._traits  # noqa: SLF001 -- traitlets has no other way
    if len(each) != 2 or not all(isinstance(one, traitlets.Int | traitlets.Float) for one in each):
        return None
    tags = trait.metadata
    low, high = tags.get("min", getattr(each[0], "min", None)), tags.get("max", getattr(each[1], "max", None))
    if low is None or high is None:
        return None
    whole = all(isinstance(one, traitlets.Int) for one in each)
    return {"control": "range", "min": low, "max": high, "step": 1 if whole else nice_step(low, high)}


def _list(trait: Any) -> Field | None:
    inner = getattr(trait, "_trait", None)
    if isinstance(inner, traitlets.UseEnum):
        return {**_members(inner), "control": "choices"}
    if isinstance(inner, traitlets.Enum) and inner.values:
        return _choice(_options(inner.values), many=True)
    return None


def _instance(trait: Any) -> Field | None:
    kind = trait.klass
    if not isinstance(kind, type):
        return None
    if issubclass(kind, dt.datetime):
        return {"control": "datetime"}
    return {"control": "date"} if issubclass(kind, dt.date) else None


def _choice(options: list[list[Any]], *, many: bool = False) -> Field:
    return {"control": "choices" if many else "choice", "options": options}


def _options(given: Any) -> list[list[Any]]:
    """Values and what they are called; a dict says it the other way round, as ipywidgets do."""
    if isinstance(given, dict):
        return [[value, str(label)] for label, value in given.items()]
    return [[each.value, each.name] if isinstance(each, enum.Enum) else [each, str(each)] for each in given]


_TABLE: tuple[tuple[Any, Callable[[Any], Field | None]], ...] = (
    (traitlets.Bool, lambda _trait: {"control": "switch"}),
    (traitlets.UseEnum, _members),
    (traitlets.Enum, _enum),
    (traitlets.Int, _int),
    (traitlets.Float, _float),
    (traitlets.Unicode, lambda _trait: {"control": "text"}),
    (traitlets.Tuple, _tuple),
    (traitlets.List, _list),
    (traitlets.Instance, _instance),
)
