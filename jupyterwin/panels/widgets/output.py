"""Output: what ipywidgets' `Output` shows, gathered from the kernel's own messages. It knows the session, and no front end.

An `Output` captures by naming the message whose children it shows (`msg_id`); it is a front end that does it. Here the
kernel's session is overheard while a panel shows widgets, and what has that parent becomes the widget's `outputs`: in our
pages alone, since a notebook's front end keeps the trait by itself.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jupyterwin.panels.widgets.pack import Packed, copied_json, text_of
from jupyterwin.panels.widgets.plots import shown_inside
from jupyterwin.panels.widgets.tap import Published, tap
from jupyterwin.panels.widgets.tree import Tree, comm_of, owner_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OUTPUT = "OutputModel"

MOST = 1_000
"""Outputs of one widget that are kept: the newest."""

MOST_TEXT = 2**20
"""Characters of one stream that are kept: the newest."""

_SHOWN = frozenset({"stream", "display_data", "execute_result", "error"})


class Outputs:
    """What all `Output` widgets show. `changed(model_id)` of each listener is called on the thread that put something out."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._capturing: dict[str, list[str]] = {}
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._clears: set[str] = set()
        self._listeners: tuple[Callable[[str], None], ...] = ()
        self._stop: list[Callable[[], None]] = []

    def listen(self, changed: Callable[[str], None]) -> Callable[[], None]:
        """Gather from now on, and tell of it. Returns the disposer; after the last one nothing is overheard."""
        with self._lock:
            self._listeners = (*self._listeners, changed)
            if len(self._listeners) == 1:
                self._stop = [tap.listen(self._published), _overhear(self._sent), shown_inside()]

        def dispose() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not changed)
                stop = [] if self._listeners else self._stop
            for one in stop:
                one()

        return dispose

    def of(self, model_id: str) -> Packed | None:
        """What was gathered for a widget; None if nothing was."""
        with self._lock:
            shown = self._shown.get(model_id)
            return None if shown is None else Packed(text_of(shown))

    def forget(self, model_id: str) -> None:
        """That widget is closed."""
        with self._lock:
            self._shown.pop(model_id, None)
            self._clears.discard(model_id)

    def own(self, model_id: str, method: str, state: Mapping[str, Packed]) -> dict[str, Packed]:
        """A state as our pages should take it: a front end's own gathering gives way to ours, the kernel's word does not."""
        if "outputs" not in state:
            return dict(state)
        with self._lock:
            if method == "update":
                self._shown[model_id] = json.loads(state["outputs"].text)
            elif model_id in self._shown:
                return {name: one for name, one in state.items() if name != "outputs"}
        return dict(state)

    def _published(self, published: Published) -> None:
        """An `Output` begins or ends to capture."""
        if published.kind == "comm_msg" and published.data.get("method") == "update":
            message = published.data.get("state", {}).get("msg_id")
            if isinstance(message, str):
                with self._lock:
                    for ids in self._capturing.values():
                        if published.comm_id in ids:
                            ids.remove(published.comm_id)
                    self._capturing = {one: ids for one, ids in self._capturing.items() if ids}
                    if message:
                        self._capturing.setdefault(message, []).append(published.comm_id)

    def _sent(self, kind: str, parent: str, content: Mapping[str, Any]) -> None:
        """A message of the kernel to its front ends."""
        with self._lock:
            if kind == "update_display_data":
                changed = self._updated(content)
            else:
                capturing = self._capturing.get(parent)
                changed = capturing[-1:] if capturing else []
                for model_id in changed:
                    self._add(model_id, kind, content)
        for model_id in changed:
            for listener in self._listeners:
                listener(model_id)

    def _add(self, model_id: str, kind: str, content: Mapping[str, Any]) -> None:
        shown = self._shown.setdefault(model_id, [])
        if kind == "clear_output":
            if content.get("wait"):
                self._clears.add(model_id)
            else:
                shown.clear()
            return
        if model_id in self._clears:
            self._clears.discard(model_id)
            shown.clear()
        last = shown[-1] if shown else {}
        if kind == "stream" and last.get("output_type") == "stream" and last.get("name") == content["name"]:
            last["text"] = (last["text"] + content["text"])[-MOST_TEXT:]
        else:
            shown.append({"output_type": kind, **copied_json(content)})
            del shown[:-MOST]

    def _updated(self, content: Mapping[str, Any]) -> list[str]:
        """A display that has a name is another now, wherever it is shown."""
        name = content.get("transient", {}).get("display_id")
        changed = []
        for model_id, shown in self._shown.items():
            for one in shown:
                if name and one.get("transient", {}).get("display_id") == name:
                    one.update(copied_json(content))
                    changed.append(model_id)
        return changed


def _overhear(heard: Callable[[str, str, Mapping[str, Any]], None]) -> Callable[[], None]:
    """Hear what the kernel's session sends to front ends. Returns what ends that."""
    kernels = sys.modules.get("ipykernel.kernelbase")
    if kernels is None or not kernels.Kernel.initialized():
        return lambda: None  # what is printed goes to the terminal, as without any widget
    session = kernels.Kernel.instance().session
    original = session.send

    def send(*args: Any, **options: Any) -> Any:
        message = original(*args, **options)
        if isinstance(message, dict):
            kind = message.get("msg_type", "")
            if kind in _SHOWN or kind in {"clear_output", "update_display_data"}:
                heard(kind, message.get("parent_header", {}).get("msg_id", ""), message["content"])
        return message

    session.send = send

    def stop() -> None:
        if vars(session).get("send") is send:
            del session.send

    return stop


outputs = Outputs()
"""The one gathering of this process."""


def unfilled(tree: Tree) -> Iterator[Callable[[], None]]:
    """What fills the outputs of `interact`s that were made before anybody gathered: their functions, called once more."""
    interactive: Any = getattr(sys.modules.get("ipywidgets"), "interactive", None)
    for comm_id in tree.ids() if interactive is not None else ():
        owner = owner_of(comm_of(comm_id))
        if isinstance(owner, interactive) and not (owner.manual or owner.out.outputs or outputs.of(owner.out.model_id)):
            yield owner.update
