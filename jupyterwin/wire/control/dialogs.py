"""Frames for a dialog of the kernel's that belongs to a window: while it is open, that window takes no input."""

from __future__ import annotations

from jupyterwin.wire.control.base import ControlMessage


class BeginModal(ControlMessage, tag="modal.begin"):
    """The window takes no input from now on.

    Reply value: its number at the display (the X window; 0 where it has none), then where it is: x, y, width, height.
    """

    id: int
    window: str


class EndModal(ControlMessage, tag="modal.end"):
    """The dialog is closed; one for each `BeginModal`."""

    id: int
    window: str


COMMANDS = BeginModal | EndModal
