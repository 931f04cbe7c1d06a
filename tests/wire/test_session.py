"""The session: the shared transcripts, replayed, and two ends that talk at random."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.errors import Overflow, PeerError
from jupyterwin.wire.frames import Frame, Send
from jupyterwin.wire.session import Session

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
ERRORS = {"overflow": Overflow, "peer": PeerError}


@pytest.mark.parametrize("path", sorted(TRANSCRIPTS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_transcript(path: Path) -> None:
    head, *steps = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    replay = _Replay({name: head[name] for name in ("window", "limit") if name in head})
    for number, step in enumerate(steps, 2):
        try:
            getattr(replay, step["do"])(step)
        except AssertionError as problem:
            raise AssertionError(f"{path.name}:{number}: {step}") from problem


class _Replay:
    """Does the steps of one transcript; tests/transcripts/README.md says what they mean."""

    def __init__(self, options: dict[str, int]) -> None:
        self._options = options
        self._session = Session(**options)

    def new(self, _step: dict[str, Any]) -> None:
        self._session = Session(**self._options)

    def push(self, step: dict[str, Any]) -> None:
        frame = msgspec.convert(step["frame"], Frame)
        self._maybe_throws(step, lambda: self._session.push(frame, _zeros(step), latest=step.get("latest", False)))

    def flush(self, step: dict[str, Any]) -> None:
        out = self._session.flush()
        given = None if out is None else {"batch": json.loads(out[0]), "buffers": [len(b) for b in out[1]]}
        expected = step["gives"]
        assert given == (expected and {"buffers": [], **expected})

    def acknowledge(self, step: dict[str, Any]) -> None:
        out = self._session.acknowledge()
        expected = step["gives"]
        batch = expected.get("batch", expected) if expected else None
        assert (None if out is None else json.loads(out)) == batch

    def receive(self, step: dict[str, Any]) -> None:
        text = json.dumps(step["batch"], separators=(",", ":")).encode()
        delivered = self._maybe_throws(step, lambda: self._session.receive(text, _zeros(step)))
        if "gives" in step:
            given = [
                {"frame": msgspec.to_builtins(f), "buffers": [len(b) for b in buffers]} for f, buffers in delivered
            ]
            assert given == [{"buffers": [], **item} for item in step["gives"]]

    def check(self, step: dict[str, Any]) -> None:
        now = {
            "queued": self._session.queued,
            "unacknowledged": self._session.unacknowledged,
            "mustAck": self._session.must_ack,
        }
        assert {name: now[name] for name in now if name in step} == {name: step[name] for name in now if name in step}

    @staticmethod
    def _maybe_throws(step: dict[str, Any], act: Any) -> Any:
        if "throws" not in step:
            return act()
        with pytest.raises(ERRORS[step["throws"]]):
            act()
        return []


def _zeros(step: dict[str, Any]) -> list[bytes]:
    return [bytes(length) for length in step.get("buffers", [])]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["a sends", "b sends", "a to b", "b to a"]), max_size=200))
def test_two_ends_deliver_everything_once_and_in_order(steps: list[str]) -> None:
    a, b = Session(window=2000), Session(window=2000)
    sent: dict[str, list[str]] = {"a": [], "b": []}
    got: dict[str, list[str]] = {"a": [], "b": []}
    for number, step in enumerate([*steps, *["a to b", "b to a"] * 500]):
        if step.endswith("sends"):
            name, end = (step[0], a if step[0] == "a" else b)
            end.push(Send(f"{number}", ["x" * 100]))
            sent[name].append(f"{number}")
            continue
        end, other, name = (a, b, "a") if step == "a to b" else (b, a, "b")
        out = end.flush()
        text = out[0] if out else end.acknowledge()
        if text is not None:
            got[name] += [frame.channel for frame, _ in other.receive(text)]  # type: ignore[union-attr]
        assert end.unacknowledged <= 2000
    assert got == sent


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{", b'{"seq":1}', b'{"seq":1,"ack":0,"frames":[{"op":"no"}]}', b'{"seq":1,"ack":0,"x":1}', b"\xff"],
)
def test_malformed_batches_are_refused(text: bytes) -> None:
    with pytest.raises(PeerError):
        Session().receive(text)


def test_ten_thousand_brackets_are_refused_and_not_followed() -> None:
    with pytest.raises(PeerError):
        Session().receive(b'{"seq":1,"ack":0,"frames":[{"op":"send","channel":"x","args":' + b"[" * 100_000)
