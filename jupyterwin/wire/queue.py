"""The queue of a session: what waits to be sent, in order, and which `latest` message gives way to a newer one.

js/src/wire/queue.ts is its twin. It knows no bound and no acknowledgement.

What is sent last stands last, so what arrives, arrives in the order in which it was sent: a newer message does not take
an older one's place in front of others, it goes to the end. Sent again and again it might stay there for ever while
others leave; so one whose first place has been reached by those behind it stays where it is, and the next stands beside it.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Queued(NamedTuple):
    """A frame as text, with its buffers. `channel` is empty for whatever may not give way."""

    text: bytes
    buffers: Sequence[Any]
    size: int
    channel: str = ""
    missed: int = 0


class Queue:
    """First in, first out. Places count all that was ever queued, from 1."""

    def __init__(self) -> None:
        self.bytes = 0
        self.last = 0
        """The place given last."""
        self._waiting: OrderedDict[int, Queued] = OrderedDict()
        self._newest: dict[str, tuple[int, int]] = {}
        """Of each channel's `latest` messages the newest that waits: its place, and the place it or those before it had first."""
        self._others = 0
        """How many wait that may not give way."""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def first(self) -> int:
        """The place of the next to leave; with none waiting, the place that will be given next."""
        return next(iter(self._waiting), self.last + 1)

    @property
    def only_latest(self) -> str:
        """The channel of the next to leave if nothing waits but `latest` messages; else the empty string."""
        return "" if self._others else next(iter(self._waiting.values())).channel

    def gives_way(self, channel: str) -> Queued | None:
        """The message of `channel` that a newer one would replace."""
        place, first_place = self._newest.get(channel, (0, 0))
        if not place or (place != self.last and self.first > first_place):
            return None
        return self._waiting[place]

    def add(self, queued: Queued, older: Queued | None = None) -> None:
        """Queue at the end; `older`, as `gives_way` gave it, leaves."""
        first_place = self.last + 1
        if older is not None:
            place, had_first = self._newest[queued.channel]
            if not place == had_first == self.last:  # else it stands where it stood: at the end, nobody behind it
                first_place = had_first
            del self._waiting[place]
            self.bytes -= older.size
        self.last += 1
        self._waiting[self.last] = queued
        self.bytes += queued.size
        if queued.channel:
            self._newest[queued.channel] = self.last, first_place
        else:
            self._others += 1

    def take(self) -> tuple[int, Queued]:
        """The next to leave, and its place."""
        place, queued = self._waiting.popitem(last=False)
        self.bytes -= queued.size
        if not queued.channel:
            self._others -= 1
        elif self._newest[queued.channel][0] == place:
            del self._newest[queued.channel]
        return place, queued
