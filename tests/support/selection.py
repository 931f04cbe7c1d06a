"""The clipboard as another program has it: X's selection CLIPBOARD, pasted from and owned without any toolkit."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from Xlib import X, Xatom, display
from Xlib.protocol import event

PATIENCE = 20.0


class Selection:
    """A program with a connection of its own to the screen; a context manager."""

    def __init__(self) -> None:
        self._display = display.Display()
        self._window = self._display.screen().root.create_window(0, 0, 1, 1, 0, 0)
        self._clipboard = self._atom("CLIPBOARD")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._display.close()

    @property
    def owner(self) -> int | None:
        """The X window that owns the clipboard."""
        found = self._display.get_selection_owner(self._clipboard)
        return found.id if found else None

    def wait_until_unowned(self) -> None:
        """Return once nobody owns it."""
        end = time.monotonic() + PATIENCE
        while self.owner is not None:
            assert time.monotonic() < end, "the clipboard still has an owner"
            time.sleep(0.02)

    def paste(self, target: str) -> bytes:
        """What its owner gives for this target."""
        place = self._atom("PASTED")
        self._window.convert_selection(self._clipboard, self._atom(target), place, X.CurrentTime)
        answer = self._next(X.SelectionNotify)
        assert answer.property, f"the clipboard has no {target}"
        got = self._window.get_full_property(place, X.AnyPropertyType)
        return got.value.encode() if isinstance(got.value, str) else bytes(got.value)

    @contextmanager
    def owning(self, forms: Mapping[str, bytes]) -> Iterator[None]:
        """Own it inside: give these bytes for these targets to whoever asks."""
        self._window.set_selection_owner(self._clipboard, X.CurrentTime)
        self._display.sync()
        over = threading.Event()
        thread = threading.Thread(target=self._serve, args=(forms, over))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join(PATIENCE)

    def _serve(self, forms: Mapping[str, bytes], over: threading.Event) -> None:
        while not over.wait(0.005):
            while self._display.pending_events():
                asked = self._display.next_event()
                if asked.type == X.SelectionRequest:
                    self._give(asked, forms)

    def _give(self, asked: Any, forms: Mapping[str, bytes]) -> None:
        target = self._display.get_atom_name(asked.target)
        place = asked.property
        if target == "TARGETS":
            atoms = [self._atom(name) for name in ("TARGETS", *forms)]
            asked.requestor.change_property(place, Xatom.ATOM, 32, atoms)
        elif target in forms:
            asked.requestor.change_property(place, asked.target, 8, forms[target])
        else:
            place = X.NONE
        asked.requestor.send_event(
            event.SelectionNotify(
                time=asked.time,
                requestor=asked.requestor,
                selection=asked.selection,
                target=asked.target,
                property=place,
            )
        )
        self._display.flush()

    def _next(self, kind: int) -> Any:
        end = time.monotonic() + PATIENCE
        while True:
            while self._display.pending_events():
                got = self._display.next_event()
                if got.type == kind:
                    return got
            assert time.monotonic() < end, "the owner of the clipboard does not answer"
            time.sleep(0.005)

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))
