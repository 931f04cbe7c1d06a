"""The native window as data: what it shall be (`CreateWindow`, `SetWindow`) and what it now is (`Changed`).

A new option or trait of the native window is a field here, and a row in the tables of both ends. It knows no page.
"""

from __future__ import annotations

from typing import Literal

from jupyterwin.wire.control.base import Data

Mode = Literal["normal", "minimized", "maximized", "fullscreen"]


class Bounds(Data):
    """Geometry in device-independent pixels; null leaves a side as it is (or to the window manager)."""

    x: int | None = None
    y: int | None = None
    width: int | None = None
    height: int | None = None


class Native(Data):
    """Some of what a native window is. A field that is null is not spoken of."""

    title: str | None = None
    bounds: Bounds | None = None
    visible: bool | None = None
    focused: bool | None = None
    mode: Mode | None = None
    zoom: float | None = None
    url: str | None = None
    can_go_back: bool | None = None
    can_go_forward: bool | None = None
    background: str | None = None
    screen: int | None = None
    resizable: bool | None = None
    frame: bool | None = None
    on_top: bool | None = None

    def said(self) -> dict[str, object]:
        """The fields that are spoken of."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}
