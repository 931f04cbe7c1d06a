"""Ranges that a body has, and ranges that it has not."""

from __future__ import annotations

import pytest

from jupyterwin.host.ranges import can_be_had, suffix_start


@pytest.mark.parametrize(
    ("header", "size", "can"),
    [
        ("", 0, True),
        ("bytes=0-", 10, True),
        ("bytes=9-9", 10, True),
        ("bytes=9-100", 10, True),
        ("bytes=-3", 10, True),
        ("bytes=-300", 10, True),
        ("bytes=10-", 10, False),
        ("bytes=0-", 0, False),
        ("bytes=-3", 0, False),
        ("bytes=-0", 10, False),
        ("Bytes = 10 - 12", 10, False),
        ("bytes=99999999999999999999999-", 10, False),
        ("bytes=1-2,4-5", 3, True),  # of several the engine takes none, and sends the whole
        ("lines=3-", 1, True),
    ],
)
def test_a_range_beyond_the_end_cannot_be_had(header: str, size: int, can: bool) -> None:  # noqa: FBT001 -- a case
    assert can_be_had(header, size) is can


@pytest.mark.parametrize(("header", "start"), [("bytes=-3", 7), ("bytes=-30", 0), ("bytes=2-3", 0), ("", 0)])
def test_the_last_bytes_begin_before_the_end(header: str, start: int) -> None:
    assert suffix_start(header, 10) == start
