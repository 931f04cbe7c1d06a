"""Single: the scene of a window that shows one object, edge to edge: ``jw.show(obj)``, ``jw.open(name, content=obj)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyterwin.panels.panel import Panel
from jupyterwin.panels.scene import PageScene

if TYPE_CHECKING:
    from jupyterwin.main.window import Window


class Single(PageScene):
    """One panel without a frame."""

    def __init__(self, obj: Any) -> None:
        super().__init__()
        self.panel = Panel("content", title="")
        self.panel.obj = obj

    @property
    def content(self) -> Any:
        """The object."""
        return self.panel.obj

    def take(self, content: Any) -> bool:
        """Show another object in the same panel."""
        if isinstance(content, PageScene):
            return content is self
        self.panel.obj = content
        return True

    def attach(self, window: Window) -> None:
        """This window shows it."""
        super().attach(window)
        self.seat([self.panel])

    def state(self) -> dict[str, Any]:
        """One panel, and the window's title."""
        return {**super().state(), "title": self._title(), "grid": None, "popped": False}

    def _title(self) -> str:
        window, content = self.window, self.panel.now.content
        if window is not None and (window.options.title or window.named):
            return window.options.title or window.name
        return content.title if content else ""


def scene_of(content: Any) -> PageScene:
    """The scene of anything that a window can be given as its content."""
    return content if isinstance(content, PageScene) else Single(content)
