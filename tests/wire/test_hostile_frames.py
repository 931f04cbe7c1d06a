"""Whatever a page's frames say, the kernel's session and decoder refuse it cleanly, or it is a value."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.errors import JupyterWinError, PeerError
from jupyterwin.wire.frames import Failure, PortMessage
from jupyterwin.wire.records import to_exception
from jupyterwin.wire.session import Delivered, Session
from jupyterwin.wire.values import decode
from support.hostile import CODES, NUMBERS, PATTERNS, TAGS, TEXTS, TYPES, Hostile

FRAMES = 5000
"""Of each of twenty seeds."""
HELD = 50 * 1024 * 1024


def read(delivered: Delivered) -> None:
    """All that the kernel reads of a frame."""
    frame, buffers = delivered
    if isinstance(frame, Failure):
        assert isinstance(to_exception(frame.error), JupyterWinError)
    value = getattr(frame, "args", getattr(frame, "value", None))
    if isinstance(
        frame, PortMessage
    ):  # passed on as it is; a page that reads it, or a listener's report, says what it is not
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise PeerError("no JSON") from problem
    decode(value, buffers)


@pytest.mark.parametrize("seed", range(20))
def test_frames_of_a_page_that_means_harm_are_read_or_cleanly_refused(seed: int) -> None:
    hostile, session, before = Hostile(seed), Session(), memory()
    frames = seq = read_well = refused = cut_off = 0
    while frames < FRAMES:
        text, buffers = hostile.batch(seq + 1)
        session.acknowledge()
        try:
            delivered = session.receive(text, buffers)
        except PeerError:
            hostile.renew()
            session, seq, cut_off, frames = Session(), 0, cut_off + 1, frames + 1
            continue
        seq += len(delivered)
        frames += len(delivered)
        for one in delivered:
            try:
                read(one)
                read_well += 1
            except JupyterWinError as error:
                assert len(str(error)) < 5000, "what a page wrote is not repeated in full"  # noqa: PT017 -- either outcome is right
                refused += 1
    assert min(read_well, refused, cut_off) > FRAMES // 100, "the frames are hostile, and get far"
    assert memory() - before < HELD


def memory() -> int:
    """Bytes that this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def tagged(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values with a tag, whatever its fields are."""
    always = {"$": st.sampled_from(TAGS), "v": inner | st.sampled_from(PATTERNS), "n": st.integers(0, 2)}
    seldom = {"i": st.integers(-1, 2) | inner, "t": st.sampled_from(TYPES) | inner, "s": st.lists(st.integers(-1, 3))}
    return st.fixed_dictionaries(always, optional=seldom | {"f": st.text("gimsuvy") | inner})


RECORD = st.fixed_dictionaries({"code": st.sampled_from(CODES), "message": st.text()}, optional={"data": st.none()})
LEAVES = st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.sampled_from(TEXTS) | RECORD
VALUES = st.recursive(
    LEAVES,
    lambda inner: tagged(inner) | st.lists(inner, max_size=4) | st.lists(st.tuples(inner, inner).map(list), max_size=3),
    max_leaves=12,
)


@settings(max_examples=1000, deadline=None)
@given(VALUES)
def test_a_value_with_any_tags_is_read_or_cleanly_refused(data: Any) -> None:
    try:
        decode(data, [bytes(8), b"12345678"])
    except JupyterWinError as error:
        assert str(error)  # noqa: PT017 -- either outcome is right


@settings(max_examples=300, deadline=None)
@given(
    st.binary() | st.recursive(LEAVES, lambda i: st.lists(i) | st.dictionaries(st.text(), i)).map(msgspec.json.encode)
)
def test_bytes_that_are_no_batch_are_refused(text: bytes) -> None:
    with pytest.raises(PeerError):
        Session().receive(text)


@pytest.mark.timeout(60)
def test_a_long_key_is_not_copied_for_each_value_under_it() -> None:
    assert len(decode({"k" * 4_000_000: [[]] * 400_000})["k" * 4_000_000]) == 400_000


def test_a_long_key_is_not_repeated_in_the_refusal() -> None:
    with pytest.raises(PeerError, match="malformed 'num'") as caught:
        decode({"k" * 1_000_000: {"$": "map", "v": [["m" * 1_000_000, {"$": "num"}]]}})
    assert len(str(caught.value)) < 1000


def test_a_long_pattern_is_not_compiled() -> None:
    with pytest.raises(PeerError, match="more than 65536 characters"):
        decode({"$": "re", "v": "a" * 1_000_000})


def test_no_pattern_prints_a_warning() -> None:
    read_all = "from jupyterwin.wire.values import decode\nfor v in ['[[a]', '[a&&b]']: decode({'$': 're', 'v': v})"
    said = subprocess.run([sys.executable, "-c", read_all], capture_output=True, text=True, check=True)
    assert said.stderr == ""


@pytest.mark.parametrize(
    "data",
    [
        {"$": "def", "n": 1, "v": "text"},
        {"$": "map", "v": {"ab": 1}},
        {"$": "obj", "v": ["ab"]},
        {"$": "set", "v": "ab"},
        {"$": "date", "v": True},
        {"$": "buf", "i": 0, "t": "Int8Array", "s": [-1, 2]},
        {"$": "buf", "i": 0, "t": "Int8Array", "s": None},
        {"$": "buf", "i": False, "t": "Int8Array"},
    ],
    ids=str,
)
def test_what_only_looks_like_a_value_is_refused(data: Any) -> None:
    with pytest.raises(PeerError, match="malformed"):
        decode(data, [bytes(8)])
