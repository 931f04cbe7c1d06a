"""Snapshot: the values of a store at one version, and when each changed last. Immutable; it knows no store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

_PLAIN = frozenset((type(None), bool, int, str, bytes))
"""Classes of which equal values are the same value: nobody can tell them apart, here or in a page."""


class Snapshot(Mapping[str, Any]):
    """All values of one version: ``snapshot["symbol"]``. `version` counts commits, `versions` says when each trait changed."""

    __slots__ = ("_values", "version", "versions")

    def __init__(self, values: dict[str, Any], version: int, versions: dict[str, int]) -> None:
        self._values = values
        self.version = version
        self.versions: Mapping[str, int] = MappingProxyType(versions)

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<Snapshot {self.version}: {self._values}>"

    @property
    def shared(self) -> dict[str, Any]:
        """The values, not to be changed."""
        return self._values

    def copy(self) -> dict[str, Any]:
        """The values, to be changed."""
        return self._values.copy()

    def changed_to(self, values: dict[str, Any]) -> Snapshot:
        """One version on. `self` itself when all values are what they were."""
        changed = {name for name, value in values.items() if not (name in self and same(self[name], value))}
        if not changed:
            return self
        version = self.version + 1
        return Snapshot(values, version, {**self.versions, **dict.fromkeys(changed, version)})

    def newer_than(self, version: int) -> dict[str, Any]:
        """The values that changed after that version."""
        return {name: self[name] for name, changed in self.versions.items() if changed > version}

    def as_after(self, version: int) -> Snapshot:
        """The same values, each newer than whatever had that version."""
        return Snapshot(self._values, version + 1, dict.fromkeys(self._values, version + 1))


def same(old: Any, new: Any) -> bool:
    """Whether nobody can tell the two apart. ``True`` is not ``1``; two lists are never the same."""
    if old is new:
        return True
    kind = type(old)
    if kind is not type(new):
        return False
    if kind is float:
        return repr(old) == repr(new)  # of -0.0 too
    return kind in _PLAIN and bool(old == new)
