"""Options of the native window: where it is, how it looks. They become the `Native` of its first command."""

from __future__ import annotations

from dataclasses import dataclass

from jupyterwin.main.window.options.option import flag, option, optional, pixels, text
from jupyterwin.wire.control import Bounds, Native


@dataclass(kw_only=True)
class NativeOptions:
    """How a native window is born."""

    title: str | None = option(None, optional(text), "what the title bar shows; the page's <title> wins", trait=True)
    width: int = option(900, pixels(50), "pixels, without the frame")
    height: int = option(600, pixels(50), "pixels, without the frame")
    x: int | None = option(None, optional(pixels(-32768)), "pixels from the left; centred without")
    y: int | None = option(None, optional(pixels(-32768)), "pixels from the top; centred without")
    screen: int | None = option(None, optional(pixels(0)), "number of the screen that x and y are counted on")
    maximized: bool = option(False, flag, "as large as its screen")
    show: bool = option(True, flag, "seen at once; else by show()")
    background: str = option("#ffffff", text, "what is seen before the page has painted: #rrggbb")
    resizable: bool = option(True, flag, "the person may change its size")
    frame: bool = option(True, flag, "a title bar and borders")
    on_top: bool = option(False, flag, "above windows that are not")

    def native(self, name: str) -> Native:
        """The native window of a window of this name, as it is born."""
        return Native(
            title=self.title or name,
            bounds=Bounds(self.x, self.y, self.width, self.height),
            visible=self.show,
            mode="maximized" if self.maximized else None,
            background=self.background,
            screen=self.screen,
            resizable=self.resizable,
            frame=self.frame,
            on_top=self.on_top,
        )
