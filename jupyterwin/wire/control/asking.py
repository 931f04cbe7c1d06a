"""Frames about what the kernel may prevent: a close, a new title, a navigation. The host asks, and goes on when it is told to."""

from __future__ import annotations

from typing import Any

from jupyterwin.wire.control.base import ControlMessage


class Ask(ControlMessage, tag="window.ask"):
    """Ask before these events happen to the window, from now on. What is not named here happens without a question."""

    id: int
    window: str
    events: list[str]


class Decide(ControlMessage, tag="window.decide"):
    """The kernel's answer to `Asked` number `number` of the window."""

    id: int
    window: str
    number: int
    prevented: bool = False


COMMANDS = Ask | Decide


class Asked(ControlMessage, tag="window.asked"):
    """May this happen? `details` are what listeners read of it: plain JSON. Answered by `Decide`."""

    window: str
    number: int
    event: str
    details: dict[str, Any] = {}


EVENTS = Asked
