"""Parcels: cut and joined again, bounded, and never trusted."""

from __future__ import annotations

import pytest

from jupyterwin.errors import PeerError
from jupyterwin.host.parcels import MAX_PAYLOAD, Joiner, cut, parse

NONCE = "0123456789abcdef"


@pytest.mark.parametrize("length", [0, 1, MAX_PAYLOAD - 1, MAX_PAYLOAD, MAX_PAYLOAD + 1, 3 * MAX_PAYLOAD])
def test_what_is_cut_is_joined_again(length: int) -> None:
    payload = "".join(chr(97 + n % 26) for n in range(length))
    joiner = Joiner()
    wholes = [whole for text in cut(NONCE, "f", payload) if (whole := joiner.add(parse(text)))]
    assert [(whole.nonce, whole.kind, whole.payload) for whole in wholes] == [(NONCE, "f", payload)]


def test_no_piece_is_over_the_limit() -> None:
    assert all(len(parse(text).payload) <= MAX_PAYLOAD for text in cut(NONCE, "f", "x" * (2 * MAX_PAYLOAD + 5)))


@pytest.mark.parametrize(
    "text", ["", "short", NONCE, NONCE + "x", NONCE + "F{}", NONCE + "p" + "x" * (MAX_PAYLOAD + 1)]
)
def test_what_is_no_parcel_is_refused(text: str) -> None:
    with pytest.raises(PeerError):
        parse(text)


def test_pieces_are_bounded_together_and_then_forgotten() -> None:
    joiner = Joiner(limit=10)
    assert joiner.add(parse(NONCE + "p" + "x" * 8)) is None
    with pytest.raises(PeerError):
        joiner.add(parse(NONCE + "p" + "x" * 8))
    whole = joiner.add(parse(NONCE + "fok"))
    assert whole is not None
    assert whole.payload == "ok"
