"""A page of widgets without a window: takes the batches of a content, and sends what a view would send."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from jupyterwin.panels.content import Content
from jupyterwin.panels.kinds.widgets import content_of
from jupyterwin.panels.widgets.lane import callbacks


class Front:
    """A `Place` and the page there. `slow`: it takes no batch by itself."""

    def __init__(self, content: Content, name: str = "page") -> None:
        self.content = content
        self.panel = self.window = None
        self.name = name
        self.slow = False
        self.entries: list[dict[str, Any]] = []
        self.models: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._waiting: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        self.content.opened(self)  # type: ignore[arg-type]
        self.load()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.content.closed(self)  # type: ignore[arg-type]

    def load(self) -> None:
        """Ask for everything, as a page that was just loaded."""
        self.models = {}
        for model in self.content.snapshot()["models"]:
            self._open(model)

    def push(self, batch: dict[str, Any]) -> None:
        self._waiting.append(batch)
        if not self.slow:
            self.take()

    def take(self) -> None:
        """Draw what came."""
        while self._waiting:
            batch = self._waiting.pop(0)
            for entry in batch["entries"]:
                self.entries.append(entry)
                if entry["kind"] == "open":
                    self._open(entry)
                elif entry["kind"] == "state":
                    self.models[entry["id"]].update(json.loads(entry["state"]))
                elif entry["kind"] == "close":
                    del self.models[entry["id"]]
            self.heard("taken", {"box": batch["box"], "page": self.name})

    def tell(self, model_id: str, method: str, value: Any, buffers: tuple[bytes, ...] = ()) -> str:
        """A view says something; the number of the message."""
        number = f"{self.name}:{next(self._numbers)}"
        text = json.dumps(value)
        detail = {"page": self.name, "number": number, "id": model_id, "method": method, "text": text}
        self.heard("comm", {**detail, "buffers": list(buffers)})
        return number

    def heard(self, event: str, detail: Any) -> None:
        """The page tells something."""
        self.content.heard(event, detail)

    def write(self, widget: Any, **state: Any) -> str:
        """A view sets traits."""
        return self.tell(widget.model_id, "update", {"state": state, "buffer_paths": []})

    def click(self, button: Any) -> str:
        """The person clicks."""
        return self.tell(button.model_id, "custom", {"event": "click"})

    def kinds(self) -> list[str]:
        return [entry["kind"] for entry in self.entries]

    def done_with(self, number: str) -> bool:
        """Whether the kernel said that it is done with this message."""
        return {"kind": "idle", "message": number} in self.entries

    def _open(self, model: dict[str, Any]) -> None:
        self.models[model["id"]] = json.loads(model["state"])


@contextmanager
def shown(widget: Any, name: str = "page") -> Iterator[Front]:
    """A widget on a page; what its callbacks still have to do is done at the end."""
    content = content_of(widget)
    assert content is not None
    with Front(content, name) as front:
        yield front
        assert callbacks.finish(20)
