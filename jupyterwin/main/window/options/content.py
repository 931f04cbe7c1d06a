"""Options of what a window shows, and of what its page may reach."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jupyterwin.errors import UsageError
from jupyterwin.main import preloads
from jupyterwin.main.checks import anything, flag
from jupyterwin.main.content import Source
from jupyterwin.main.content import source as source_of
from jupyterwin.main.handlers.signature import Exposure, exposures
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.main.scenes import NOTHING
from jupyterwin.main.store.pages import StorePages
from jupyterwin.main.window.options.option import derived, option
from jupyterwin.wire.frames import Boot, Exposed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def _exposed(_name: str, given: Any) -> dict[str, Exposure]:
    return exposures(given, IpcEvent)


def _channels(name: str, given: str | Iterable[str]) -> frozenset[str]:
    channels = [given] if isinstance(given, str) else list(given)
    for channel in channels:
        if not isinstance(channel, str) or not channel:
            msg = f"{name}: names of channels of jw.ipc are needed, got {channel!r}"
            raise UsageError(msg)
    return frozenset(channels)


def _stores(_name: str, given: Any) -> StorePages:
    return StorePages(given)


def _scripts(_name: str, given: Any) -> list[Path]:
    return preloads.own(given)


@dataclass(kw_only=True)
class ContentOptions:
    """A window's content and reach. Given anew whenever the window is opened again by its name."""

    content: Any = option(lambda: NOTHING, anything, "any object, drawn by our own page; None is no content")
    html: str | None = option(None, anything, "the page, as a string")
    path: str | Path | None = option(
        None, anything, "a file, or a folder with an index.html; nothing above it is served"
    )
    hot_reload: bool = option(
        True, flag, "with path=: load again when a page, style, script or preload that it is made of changes"
    )
    preload: list[Path] = option(
        list, _scripts, "files of classic scripts that run before the page, in this order, in a world apart"
    )
    expose: dict[str, Exposure] = option(dict, _exposed, "functions that the page may call as `kernel.name(…)`")
    grant: frozenset[str] = option(frozenset, _channels, "channels of jw.ipc that the page may use")

    store: StorePages = option(
        lambda: StorePages(None), _stores, "a Store, or several by name, that the page has as `kernel.store`"
    )

    source: Source = derived()
    context: contextvars.Context = derived()
    """In which the exposed functions were given, and run."""

    def __post_init__(self) -> None:
        if self.content is None:
            self.content = NOTHING
        self.source = source_of(self.html, self.path, shown=self.content is not NOTHING)
        self.context = contextvars.copy_context()

    def boot(self, name: str, channels: Iterable[str] = (), *, debug: bool) -> Boot:
        """What the window's documents are born with, `channels` of ours among it; no `kernel` object in the page of a window that was given nothing."""
        nothing = not self.expose and not self.grant and not channels and not self.store
        exposed = [exposure.exposed() for exposure in self.expose.values()]
        kernel = None if nothing else [*exposed, *map(Exposed, channels)]
        return Boot(name, kernel, self.store.at_birth(), debug=debug)
