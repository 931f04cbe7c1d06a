"""WindowOptions: what `Window` and `open` accept, checked, and as the commands that carry it to the host."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from jupyterwin.errors import UsageError
from jupyterwin.main import content
from jupyterwin.main.handlers.signature import Exposure, exposures
from jupyterwin.main.ipc import IpcEvent
from jupyterwin.wire import control
from jupyterwin.wire.frames import Boot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from jupyterwin.security.sandbox import Level

Expose = Any
OnClosed = Literal["drop", "raise"]


@dataclass(slots=True)
class Reach:
    """What a page may reach: the functions exposed to it, and the global channels granted to it."""

    exposures: dict[str, Exposure]
    grant: frozenset[str]
    context: contextvars.Context

    @property
    def nothing(self) -> bool:
        """Whether the window was given nothing: then its page has no `kernel` object."""
        return not self.exposures and not self.grant


@dataclass(slots=True)
class WindowOptions:
    """The checked options of one window."""

    source: content.Source
    preloads: list[control.Preload]
    reach: Reach
    title: str
    bounds: control.Bounds
    maximized: bool
    screen: int | None
    show: bool
    background: str
    resizable: bool
    frame: bool
    on_top: bool
    on_closed: OnClosed
    debug: bool
    min_sandbox: Level

    def boot(self, name: str) -> Boot:
        """What the window's documents are born with."""
        kernel = None if self.reach.nothing else [e.exposed() for e in self.reach.exposures.values()]
        return Boot(name, kernel, debug=self.debug)

    def create(self, number: int, window: str, name: str) -> control.CreateWindow:
        """The command that makes the window."""
        return control.CreateWindow(
            number,
            window,
            origin=window,
            title=self.title or name,
            boot=self.boot(name),
            content=self.source.content,
            preloads=self.preloads,
            bounds=self.bounds,
            background=self.background,
            show=self.show,
            maximized=self.maximized,
            screen=self.screen,
            resizable=self.resizable,
            frame=self.frame,
            on_top=self.on_top,
            debug=self.debug,
        )

    def load(self, number: int, window: str, name: str) -> control.LoadContent:
        """The command that replaces the content of a window that is there."""
        return control.LoadContent(number, window, self.boot(name), self.source.content, self.preloads)


def checked(
    *,
    html: str | None = None,
    path: str | Path | None = None,
    expose: Callable[..., Any] | Iterable[Callable[..., Any]] | dict[str, Callable[..., Any]] = (),
    grant: str | Iterable[str] = (),
    preload: str | Path | Iterable[str | Path] = (),
    title: str | None = None,
    width: int = 900,
    height: int = 600,
    x: int | None = None,
    y: int | None = None,
    screen: int | None = None,
    maximized: bool = False,
    show: bool = True,
    background: str = "#ffffff",
    resizable: bool = True,
    frame: bool = True,
    on_top: bool = False,
    min_sandbox: Level = "outer",
    on_closed: OnClosed = "drop",
    debug: bool = False,
) -> WindowOptions:
    """The options from keyword arguments. Raises `UsageError` naming the field and the cure."""
    for name, value, low in (("width", width, 50), ("height", height, 50), ("x", x, -32768), ("y", y, -32768)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not low <= value <= 32767):
            msg = f"{name}: a whole number of pixels from {low} to 32767 is needed, got {value!r}"
            raise UsageError(msg)
    for name, choice, allowed in (
        ("on_closed", on_closed, ("drop", "raise")),
        ("min_sandbox", min_sandbox, ("full", "outer", "engine", "none")),
    ):
        if choice not in allowed:
            msg = f"{name}: one of {', '.join(allowed)} is needed, got {choice!r}"
            raise UsageError(msg)
    reach = Reach(exposures(expose, IpcEvent), _channels(grant), contextvars.copy_context())
    return WindowOptions(
        content.source(html, path),
        content.preloads(preload),
        reach,
        title or "",
        control.Bounds(x, y, width, height),
        maximized,
        screen,
        show,
        background,
        resizable,
        frame,
        on_top,
        on_closed,
        debug,
        min_sandbox,
    )


def _channels(grant: str | Iterable[str]) -> frozenset[str]:
    names = [grant] if isinstance(grant, str) else list(grant)
    for name in names:
        if not isinstance(name, str) or not name:
            msg = f"grant: names of channels of jw.ipc are needed, got {name!r}"
            raise UsageError(msg)
    return frozenset(names)
