"""Tree: which widgets a panel shows, and their state. It knows no window; of widget libraries only what they publish.

A tree begins with one widget and grows by what its widgets refer to. Links (`jslink`) belong to it when both ends do.
"""

from __future__ import annotations

import contextlib
import json
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyterwin.panels.widgets.pack import Packed, joined, pack_state, references, referred
from jupyterwin.panels.widgets.tap import tap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comm.base_comm import BaseComm

TARGET = "jupyter.widget"
_PROTOCOL = "2.1.0"
LINKS = frozenset({"LinkModel", "DirectionalLinkModel"})
"""Models of links between two widgets in the page."""


class Model(NamedTuple):
    """One widget: its id, what it is, and its whole state."""

    comm_id: str
    module: str
    name: str
    state: dict[str, Packed]

    def plain(self) -> dict[str, Any]:
        """As the page reads it."""
        return {"id": self.comm_id, "version": _PROTOCOL, **joined(self.state)}


class Tree:
    """The widgets below `root`, which is always one of them. From any thread."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._lock = threading.RLock()
        self._models: dict[str, tuple[str, str]] = {}

    def __contains__(self, comm_id: object) -> bool:
        return comm_id in self._models

    def ids(self) -> list[str]:
        """All widgets of the tree."""
        return list(self._models)

    def what(self, comm_id: str) -> tuple[str, str]:
        """Module and name of the model of a widget of the tree."""
        return self._models.get(comm_id, ("", ""))

    def whole(self) -> list[Model]:
        """All of it, as it is now; what is not referred to any more is forgotten."""
        with self._lock:
            models: dict[str, tuple[str, str]] = {}
            found = self._grown([self.root], models)
            self._models = models  # at once: a page that speaks meanwhile is still heard
            return found

    def grown(self, ids: Iterable[str]) -> list[Model]:
        """What comes into the tree by these: they, what they refer to, and links between what is there. Children first."""
        with self._lock:
            return self._grown(ids, self._models)

    def joins(self, link: Model) -> bool:
        """Take a link in, if both its ends are in the tree; whether it was taken in now."""
        with self._lock:
            return _joins(link, self._models)

    def lost(self, comm_id: str) -> None:
        """That widget is closed."""
        with self._lock:
            self._models.pop(comm_id, None)

    def _grown(self, ids: Iterable[str], models: dict[str, tuple[str, str]]) -> list[Model]:
        found = [model for comm_id in ids for model in _taken(comm_id, models)]
        if found:
            found += [link for comm in list(_link_comms()) if _joins(link := model_of(comm), models)]
        return found


def _taken(comm_id: str, models: dict[str, tuple[str, str]]) -> Iterator[Model]:
    comm = comm_of(comm_id)
    if comm_id in models or comm is None or comm.target_name != TARGET:
        return
    model = model_of(comm)
    models[comm_id] = (model.module, model.name)
    for reference in sorted(referred(model.state)):
        yield from _taken(reference, models)
    yield model


def _joins(link: Model, models: dict[str, tuple[str, str]]) -> bool:
    ends = set().union(*(references(link.state[end].text) for end in ("source", "target") if end in link.state))
    if link.name not in LINKS or link.comm_id in models or not ends or not ends <= models.keys():
        return False
    models[link.comm_id] = (link.module, link.name)
    return True


def comm_of(comm_id: str) -> BaseComm | None:
    """The open comm with this id."""
    import comm

    return comm.get_comm_manager().comms.get(comm_id)


def owner_of(comm: BaseComm | None) -> Any:
    """The widget of a comm."""
    return getattr(getattr(comm, "_msg_callback", None), "__self__", None)


def model_of(comm: BaseComm) -> Model:
    """A widget by its comm: asked for its state as a front end asks, and overheard."""
    state: dict[str, Packed] = {}
    answer = getattr(comm, "_msg_callback", None)
    if answer is not None:
        with (
            tap.kept(comm) as kept,
            contextlib.suppress(Exception),
        ):  # a widget that cannot tell its state shows nothing
            answer({"content": {"comm_id": comm.comm_id, "data": {"method": "request_state"}}, "buffers": []})
        for one in kept:
            if one.data.get("method") == "update":
                state.update(pack_state(one.data["state"], one.data.get("buffer_paths", ()), one.buffers))
    return model_with(comm.comm_id, state)


def model_with(comm_id: str, state: dict[str, Packed]) -> Model:
    """A widget by its whole state."""
    return Model(comm_id, _word(state, "_model_module"), _word(state, "_model_name"), state)


def _link_comms() -> Iterator[BaseComm]:
    import comm

    for one in list(comm.get_comm_manager().comms.values()):
        if one.target_name == TARGET and getattr(owner_of(one), "_model_name", None) in LINKS:
            yield one


def _word(state: dict[str, Packed], name: str) -> str:
    value = json.loads(state[name].text) if name in state else ""
    return value if isinstance(value, str) else ""
