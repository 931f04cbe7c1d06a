"""Applying: one message of a page, put into its widget. It knows no window.

A change of state is applied at once, on the calling worker thread, one at a time for the process, whatever the running cell
does; what the user observes follows in the lane. Custom messages (clicks, commands of an anywidget) are the lane's.
Widgets that are not ipywidgets' (an object with anywidget's descriptor) tell their observers themselves: the lane too.
"""

from __future__ import annotations

import contextvars
import json
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyterwin.panels.widgets.allowed import within, writable
from jupyterwin.panels.widgets.lane import callbacks
from jupyterwin.panels.widgets.tree import comm_of, owner_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyterwin.panels.widgets.tree import Tree

answering: contextvars.ContextVar[tuple[str, str] | None] = contextvars.ContextVar("jupyterwin_answering", default=None)
"""Page and number of the message that is being applied: what is published meanwhile is its echo."""

_log = logging.getLogger("jupyterwin")
_one_at_a_time = threading.RLock()
_told: set[tuple[str, ...]] = set()
"""What was refused and logged: once for each model and its traits."""


class Told(NamedTuple):
    """A message of a page: for which widget, what (`update` or `custom`), and the page's own name and number for it."""

    page: str
    number: str
    comm_id: str
    method: str
    text: str
    buffers: list[bytes]

    @classmethod
    def of(cls, detail: Any) -> Told:
        """As the page sent it; raises `TypeError` or `ValueError` when it is malformed."""
        words = [detail[name] for name in ("page", "number", "id", "method", "text")]
        buffers = detail["buffers"]
        if not all(isinstance(word, str) for word in words) or not all(isinstance(one, bytes) for one in buffers):
            msg = "a message of a widget has five words and its buffers"
            raise TypeError(msg)
        page, number, comm_id, method, text = words
        return cls(page, number, comm_id, method, text, list(buffers))


def apply(told: Told, tree: Tree, done: Callable[[], None]) -> None:
    """Put it into the widget, if the page may; ``done()`` is called once, when the page may send the next one."""
    comm = comm_of(told.comm_id) if told.comm_id in tree else None
    answer = getattr(comm, "_msg_callback", None)
    data = _permitted(told, tree) if answer is not None else None
    if comm is None or answer is None or data is None:
        done()
        return
    message = {
        "header": {"msg_id": told.number, "msg_type": "comm_msg"},
        "parent_header": {},
        "metadata": {},
        "content": {"comm_id": told.comm_id, "data": data},
        "buffers": [memoryview(one) for one in told.buffers],
    }
    if told.method == "update" and _is_ipywidget(owner_of(comm)):
        try:
            _at_once(answer, message, told)
        finally:
            done()
    else:
        callbacks.submit(_later, answer, message, done)


def _at_once(answer: Callable[[Any], None], message: dict[str, Any], told: Told) -> None:
    token = answering.set((told.page, told.number))
    try:
        with _one_at_a_time, callbacks.applying():
            answer(message)
    finally:
        answering.reset(token)


def _later(answer: Callable[[Any], None], message: dict[str, Any], done: Callable[[], None]) -> None:
    try:
        answer(message)
    finally:
        done()


def _permitted(told: Told, tree: Tree) -> dict[str, Any] | None:
    """What of it goes to the widget; None for nothing."""
    value = json.loads(told.text)
    if told.method == "custom":
        return {"method": "custom", "content": value}
    if told.method != "update" or not isinstance(value, dict) or not isinstance(value.get("state"), dict):
        return None
    module, model = tree.what(told.comm_id)
    state = {name: one for name, one in value["state"].items() if writable(module, model, name) and within(one, tree)}
    paths = [tuple(path) for path in value.get("buffer_paths", ())]
    refused = [
        *(value["state"].keys() - state.keys()),
        *{path[0] for path in paths if not writable(module, model, path[0])},
    ]
    if refused and (model, *refused) not in _told:
        _told.add((model, *refused))
        _log.warning("a page may not write %s of a %s: not done", ", ".join(sorted(map(repr, refused))), model)
    if any(path[0] in refused for path in paths):
        return None
    return (
        {"method": "update", "state": state, "buffer_paths": [list(path) for path in paths]} if state or paths else None
    )


def _is_ipywidget(owner: object) -> bool:
    widget = getattr(sys.modules.get("ipywidgets"), "Widget", None)
    return widget is not None and isinstance(owner, widget)
