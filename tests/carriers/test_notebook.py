"""The notebook's lane over a server that drops, doubles and disorders: every message arrives once, in order, not too often."""

from __future__ import annotations

import pytest

from jupyterwin.carriers.notebook import PACE, NotebookLane
from jupyterwin.errors import PeerError


class World:
    """A clock, what is due by it, and what was published."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due: list[tuple[float, object]] = []
        self.published: list[tuple[dict, list]] = []
        self.delivered: list[object] = []
        self.lane = NotebookLane(
            lambda data, buffers: self.published.append((data, list(buffers))),
            lambda seconds, call: self.due.append((self.now + seconds, call)),
            self.delivered.append,
            clock=lambda: self.now,
        )

    def until(self, time: float) -> None:
        while self.due and min(self.due, key=lambda one: one[0])[0] <= time:
            first = min(self.due, key=lambda one: one[0])
            self.due.remove(first)
            self.now = max(self.now, first[0])
            first[1]()
        self.now = time


def test_many_messages_leave_in_sixty_batches_a_second_at_most() -> None:
    world = World()
    for step in range(900):
        world.lane.post({"step": step})
        world.until(world.now + 0.001)
    world.until(world.now + PACE)
    assert len(world.published) <= 1 + world.now / PACE
    assert [message["step"] for data, _ in world.published for message in data["m"]] == list(range(900))


def test_buffers_are_found_by_their_place_in_the_batch() -> None:
    world = World()
    for text in (b"one", b"two"):
        world.lane.post({"op": "given"}, [text])
    world.until(1)
    data, buffers = world.published[0]
    assert [buffers[message["buffer"]] for message in data["m"]] == [b"one", b"two"]


def test_what_the_other_end_misses_is_sent_again_and_what_it_has_is_forgotten() -> None:
    world = World()
    for step in range(3):
        world.lane.post({"step": step})
        world.until(world.now + 0.1)
    world.lane.arrived({"miss": 2})
    again = [data["n"] for data, _ in world.published[3:]]
    assert again == [2, 3]
    world.lane.arrived({"a": 3})
    assert world.lane.kept == 0


def test_the_last_batch_is_sent_again_when_nobody_acknowledges_it_but_not_for_ever() -> None:
    world = World()
    world.lane.post({"step": 0})
    world.until(3)
    assert [data["n"] for data, _ in world.published[:2]] == [1, 1]
    world.until(100_000)
    assert len(world.published) < 12


def test_batches_are_taken_once_and_in_order() -> None:
    world = World()
    for number in (2, 1, 1, 3, 2):
        world.lane.arrived({"n": number, "m": [number]})
    assert world.delivered == [1, 2, 3]


def test_what_is_no_batch_is_refused() -> None:
    with pytest.raises(PeerError):
        World().lane.arrived({"n": "one"})


def test_what_arrives_is_acknowledged_soon_and_again_when_it_comes_again() -> None:
    world = World()
    for number in (1, 2):
        world.lane.arrived({"n": number, "m": [number]})
    world.until(world.now + 1)
    assert [data for data, _ in world.published] == [{"a": 2}]
    world.lane.arrived({"a": 0})
    world.until(world.now + 1)
    assert len(world.published) == 1, "an acknowledgement is not acknowledged"
    world.lane.arrived({"n": 2, "m": [2]})  # ours was lost
    world.until(world.now + 1)
    assert [data for data, _ in world.published[1:]] == [{"a": 2}]
    world.lane.arrived({"n": 3, "m": [3]})
    world.lane.post({"step": 0})
    world.until(world.now + 0.5)
    assert [data["a"] for data, _ in world.published[2:]] == [3], "what is sent anyway says it along"
    assert world.delivered == [1, 2, 3]
