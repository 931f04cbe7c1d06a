"""The native window as data: what it shall be (`CreateWindow`, `SetWindow`) and what it now is (`Changed`).

A new option or trait of the native window is a field here, and a row in the tables of both ends. It knows no page.
"""

from __future__ import annotations

from typing import Literal

from jupyterwin.wire.control.base import Data

Mode = Literal["normal", "minimized", "maximized", "fullscreen"]
MODES: tuple[Mode, ...] = ("normal", "minimized", "maximized", "fullscreen")


class Bounds(Data):
    """Geometry in device-independent pixels; null leaves a side as it is (or to the window manager).

    Of a window: x and y of its frame's corner, width and height of what is inside the frame.
    """

    x: int | None = None
    y: int | None = None
    width: int | None = None
    height: int | None = None


class Insets(Data):
    """What the window manager's frame takes on each side, in device-independent pixels."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


class Place(Data):
    """Where a window was: found again on the display that has this id now, moved to where one can see it."""

    bounds: Bounds
    mode: Mode = "normal"
    display: str = ""
    area: Bounds = Bounds()
    """Of that display, then."""


class Native(Data):
    """Some of what a native window is. A field that is null is not spoken of."""

    # of its birth: they never change
    frame: bool | None = None
    parent: str | None = None
    modal: bool | None = None
    screen: str | int | None = None
    """A display's id or number: what x and y are counted on, and where it is centred."""

    # set by the kernel, and told when the person or the window manager changes them
    title: str | None = None
    background: str | None = None
    icon: bytes | None = None
    always_on_top: bool | None = None
    minimizable: bool | None = None
    maximizable: bool | None = None
    closable: bool | None = None
    focusable: bool | None = None
    skip_taskbar: bool | None = None
    min_width: int | None = None
    min_height: int | None = None
    max_width: int | None = None
    max_height: int | None = None
    resizable: bool | None = None
    opacity: float | None = None
    zoom: float | None = None
    mode: Mode | None = None
    bounds: Bounds | None = None
    place: Place | None = None
    """Set alone: bounds and mode as they were, as far as today's displays allow."""
    outer: Bounds | None = None
    """Set alone: bounds with the frame inside them."""
    visible: bool | None = None

    # told alone
    focused: bool | None = None
    url: str | None = None
    can_go_back: bool | None = None
    can_go_forward: bool | None = None
    normal_bounds: Bounds | None = None
    insets: Insets | None = None
    display: str | None = None
