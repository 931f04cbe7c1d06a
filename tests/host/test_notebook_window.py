"""A window under a cell, at the host's side: what its place says in one batch is taken message by message."""

from __future__ import annotations

from jupyterwin.host.engines.notebook import NotebookEngine
from jupyterwin.wire.control import Native


class Listener:
    """Notes what it is told; a page that is read is more than it can take."""

    def __init__(self) -> None:
        self.posted_texts: list[str] = []
        self.posted = self.posted_texts.append

    def loaded(self, url: str, problem: object) -> None:
        raise RuntimeError(url)

    def requested(self, request: object) -> None:
        request.answer("text/html", b"<p>", {})

    def changed(self, native: Native) -> None:
        """Its state."""


def test_what_cannot_be_taken_costs_no_other_message_of_its_batch(capsys):
    engine, listener = NotebookEngine(), Listener()
    window = engine.open("w", Native(), listener, parent=None, debug=False)
    window.load("", ())
    window.connect(lambda data, buffers: None, lambda: None)
    arrived = window.place.lane.arrived
    arrived({"n": 1, "m": [{"op": "drawn"}]})
    doc = window._doc
    arrived({"n": 2, "m": [{"op": "read", "doc": doc}, {"op": "say", "doc": doc, "text": "a call"}]})
    assert listener.posted_texts == ["a call"]
    assert "RuntimeError" in capsys.readouterr().err
