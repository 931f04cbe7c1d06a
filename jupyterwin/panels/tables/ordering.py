"""Ordering: the rows of a column in the order of its keys; stable, missing last. It knows arrays alone.

A row's number is put into the low bits of its key, and the words are sorted as numbers: that is stable by itself, and three
times as fast as a stable argsort of as many numbers. Where keys have more bits than are left, the few that were confused
are put right afterwards.
"""

from __future__ import annotations

from typing import Any

from jupyterwin.panels.tables.arrays import is_list, numpy

_BITS = 64


def order(values: Any, missing: Any, rows: Any, *, descending: bool) -> Any:
    """`rows` (None: all) by their values. Equal ones keep their order in both directions; what is missing comes last."""
    if is_list(values):
        return _order_list(values, missing, rows, descending=descending)
    np = numpy()
    if rows is None and missing is None:
        return _places(values, descending=descending)
    rows = np.arange(len(values)) if rows is None else rows
    last = rows[:0]
    if missing is not None:
        gone = missing[rows]
        last, rows = rows[gone], rows[~gone]
    return np.concatenate((rows[_places(values[rows], descending=descending)], last))


def _places(values: Any, *, descending: bool) -> Any:
    keys = _unsigned(values)
    return _stable(~keys if descending else keys)


def _order_list(
    values: list[Any], missing: list[bool] | None, rows: list[int] | None, *, descending: bool
) -> list[int]:
    rows = list(range(len(values))) if rows is None else rows
    there = rows if missing is None else [row for row in rows if not missing[row]]
    gone = [] if missing is None else [row for row in rows if missing[row]]
    return sorted(there, key=values.__getitem__, reverse=descending) + gone


def _unsigned(values: Any) -> Any:
    """Numbers of 64 bits without sign, in the same order."""
    np = numpy()
    kind = values.dtype.kind
    if kind in "bu":
        return values.astype("uint64")
    if kind == "i":
        return values.astype("int64").view("uint64") ^ np.uint64(1 << 63)
    bits = (values.astype("float64") + 0.0).view("uint64")  # -0.0 becomes 0.0: they are equal
    return np.where(bits >> np.uint64(63), ~bits, bits | np.uint64(1 << 63))


def _stable(keys: Any) -> Any:
    """The places of the keys (unsigned, 64 bits), smallest first."""
    np = numpy()
    if not len(keys):
        return np.arange(0)
    keys = keys - keys.min()
    low = int(len(keys) - 1).bit_length()
    cut = max(0, int(keys.max()).bit_length() - (_BITS - low))
    packed = ((keys >> np.uint64(cut)) << np.uint64(low)) | np.arange(len(keys), dtype="uint64")
    packed.sort()
    places = (packed & np.uint64((1 << low) - 1)).astype("int64")
    return _repaired(places, keys, packed >> np.uint64(low)) if cut else places


def _repaired(places: Any, keys: Any, groups: Any) -> Any:
    """Put those right whose keys were equal as far as they fitted (a group), and are not."""
    np = numpy()
    found = keys[places]
    wrong = found[1:] < found[:-1]
    if not wrong.any():
        return places
    group = np.concatenate(([0], np.cumsum(groups[1:] != groups[:-1])))
    bad = np.zeros(group[-1] + 1, dtype=bool)
    bad[group[1:][wrong]] = True
    there = bad[group]
    few = places[there]
    places[there] = few[np.argsort(keys[few], kind="stable")]
    return places
