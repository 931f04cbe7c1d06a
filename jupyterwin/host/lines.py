"""Bounds what one window's console may send: a page that logs in a loop costs itself, not the kernel."""

from __future__ import annotations

PER_SECOND = 500
LENGTH = 20_000


class Lines:
    """A budget of lines for each second; what is over it is counted, and told when the second is over."""

    def __init__(self) -> None:
        self._second = 0
        self._taken = 0
        self._dropped = 0

    def take(self, now: float) -> bool:
        """Whether a line may be sent at this time."""
        if int(now) != self._second:
            self._second, self._taken = int(now), 0
        self._taken += 1
        if self._taken <= PER_SECOND:
            return True
        self._dropped += 1
        return False

    def dropped(self) -> int:
        """How many lines were dropped since this was asked last, once their second is over."""
        if self._taken > PER_SECOND:
            return 0
        count, self._dropped = self._dropped, 0
        return count


def cut(message: str) -> str:
    """A message of bounded length."""
    return message if len(message) <= LENGTH else f"{message[:LENGTH]}… ({len(message)} characters)"
