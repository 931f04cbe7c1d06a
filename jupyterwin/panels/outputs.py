"""Outputs: what a cell printed, displayed and raised, in a panel, in order. It knows no cell and no IPython."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from jupyterwin.errors import NoHandler
from jupyterwin.panels.content import Content, Place
from jupyterwin.panels.kinds import content_of, mimebundle
from jupyterwin.panels.kinds.text import Text

MOST = 200
"""Outputs kept; older ones make room."""

LONGEST = 200_000
"""Characters kept of what is printed in one piece: the newest."""


@dataclass(slots=True, eq=False)
class Output:
    """One of them: text of a stream, or a content."""

    number: int
    stream: str = ""
    text: str = ""
    content: Content | None = None
    display_id: str = ""
    places: dict[Place, Part] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As the page draws it."""
        if self.content is not None:
            return {"number": self.number, "kind": self.content.kind, "value": self.content.snapshot()}
        return {"number": self.number, "stream": self.stream, "text": self.text}


class Part:
    """The place of one output: a part of its panel."""

    def __init__(self, outer: Place, number: int) -> None:
        self.panel = outer.panel
        self.window = outer.window
        self._outer = outer
        self._number = number

    def changed(self) -> None:
        """There is something new to pull."""
        self._outer.changed()

    def push(self, message: Any, **options: Any) -> None:
        """Send a message to its renderer."""
        self._outer.push({"number": self._number, "message": message}, **options)


class Outputs(Content):
    """The outputs of one run of a cell. Everything may be called from any thread."""

    kind = "outputs"
    asks: ClassVar[frozenset[str]] = frozenset({"part"})

    def __init__(self) -> None:
        super().__init__(self)
        self._outputs: list[Output] = []
        self._number = 0
        self._clears = False
        self._changing = threading.RLock()

    @property
    def title(self) -> str:
        """What it is."""
        return "Output"

    def __len__(self) -> int:
        return len(self._outputs)

    def __repr__(self) -> str:
        return f"<Outputs {len(self)}>"

    # -------------------------------------------------- what comes

    def write(self, stream: str, text: str) -> None:
        """``stdout`` or ``stderr`` was written to."""
        with self._changing:
            last = self._outputs[-1] if self._outputs and not self._clears else None
            if last is not None and last.stream == stream:
                last.text = after_returns(last.text + text)[-LONGEST:]
            else:
                self._add(stream=stream, text=after_returns(text)[-LONGEST:])
        self.changed()

    def display(self, data: Mapping[str, Any], metadata: Mapping[str, Any], display_id: str, *, update: bool) -> bool:
        """A mimebundle was displayed, or, by its id, displayed anew. False: it is none of these."""
        del metadata
        with self._changing:
            shown = [one for one in self._outputs if display_id and one.display_id == display_id]
            if update and not shown:
                return False
            content = mimebundle.of_bundle(data) or Text(", ".join(data))
            for one in shown if update else ():
                self._replace(one, content)
            if not update:
                self._add(content=content, display_id=display_id)
        self.changed()
        return True

    def show(self, obj: Any) -> None:
        """Draw an object itself, as a panel does; an exception, too."""
        with self._changing:
            self._add(content=content_of(obj))
        self.changed()

    def clear(self, *, wait: bool = False) -> None:
        """Forget what is there; `wait`: when the next output comes."""
        with self._changing:
            self._clears = wait
            if not wait:
                self._forget(len(self._outputs))
        self.changed()

    def alone(self) -> Content | None:
        """Its content, if it is one and nothing else came."""
        with self._changing:
            return self._outputs[0].content if len(self._outputs) == 1 else None

    def result(self, obj: Any) -> None:
        """The last one is a bundle of this object: draw the object itself, if it is more than text."""
        content = content_of(obj)
        with self._changing:
            if self._outputs and content.kind != "text" and self._outputs[-1].content is not None:
                self._replace(self._outputs[-1], content)
        self.changed()

    # -------------------------------------------------- the panel

    def snapshot(self) -> list[dict[str, Any]]:
        """One record each; `number` says which are the same as before."""
        with self._changing:
            outputs = list(self._outputs)
        return [one.plain() for one in outputs]

    def part(self, number: int, method: str, args: list[Any]) -> Any:
        """The page asks a content among them. Raises `NoHandler`."""
        found = self._content(number)
        if found is None or method not in found.asks:
            msg = f"a page may not ask {method!r} of this output"
            raise NoHandler(msg)
        return getattr(found, method)(*args)

    def heard(self, event: str, detail: Any) -> Any:
        """``part``: the page tells something to a content among them."""
        if event != "part":
            return detail
        found = self._content(detail["number"])
        return None if found is None else found.heard(str(detail["event"]), detail["detail"])

    def _content(self, number: int) -> Content | None:
        return next((one.content for one in list(self._outputs) if one.number == number), None)

    def opened(self, place: Place) -> None:
        """Its contents are drawn there too."""
        super().opened(place)
        with self._changing:
            for one in self._outputs:
                _open(one, place)

    def closed(self, place: Place) -> None:
        """They are not drawn there any more."""
        super().closed(place)
        with self._changing:
            for one in self._outputs:
                _close(one, place)

    # --------------------------------------------------

    def _add(self, **fields: Any) -> None:
        if self._clears:
            self._clears = False
            self._forget(len(self._outputs))
        self._number += 1
        self._outputs.append(Output(self._number, **fields))
        for place in self.places:
            _open(self._outputs[-1], place)
        self._forget(len(self._outputs) - MOST)

    def _forget(self, count: int) -> None:
        for one in self._outputs[: max(0, count)]:
            for place in list(one.places):
                _close(one, place)
        del self._outputs[: max(0, count)]

    def _replace(self, output: Output, content: Content) -> None:
        for place in list(output.places):
            _close(output, place)
        output.content = content
        for place in self.places:
            _open(output, place)


def _open(output: Output, place: Place) -> None:
    if output.content is not None and place not in output.places:
        part = output.places[place] = Part(place, output.number)
        output.content.opened(part)


def _close(output: Output, place: Place) -> None:
    part = output.places.pop(place, None)
    if output.content is not None and part is not None:
        output.content.closed(part)


def after_returns(text: str) -> str:
    """What is left of text whose lines begin again at each carriage return, as in a terminal."""
    if "\r" not in text:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    *done, last = lines
    kept = last.rstrip("\r").rpartition("\r")[2] + ("\r" if last.endswith("\r") else "")
    return "\n".join([*(line.rstrip("\r").rpartition("\r")[2] for line in done), kept])
