"""Traits: what a native window is, both ways. They follow the window; setting one that may be set changes it.

A trait is declared by its option (`options.native`), or here where it is none, and is a field of `wire.control.Native`.
It knows no link: `Life` says how a change is told.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from traitlets import Bool, Dict, Enum, HasTraits, Instance, TraitType, Unicode

from jupyterwin.main.checks import anything, flag, one_of, refuse
from jupyterwin.main.window.changes import events_of
from jupyterwin.main.window.options import OPTIONS
from jupyterwin.main.window.options.option import check_of, default_of
from jupyterwin.wire import control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyterwin.main.checks import Check

T = TypeVar("T")
SIDES = ("x", "y", "width", "height")


def bounds_of(name: str, value: Any) -> dict[str, int]:
    """Some of x, y, width and height, in whole pixels: others are rounded. Raises `UsageError`."""
    given = dict(value) if isinstance(value, dict) else {}
    wrong = [
        key
        for key, side in given.items()
        if key not in SIDES or isinstance(side, bool) or not isinstance(side, int | float) or not abs(side) < 32768
    ]
    if not given or wrong or any(given.get(side, 1) < 1 for side in ("width", "height")):
        raise refuse(name, "a dict with some of x, y, width, height in pixels", value)
    return {key: round(side) for key, side in given.items()}


class Told(TraitType[T, T]):
    """A trait that may be set: the native window is told. Bad values raise `UsageError`."""

    def __init__(self, check: Check, default: Any, doc: str) -> None:
        super().__init__(default, help=doc)
        self._check = check

    def validate(self, obj: Any, value: Any) -> Any:
        """Check a value; `obj` is the window."""
        del obj
        return self._check(self.name or "", value)


class Where(Told[dict[str, int]]):
    """Bounds: what is not given stays."""

    def validate(self, obj: Any, value: Any) -> Any:
        """Merge what is given into what is there."""
        return {**obj.bounds, **bounds_of("bounds", value)} if value else {}


def _option(name: str) -> Told[Any]:
    """The trait of an option."""
    option = OPTIONS[name]
    return Told(check_of(option), default_of(option), str(option.metadata["doc"]))


class Traits(HasTraits):
    """The traits of a window."""

    status = Enum(("starting", "ready", "crashed", "closed"), "starting", read_only=True)
    sandbox = Instance(control.SandboxState, allow_none=True, read_only=True)

    # followed alone
    url = Unicode(read_only=True)
    can_go_back = Bool(default_value=False, read_only=True)
    can_go_forward = Bool(default_value=False, read_only=True)
    focused = Bool(default_value=False, read_only=True)
    display = Unicode(read_only=True, help="id of the display that it is on: see `jw.screen`")
    normal_bounds = Dict(read_only=True, help="`bounds`, as they are or will be when it is restored")
    insets = Dict(read_only=True, help="pixels of the frame: left, top, right, bottom")

    # both ways
    bounds = Where(anything, {}, "x, y of the frame; width, height inside it; merged when set")
    visible: Told[bool] = Told(flag, True, "whether it is shown")
    mode: Told[control.Mode] = Told(one_of(*control.MODES), "normal", "normal, minimized, maximized or fullscreen")
    title: Told[str] = Told(check_of(OPTIONS["title"]), "", "what the title bar shows")
    zoom: Told[float] = _option("zoom")
    background: Told[str] = _option("background")
    opacity: Told[float] = _option("opacity")
    icon: Told[bytes | None] = _option("icon")
    always_on_top: Told[bool] = _option("always_on_top")
    resizable: Told[bool] = _option("resizable")
    minimizable: Told[bool] = _option("minimizable")
    maximizable: Told[bool] = _option("maximizable")
    closable: Told[bool] = _option("closable")
    focusable: Told[bool] = _option("focusable")
    skip_taskbar: Told[bool] = _option("skip_taskbar")
    min_width: Told[int] = _option("min_width")
    min_height: Told[int] = _option("min_height")
    max_width: Told[int] = _option("max_width")
    max_height: Told[int] = _option("max_height")

    def __init__(self) -> None:
        super().__init__()
        self._following = threading.local()
        self._reported: dict[str, Any] = {}
        """What the native window last said it is: what its events are made of."""
        self.observe(self._set_by_the_user, list(TOLD))
        self.mode_under: control.Mode = "normal"
        """`mode`, as it is again when it is no longer minimised."""

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
        before = dict(self._reported)
        for name, value in native.known().items():
            now: Any = value.known() if isinstance(value, control.Bounds | control.Insets) else value
            self._reported[name] = now
            if name == "mode" and now != "minimized":
                self.mode_under = now
            self.set_silently(name, now)
        return events_of(before, self._reported)

    def set_silently(self, name: str, value: Any) -> None:
        """Set a trait, and do not tell the native window."""
        with self.following(name):
            self.set_trait(name, value)

    def as_native(self) -> control.Native:
        """What the window is, to be born again as."""
        told: dict[str, Any] = {name: getattr(self, name) for name in TOLD}
        told["bounds"] = control.Bounds(**(self.bounds if self.mode_under == "normal" else self.normal_bounds))
        return control.Native(**told)

    def _set_by_the_user(self, change: Any) -> None:
        if getattr(self._following, "name", "") == change.name:
            self._following.name = ""  # heard: this observer is the first
            return
        value = change.new
        if change.name == "bounds":
            value = control.Bounds(**{side: new for side, new in value.items() if change.old.get(side) != new})
        self._tell_native({change.name: value})

    def _tell_native(self, changes: dict[str, Any]) -> object:
        """Tell the native window to be like this."""
        raise NotImplementedError


TOLD = tuple(name for name, trait in Traits.class_traits().items() if isinstance(trait, Told))
"""Traits that may be set."""
