"""The mouse: moves and presses it on the real screen, by X's XTEST. It knows a native window by its title and place."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

INSTALL = "pip install 'jupyterwin[demo]'"
_STEPS = 12
_START = 160  # the move is seen to come from somewhere: the page gets mouse moves, as from a hand


class PointerFailed(Exception):  # noqa: N818 -- read as a sentence where it is raised
    """The click was not made; the message says what the screen answered."""


def missing() -> str:
    """What keeps us from clicking here, with its cure; empty when nothing does."""
    if find_spec("Xlib") is None:
        return f"python-xlib is not installed; `{INSTALL}`"
    try:
        with _screen() as screen:
            if not screen.has_extension("XTEST"):
                return f"the screen {screen.get_display_name()} has no XTEST; start its X server with that extension"
    except PointerFailed as problem:
        return str(problem)
    return ""


def click(window: dict[str, Any], x: float, y: float) -> None:
    """Move to a point of the window's page, in physical pixels from its corner, and press the left button."""
    from Xlib import X
    from Xlib.ext import xtest

    left, top = round(x), round(y)
    with _screen() as screen:
        corner = _corner(screen, _native(screen, window))
        for step in reversed(range(_STEPS)):
            back = _START * step // _STEPS
            place = {"x": corner.x + max(1, left - back), "y": corner.y + max(1, top - back // 2)}
            xtest.fake_input(screen, X.MotionNotify, **place)
            screen.sync()
            time.sleep(0.01)
        xtest.fake_input(screen, X.ButtonPress, X.Button1)
        screen.sync()
        time.sleep(0.05)
        xtest.fake_input(screen, X.ButtonRelease, X.Button1)
        screen.sync()


@contextlib.contextmanager
def _screen() -> Iterator[Any]:
    """A connection to the screen that DISPLAY names. Whatever X answers instead is `PointerFailed`."""
    from Xlib import display, error

    screen = None
    try:
        screen = display.Display()
        yield screen
    except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError) as problem:
        raise PointerFailed(f"the X server refused: {problem}") from problem
    finally:
        if screen is not None:
            with contextlib.suppress(error.ConnectionClosedError):
                screen.close()


def _native(screen: Any, window: dict[str, Any]) -> Any:
    """X11's window: of those that are seen and have the title, the one nearest to the window's place."""
    from Xlib import X, error

    found: list[tuple[int, Any]] = []
    waiting = [screen.screen().root]
    while waiting:
        native = waiting.pop()
        # Any program's windows go whenever they like, this one's next question may find it gone: then it is passed over.
        with contextlib.suppress(error.BadWindow, error.BadDrawable):
            if native.get_attributes().map_state != X.IsViewable:
                continue  # and nothing inside it is seen either
            waiting += native.query_tree().children
            if _title(screen, native) == window["title"]:
                found.append((_distance(screen, native, window["bounds"]), native))
    if not found:
        raise PointerFailed(f"no native window has the title {window['title']!r}")
    return min(found, key=lambda one: one[0])[1]


def _title(screen: Any, native: Any) -> str:
    from Xlib import X

    text = native.get_full_property(screen.get_atom("_NET_WM_NAME"), X.AnyPropertyType)
    return bytes(text.value).decode("utf-8", "replace") if text is not None and text.format == 8 else ""


def _corner(screen: Any, native: Any) -> Any:
    """The upper left corner of a window on the screen, as `.x` and `.y`."""
    return screen.screen().root.translate_coords(native, 0, 0)


def _distance(screen: Any, native: Any, bounds: dict[str, int]) -> int:
    corner, size = _corner(screen, native), native.get_geometry()
    place = {"x": corner.x, "y": corner.y, "width": size.width, "height": size.height}
    return sum(abs(place[name] - bounds[name]) for name in place)
