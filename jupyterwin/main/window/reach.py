"""Reach: what the page of a window may reach in the kernel: functions, channels, files. It knows no host."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterwin.main.content import File
from jupyterwin.main.window.traits import Traits
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jupyterwin.main.app import App
    from jupyterwin.main.handlers.signature import Exposure
    from jupyterwin.main.window.options import WindowOptions


class Reach(Traits):
    """What was given to the page when its window was opened last."""

    _app: App
    _options: WindowOptions

    @property
    def exposures(self) -> dict[str, Exposure]:
        """The functions exposed to the page."""
        return self._options.expose

    @property
    def services(self) -> Mapping[str, Callable[..., Any]]:
        """What of ours answers its documents, by channel: called with the document, the event, and the arguments."""
        return self._options.store.services

    @property
    def context(self) -> contextvars.Context:
        """The context in which the exposures were given."""
        return self._options.context

    @property
    def debug(self) -> bool:
        """Whether it was opened with ``debug=True``."""
        return self._options.debug

    @property
    def options(self) -> WindowOptions:
        """What it was opened with, last."""
        return self._options

    def as_native(self) -> control.Native:
        """With what it was born with, and keeps."""
        born = self._options.native(self.title)
        fixed = {"frame": born.frame, "parent": born.parent, "modal": born.modal}
        return msgspec.structs.replace(super().as_native(), **fixed)

    def later(self, seconds: float, fn: Callable[[], object]) -> None:
        """Call `fn` after so many seconds, on the thread of the handlers' loop."""
        self._app.later(seconds, fn)

    def granted(self, channel: str) -> bool:
        """Whether the page may use this channel of the global ipc."""
        return channel in self._options.grant

    def serve_file(self, path: str) -> File:
        """A file of the window's folder, for the host."""
        folder = self._options.source.folder
        if folder is None:
            return File(404, message="this window has no folder")
        file = folder.read(path)
        if self._options.hot_reload:
            self._app.hot_reload.begin()
        return file
