"""Traits: what a native window is, both ways. They follow the window; setting one that may be set changes it.

A trait is a row here, and a field of `wire.control.Native`. It knows no link: `Life` says how a change is told.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from traitlets import Bool, Dict, Enum, Float, HasTraits, Instance, Unicode, observe

from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOLD = ("title", "bounds", "visible", "mode", "zoom")
"""Traits that may be set: the native window is told."""

_MODES = {"minimized": "minimize", "maximized": "maximize", "fullscreen": "enter-full-screen"}


class Traits(HasTraits):
    """The traits of a window."""

    status = Enum(("starting", "ready", "crashed", "closed"), "starting", read_only=True)
    title = Unicode()
    bounds = Dict(help="x, y, width, height in device-independent pixels")
    visible = Bool(default_value=True)
    focused = Bool(default_value=False, read_only=True)
    mode = Enum(("normal", "minimized", "maximized", "fullscreen"), "normal")
    zoom = Float(1.0)
    url = Unicode(read_only=True)
    can_go_back = Bool(default_value=False, read_only=True)
    can_go_forward = Bool(default_value=False, read_only=True)
    sandbox = Instance(control.SandboxState, allow_none=True, read_only=True)

    def __init__(self) -> None:
        super().__init__()
        self._following = threading.local()

    @contextmanager
    def following(self, name: str) -> Iterator[None]:
        """Set a trait to what the native window is, without telling it so. What an observer sets then is told."""
        self._following.name = name
        try:
            yield
        finally:
            self._following.name = ""

    def follow(self, native: control.Native) -> list[tuple[Any, ...]]:
        """The native window is now like this. Returns Electron's events for it, each with its details."""
        events: list[tuple[Any, ...]] = []
        for name, value in native.said().items():
            before = getattr(self, name)
            after = msgspec.structs.asdict(value) if isinstance(value, control.Bounds) else value
            with self.following(name):
                self.set_trait(name, after)
            if before != after and name in _EMITTED:
                events += _EMITTED[name](before, after)
        return events

    @observe(*TOLD)
    def _set_by_the_user(self, change: Any) -> None:
        if getattr(self._following, "name", "") == change.name:
            self._following.name = ""  # heard: this observer is the first
            return
        value: Any = control.Bounds(**change.new) if change.name == "bounds" else change.new
        changed: dict[str, Any] = {change.name: value}
        self._tell_native(control.Native(**changed))

    def _tell_native(self, native: control.Native) -> None:
        """Tell the native window to be like this."""
        raise NotImplementedError


# ---------------------------------------------------------------- Electron's events of a change, by trait


def _of_bounds(before: Any, after: Any) -> list[tuple[Any, ...]]:
    moved = [("move",)] if any(before.get(k) != after.get(k) for k in "xy") else []
    resized = [("resize",)] if any(before.get(k) != after.get(k) for k in ("width", "height")) else []
    return [*moved, *resized]


def _of_mode(before: Any, after: Any) -> list[tuple[Any, ...]]:
    left = [("leave-full-screen",)] if before == "fullscreen" else []
    return [*left, (_MODES.get(after, "restore"),)]


_EMITTED: dict[str, Callable[[Any, Any], list[tuple[Any, ...]]]] = {
    "bounds": _of_bounds,
    "mode": _of_mode,
    "visible": lambda _, after: [("show",) if after else ("hide",)],
    "focused": lambda _, after: [("focus",) if after else ("blur",)],
    "title": lambda _, after: [("page-title-updated", after)],
}
