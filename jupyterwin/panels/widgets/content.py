"""WidgetContent: a widget of ipywidgets or anywidget, live in pages. It knows the panels' contract, and no window.

Begun with its first place: the tap, the diversion of callbacks, the overhearing of what `Output` shows. Ended with its last.
"""

from __future__ import annotations

import contextvars
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from jupyterwin.errors import UsageError
from jupyterwin.panels.content import Content, Place
from jupyterwin.panels.framing import built, document
from jupyterwin.panels.widgets.applying import Told, answering, apply
from jupyterwin.panels.widgets.lane import callbacks, shown_in
from jupyterwin.panels.widgets.modules import source_of
from jupyterwin.panels.widgets.outbox import Outbox
from jupyterwin.panels.widgets.output import OUTPUT, outputs, unfilled
from jupyterwin.panels.widgets.pack import Packed, copied, pack_state, references, referred, text_of
from jupyterwin.panels.widgets.tap import Published, tap
from jupyterwin.panels.widgets.tree import LINKS, TARGET, Model, Tree, model_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


SCRIPT = "frame-widget"
MATH = "jupyterwin-math"
"""The module with which our own script sets formulas."""


class WidgetContent(Content):
    """One widget and what is below it. What its callbacks print appears under the cell that showed it."""

    kind: ClassVar[str] = "widget"
    asks: ClassVar[frozenset[str]] = frozenset({"module", "snapshot", "script", "frame"})

    def __init__(self, obj: Any, model_id: str) -> None:
        super().__init__(obj)
        self.tree = Tree(model_id)
        self._context = contextvars.copy_context()
        self._boxes_lock = threading.Lock()
        self._boxes: dict[Place, Outbox] = {}
        self._filled = False
        self._ends: list[Callable[[], None]] = []

    # -------------------------------------------------- Content

    def snapshot(self) -> dict[str, Any]:
        """The models of the tree, children first, and which of them is shown."""
        models = [one.plain() for model in self.tree.whole() for one in self._gathered(model)]
        for box in self._all_boxes():
            box.greet()
        if not self._filled:
            self._filled = True
            for update in unfilled(self.tree):
                callbacks.submit(update)
        return {"root": self.tree.root, "models": models}

    def script(self, name: str) -> bytes:
        """Our own script that runs in the frame."""
        if name != SCRIPT:
            msg = f"script: widgets have none called {name!r}"
            raise UsageError(msg)
        return built(f"{SCRIPT}.js").encode()

    def frame(self, nonce: str = "") -> str:
        """The frame's document, for a page that has no address of its own to load it from; `nonce` is the page's."""
        return document(self.kind, nonce)

    def module(self, name: str) -> str:
        """The JavaScript of a widget library, from the user's own installation: of the shown widgets' libraries only."""
        if name == MATH:
            return built(f"{SCRIPT}-math.js")
        if not any(name == self.tree.what(comm_id)[0] for comm_id in self.tree.ids()):
            msg = f"no widget here is of the module {name!r}"
            raise UsageError(msg)
        return source_of(name)

    def heard(self, event: str, detail: Any) -> Any:
        """``comm``: a message for a widget. ``taken``: a batch is drawn."""
        if event == "comm":
            told = Told.of(detail)
            context = self._context.copy()
            context.run(shown_in.set, next((place.window for place in self.places), None))
            context.run(apply, told, self.tree, lambda: self._idle(told))
        elif event == "taken":
            for box in self._all_boxes():
                if box.number == detail["box"]:
                    box.taken(str(detail["page"]))

    def opened(self, place: Place) -> None:
        with self._boxes_lock:
            self._boxes.setdefault(place, Outbox(place.push))
        super().opened(place)

    def closed(self, place: Place) -> None:
        super().closed(place)
        with self._boxes_lock:
            self._boxes.pop(place, None)

    def begin(self) -> None:
        callbacks.divert()
        self._ends = [tap.listen(self._published), outputs.listen(self._put_out), callbacks.restore]

    def end(self) -> None:
        ends, self._ends = self._ends, []
        for one in ends:
            one()

    # -------------------------------------------------- what comms publish

    def _published(self, published: Published) -> None:
        if published.comm_id in self.tree:
            if published.kind == "comm_close":
                self.tree.lost(published.comm_id)
                outputs.forget(published.comm_id)
                for box in self._all_boxes():
                    box.closed(published.comm_id)
            elif published.kind == "comm_msg":
                self._told(published)
        elif published.kind == "comm_open" and published.comm.target_name == TARGET:
            self._opened(published)

    def _told(self, published: Published) -> None:
        data = published.data
        method = data.get("method")
        if method == "custom":
            text, buffers = text_of(data.get("content")), [copied(one) for one in published.buffers]
            for box in self._all_boxes():
                box.custom(published.comm_id, text, buffers)
        elif method in {"update", "echo_update"}:
            state = pack_state(data["state"], data.get("buffer_paths", ()), published.buffers)
            if self.tree.what(published.comm_id)[1] == OUTPUT:
                state = outputs.own(published.comm_id, method, state)
            self._state(published.comm_id, state, answering.get() if method == "echo_update" else None)

    def _put_out(self, model_id: str) -> None:
        """An `Output` shows something else now."""
        gathered = outputs.of(model_id)
        if model_id in self.tree and gathered is not None:
            self._state(model_id, {"outputs": gathered}, None)

    def _gathered(self, model: Model) -> Iterator[Model]:
        """A model as our pages should take it, after what it came to refer to."""
        gathered = outputs.of(model.comm_id) if model.name == OUTPUT else None
        if gathered is None:
            yield model
        else:
            yield from self.tree.grown(sorted(references(gathered.text)))
            yield model._replace(state={**model.state, "outputs": gathered})

    def _state(self, comm_id: str, state: dict[str, Packed], echo: tuple[str, str] | None) -> None:
        boxes = self._all_boxes()
        for model in self.tree.grown(sorted(referred(state))):
            for box in boxes:
                box.opened(model.plain())
        for box in boxes:
            box.state(comm_id, state, echo)

    def _opened(self, published: Published) -> None:
        """Of what opens, only a link is of interest by itself; everything else comes when something refers to it."""
        data = published.data
        if data.get("state", {}).get("_model_name") in LINKS:
            link = model_with(published.comm_id, pack_state(data["state"], (), ()))
            if self.tree.joins(link):
                for box in self._all_boxes():
                    box.opened(link.plain())

    def _idle(self, told: Told) -> None:
        for box in self._all_boxes():
            box.idle(told.page, told.number)

    def _all_boxes(self) -> list[Outbox]:
        with self._boxes_lock:
            return list(self._boxes.values())
