"""Showing: the scene of a window that shows an object (``content=``) instead of a page of the user's. It knows no host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyterwin.main.scenes import NOTHING, Scene, scenes
from jupyterwin.main.window.reach import Reach

if TYPE_CHECKING:
    from jupyterwin.main.window.options import WindowOptions
    from jupyterwin.wire.frames import Boot


class Showing(Reach):
    """The scene of one window, if it has one."""

    name: str
    scene: Scene | None = None
    """What fills the page; None for a window with a page of the user's."""

    def take_content(self, options: WindowOptions) -> bool:
        """Show the content of these options. Whether the page that is there does that in place. Raises `UsageError`."""
        if options.content is NOTHING:
            self.leave_scene()
            return False
        if self.scene is not None and self.scene.take(options.content):
            return options.preload == self._options.preload and options.expose.keys() == self._options.expose.keys()
        scene = scenes.of(options.content)
        self.leave_scene()
        self.scene = scene
        scene.attach(self)  # type: ignore[arg-type]  # a Window is all there is
        return False

    @property
    def _ours(self) -> tuple[str, ...]:
        """Channels of ours that the page may invoke."""
        return self.scene.channels if self.scene else ()

    def boot(self) -> Boot:
        """What a document that is loaded now is born with."""
        return self._options.boot(self.name, self._ours, debug=self.debug)

    def leave_scene(self) -> None:
        """Show none any more, and hold none of what was shown."""
        scene, self.scene = self.scene, None
        if scene is not None:
            self._options.forget_content()
            scene.detach(self)  # type: ignore[arg-type]  # as above
