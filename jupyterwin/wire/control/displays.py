"""Frames about the desktop: its displays and its pointer."""

from __future__ import annotations

from jupyterwin.wire.control.base import ControlMessage, Data
from jupyterwin.wire.control.native import Bounds


class Display(Data):
    """One display. `id` is its name on the desktop and stays the same; all sizes in device-independent pixels."""

    id: str
    bounds: Bounds
    work_area: Bounds
    """Without panels and docks."""
    scale_factor: float = 1.0
    primary: bool = False


class FindPointer(ControlMessage, tag="host.pointer"):
    """Where is the mouse? Reply value: ``{"x": …, "y": …}``."""

    id: int


COMMANDS = FindPointer


class Displays(ControlMessage, tag="host.displays"):
    """All displays, as they are now: told at the start and whenever one comes, goes or changes."""

    displays: list[Display]


EVENTS = Displays
