"""Frames about what pages may do: told by the kernel, enforced by the host, and what was refused."""

from __future__ import annotations

from jupyterwin.wire.control.base import ControlMessage

Allow = dict[str, list[str]]
"""As `jupyterwin.security.policy.Policy.plain`: for each switch that is on, its origins."""


class SetPolicy(ControlMessage, tag="policy.set"):
    """From now on the page may do this, and nothing else."""

    id: int
    window: str
    allow: Allow


COMMANDS = SetPolicy


class Refused(ControlMessage, tag="policy.refused"):
    """The page was refused something. `switch` is a row of `jupyterwin.security.policy.SWITCHES`.

    `url`: who asked, or for what, whichever the switch lists. `detail`: what else is known.
    """

    window: str
    switch: str
    url: str
    detail: str = ""


EVENTS = Refused
