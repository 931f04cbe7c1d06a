"""Batches: writes that are collected and become one version at the end of a ``with`` block. It knows no store's insides."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Batches = Mapping[int, "Batch"]

_open: contextvars.ContextVar[Batches] = contextvars.ContextVar("jupyterwin_batches", default={})  # noqa: B039 -- never changed


class Batch:
    """What one block has written so far. Inside it, `values` are what the block reads."""

    def __init__(self, store: object, values: dict[str, Any], commit: Callable[[dict[str, Any]], object]) -> None:
        self._store = store
        self._commit = commit
        self.values = values
        self.written: dict[str, Any] = {}
        self.over = False

    def __enter__(self) -> Self:
        self._token = _open.set({**_open.get(), id(self._store): self})
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.over = True  # tasks that the block has started share its context
        _open.reset(self._token)
        if kind is None and self.written:
            self._commit(self.written)

    def write(self, name: str, value: Any) -> None:
        """Write one value, to be committed at the end."""
        self.written[name] = self.values[name] = value


def batch_of(store: object) -> Batch | None:
    """The batch that the calling code is in, if it is in one of that store."""
    batch = _open.get().get(id(store))
    return None if batch is None or batch.over else batch
